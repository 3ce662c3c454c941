package org.thocam.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thocam.api.ApiServer;
import org.thocam.api.Library;
import org.thocam.api.Settings;
import org.thocam.api.access.Tokens;
import org.thocam.api.idempotency.IdempotencyKeys;
import org.thocam.dictionary.LexiconImport;
import org.thocam.dictionary.LexiconStore;
import org.thocam.dictionary.Lexicons;
import org.thocam.index.search.EntryIndex;
import org.thocam.index.search.SearchIndex;
import org.thocam.index.search.SegmentIndex;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.deposit.ChangeClock;
import org.thocam.ingest.deposit.Depositor;
import org.thocam.ingest.deposit.OpenIntents;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ingest.media.Derivatives;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Intake;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.linking.Linker;
import org.thocam.ontology.queue.JobQueue;

/** A real archive, log and intake behind the real server, without index, graph and dictionary: what a feed needs. */
final class Shelf implements Library, AutoCloseable {
    private final OcflArchive archive;
    private final SqlChangeLog log;
    private final Extractor extractor;
    private final Depositor depositor;
    private final AuthorityFile entities;
    private final Tokens tokens;
    private final ApiServer server;

    /** @param port 0 for a free one */
    Shelf(Path home, int port, int page) throws IOException {
        archive = OcflArchive.open(home);
        log = SqlChangeLog.open(home.resolve("log.sqlite"));
        var clock = new ChangeClock(Clock.systemUTC(), log.lastAt());
        new OpenIntents(archive, log, clock).settle();
        extractor =
                Extractor.open(new Extractor.Limits(home, home.resolve("tika"), "java", 1, 10, "128m", 100_000, ""));
        depositor = new Depositor(archive, () -> log, clock, extractor, 2, home.resolve("incoming"), fresh -> {});
        entities = AuthorityFile.open(archive, () -> depositor, () -> log, (entity, register) -> List.of());
        tokens = Tokens.open(home.resolve("tokens.sqlite"));
        var usual = Settings.local(port, new byte[32], Optional.empty(), home.resolve("uploads"));
        server = ApiServer.start(
                new Settings(
                        usual.host(),
                        usual.port(),
                        usual.baseUrl(),
                        usual.repositoryName(),
                        usual.repositoryIdentifier(),
                        usual.adminEmail(),
                        usual.institution(),
                        page,
                        usual.oaiKey(),
                        usual.localSecret(),
                        usual.temp(),
                        usual.bounds(),
                        usual.sparql()),
                this,
                tokens,
                (verb, arguments, lines) -> {});
    }

    int port() {
        return server.port();
    }

    @Override
    public Archive archive() {
        return archive;
    }

    @Override
    public ChangeLog log() {
        return log;
    }

    @Override
    public Intake intake() {
        return depositor;
    }

    @Override
    public SearchIndex index() {
        throw closedRoom();
    }

    @Override
    public EntryIndex entries() {
        throw closedRoom();
    }

    @Override
    public SegmentIndex segments() {
        throw closedRoom();
    }

    @Override
    public LexiconStore lexicons() {
        throw closedRoom();
    }

    @Override
    public LexiconImport dictionaryImport() {
        throw closedRoom();
    }

    @Override
    public Lexicons editing() {
        throw closedRoom();
    }

    @Override
    public boolean awaitEntries(Duration atMost) {
        throw closedRoom();
    }

    @Override
    public AuthorityFile entities() {
        return entities;
    }

    @Override
    public Linker linker() {
        throw closedRoom();
    }

    @Override
    public KnowledgeGraph graph() {
        throw closedRoom();
    }

    @Override
    public JobQueue jobs() {
        throw closedRoom();
    }

    @Override
    public Derivatives derivatives() {
        throw closedRoom();
    }

    @Override
    public IdempotencyKeys keys() {
        throw closedRoom();
    }

    private static IllegalStateException closedRoom() {
        return new IllegalStateException("a feed has no need of this room");
    }

    @Override
    public void close() {
        server.close();
        tokens.close();
        depositor.close();
        extractor.close();
        log.close();
        archive.close();
    }
}
