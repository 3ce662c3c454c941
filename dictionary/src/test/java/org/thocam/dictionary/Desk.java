package org.thocam.dictionary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.deposit.ChangeClock;
import org.thocam.ingest.deposit.Depositor;
import org.thocam.ingest.deposit.OpenIntents;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ingest.view.CatchUp;
import org.thocam.ingest.view.Snapshots;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;

/** A real archive, log, intake and store in one folder, opened as the engine opens them. */
final class Desk implements AutoCloseable {
    final OcflArchive archive;
    final SqlChangeLog log;
    final Extractor extractor;
    final Depositor depositor;
    final LexiconStore store;
    final CatchUp catchUp;
    final Lexicons lexicons;
    private final Path home;

    Desk(Path home) throws Exception {
        this.home = home;
        archive = OcflArchive.open(home);
        log = SqlChangeLog.open(home.resolve("log.sqlite"));
        var clock = new ChangeClock(Clock.systemUTC(), log.lastAt());
        new OpenIntents(archive, log, clock).settle();
        extractor =
                Extractor.open(new Extractor.Limits(home, home.resolve("tika"), "java", 1, 10, "128m", 100_000, ""));
        store = LexiconStore.open(home.resolve("lexicons.sqlite"), archive, log);
        catchUp = new CatchUp("lexicons", () -> store, log, new Snapshots(archive));
        depositor = new Depositor(
                archive, () -> log, clock, extractor, 2, home.resolve("incoming"), fresh -> catchUp.poke());
        catchUp.await(log.last(), Duration.ofMinutes(1));
        lexicons = new Lexicons(archive, depositor, () -> store, Clock.systemUTC());
    }

    LexiconImport.Outcome take(String id, Path file) throws Exception {
        return take(id, file, Optional.empty(), false);
    }

    LexiconImport.Outcome take(String id, Path file, Optional<Instant> since, boolean deletions) throws Exception {
        return new LexiconImport(archive, depositor, log, lexicons, home.resolve("incoming"))
                .run(
                        new LexiconImport.Request(
                                new ItemId(id),
                                file,
                                Optional.<LanguageTag>empty(),
                                since,
                                deletions,
                                false,
                                LexiconSources.Options.NONE,
                                "tester"),
                        (name, line, code, error, message) -> {});
    }

    Path file(String name, String text) throws IOException {
        var path = home.resolve(name);
        Files.writeString(path, text);
        return path;
    }

    LexiconExport export(String id) {
        return LexiconExport.of(archive, lexicons, Clock.systemUTC(), new ItemId(id), false);
    }

    byte[] bytes(String id) throws IOException {
        var out = new ByteArrayOutputStream();
        export(id).lift(out);
        return out.toByteArray();
    }

    String text(String id) throws IOException {
        return new String(bytes(id), StandardCharsets.UTF_8);
    }

    List<KeptEntry> entries(String id) throws IOException {
        var entries = new java.util.ArrayList<KeptEntry>();
        store.forEach(new ItemId(id), entries::add);
        return entries;
    }

    @Override
    public void close() {
        depositor.close();
        extractor.close();
        catchUp.close();
        store.close();
        log.close();
        archive.close();
    }
}
