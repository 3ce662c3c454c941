package org.thocam.ingest.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Change;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;

/** What catching up and verification make of parts, with a view that only remembers what it was told. */
class PartsInViewsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ItemId BAHNAR = new ItemId("bahnar");
    private static final Instant T = Instant.parse("2026-11-21T00:00:00Z");

    private static class Remembering implements Projection {
        final List<Snapshot> told = new CopyOnWriteArrayList<>();
        private final Map<ItemId, Version> held = new TreeMap<>();
        private volatile Watermark mark = Watermark.NONE;
        private volatile int commits;

        @Override
        public String name() {
            return "index";
        }

        @Override
        public Watermark watermark() {
            return mark;
        }

        @Override
        public synchronized void apply(List<Snapshot> batch, Watermark upTo) {
            for (var snapshot : batch) {
                if (snapshot.holding() instanceof Tombstone)
                    held.remove(snapshot.change().id());
                else held.put(snapshot.change().id(), snapshot.change().version());
            }
            told.addAll(batch);
            mark = upTo;
            commits++;
        }

        @Override
        public void clear() {}

        @Override
        public synchronized void forEachHeld(BiConsumer<ItemId, Version> consumer) {
            held.forEach(consumer);
        }

        @Override
        public void close() {}
    }

    /** One that shows parts too. */
    private static final class OfParts extends Remembering {
        @Override
        public boolean shows(Change change) {
            return true;
        }
    }

    @TempDir
    private Path home;

    private OcflArchive archive;
    private SqlChangeLog log;

    @BeforeEach
    void open() {
        archive = OcflArchive.open(home);
        log = SqlChangeLog.open(home.resolve("log.sqlite"));
    }

    @AfterEach
    void close() {
        log.close();
        archive.close();
    }

    private void item(int version, String text) {
        keep(Samples.deposit(
                Samples.item("bahnar", "Bahnar"), new Version(version - 1), T.plusSeconds(log.last()), text));
    }

    private void part(String name, int version) {
        keep(new Deposit(
                new Part(BAHNAR.part(name), Map.of("action", "edit"), "d" + version),
                new Version(version - 1),
                T.plusSeconds(log.last()),
                "tester",
                Map.of("text/entry.txt", new Content.OfBytes(name.getBytes(StandardCharsets.UTF_8)))));
    }

    private void keep(Deposit deposit) {
        archive.deposit(deposit);
        archive.flush(List.of(deposit.id()));
        log.record(List.of(Change.of(archive.head(deposit.id()).orElseThrow())), List.of());
    }

    private static List<String> said(List<Snapshot> snapshots) {
        return snapshots.stream()
                .map(snapshot ->
                        snapshot.change().id() + " " + snapshot.change().version())
                .toList();
    }

    @Test
    void aViewOfItemsHearsNothingOfParts() throws InterruptedException {
        item(1, "một");
        part("entry.1", 1);
        var view = new Remembering();
        try (var catchUp = new CatchUp("index", () -> view, log, new Snapshots(archive))) {
            assertTrue(catchUp.await(2, SOON), catchUp::fault);
            for (int n = 2; n < 8; n++) {
                part("entry.1", n);
                catchUp.poke();
                assertTrue(catchUp.await(log.last(), SOON), catchUp::fault);
            }
            assertTrue(view.commits <= 2, () -> "parts are worth a commit every few seconds, not " + view.commits);
            item(2, "hai");
            catchUp.poke();
            assertTrue(catchUp.await(log.last(), SOON), catchUp::fault);
        }
        assertEquals(List.of("bahnar v1", "bahnar v2"), said(view.told));
        assertEquals(log.last(), view.mark.seq());
    }

    @Test
    void aViewThatShowsPartsGetsThemWithoutText() throws InterruptedException {
        item(1, "một");
        part("entry.1", 1);
        part("entry.1", 2);
        var view = new OfParts();
        try (var catchUp = new CatchUp("index", () -> view, log, new Snapshots(archive))) {
            assertTrue(catchUp.await(3, SOON), catchUp::fault);
        }
        assertEquals(List.of("bahnar v1", "bahnar/entry.1 v2"), said(view.told));
        var shown = view.told.get(1);
        assertEquals("", shown.text());
        assertEquals(Map.of("action", "edit"), ((Part) shown.holding()).facts());
    }

    private List<String> faults(Projection view) {
        return new Verification(archive, log, List.of(view), Clock.systemUTC())
                .run(true, read -> {}).faults().stream()
                        .map(fault -> fault.where() + " " + fault.id() + ": " + fault.found())
                        .toList();
    }

    @Test
    void verificationAsksForPartsInArchiveAndLogAndNotInViewsOfItems() throws IOException {
        item(1, "một");
        part("entry.1", 1);
        part("entry.2", 1);
        var view = new Remembering();
        view.apply(List.of(new Snapshots(archive).of(log.headOf(BAHNAR).orElseThrow(), null)), new Watermark("", 3));
        var result = new Verification(archive, log, List.of(view), Clock.systemUTC()).run(true, read -> {});
        assertEquals(List.of(), result.faults());
        assertEquals(1, result.items());
        assertEquals(0, result.withdrawn());
        assertEquals(3, result.versions());

        archive.deposit(
                new Deposit(new Part(BAHNAR.part("entry.3"), Map.of(), ""), Version.NONE, T, "tester", Map.of()));
        log.record(
                List.of(Samples.change("gone/entry.1", 1, T, org.thocam.ontology.Access.OPEN, List.of())), List.of());
        assertEquals(
                List.of("log gone/entry.1: v1 of 2026-11-21T00:00:00Z", "log bahnar/entry.3: nothing"), faults(view));

        flip(archive.objectRoot(BAHNAR.part("entry.2")).resolve("v1/content/text/entry.txt"));
        assertTrue(
                faults(view).stream().anyMatch(fault -> fault.startsWith("archive bahnar/entry.2: ")),
                () -> faults(view).toString());
    }

    private static void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[0] ^= 1;
        Files.write(file, bytes);
    }
}
