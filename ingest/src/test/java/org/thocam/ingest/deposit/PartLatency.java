package org.thocam.ingest.deposit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Change;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Version;

/** How long one durable edit takes while nobody else writes: {@code PartLatency FOLDER}, on the disk that is to be measured. */
final class PartLatency {
    private static final ItemId WHOLE = new ItemId("bahnar");

    private PartLatency() {}

    public static void main(String[] args) throws Exception {
        var home = Files.createTempDirectory(Path.of(args[0]), "part-latency");
        var limits = new Extractor.Limits(home, home.resolve("tika"), "java", 1, 10, "128m", 100_000, "");
        try (var archive = OcflArchive.open(home);
                var log = SqlChangeLog.open(home.resolve("log.sqlite"));
                var extractor = Extractor.open(limits);
                var depositor = new Depositor(
                        archive,
                        () -> log,
                        new ChangeClock(Clock.systemUTC(), log.lastAt()),
                        extractor,
                        2,
                        home.resolve("incoming"),
                        fresh -> {})) {
            for (int round = 1; round <= 3; round++) {
                var fresh = new ArrayList<Long>();
                for (int n = 0; n < 200; n++) fresh.add(edit(depositor, "entry." + round + "-" + n, n));
                var edited = new ArrayList<Long>();
                for (int n = 0; n < 200; n++) edited.add(edit(depositor, "entry." + round + "-" + n, n + 1));
                var again = new ArrayList<Long>();
                for (int n = 0; n < 20; n++) again.add(edit(depositor, "entry." + round + "-7", n + 2));
                System.out.printf(
                        "round %d: new parts %s; second versions %s; versions 3 to 22 of one part %s%n",
                        round, millis(fresh), millis(edited), millis(again));
                steps(archive, log, round);
            }
        }
    }

    private static long edit(Depositor depositor, String name, int n) {
        Map<String, Content> contents =
                Map.of("entry.json", bytes(name + n), "edit.json", bytes("edit " + n + " of " + name));
        long start = System.nanoTime();
        depositor
                .keep(
                        new Part(WHOLE.part(name), Map.of("action", "edit", "base", "3"), name + n),
                        contents,
                        Optional.<Version>empty(),
                        "tester")
                .join();
        return System.nanoTime() - start;
    }

    /** The same without the threads between, step by step. */
    private static void steps(OcflArchive archive, SqlChangeLog log, int round) {
        var names = List.of("intent", "version", "sync", "outcome");
        var took = names.stream().map(name -> new ArrayList<Long>()).toList();
        for (int n = 0; n < 200; n++) {
            var part = new Part(WHOLE.part("step." + round + "-" + n), Map.of("action", "edit", "base", "3"), "d" + n);
            var contents = Map.of("entry.json", bytes("entry" + n), "edit.json", bytes("edit" + n));
            long t0 = System.nanoTime();
            log.intend(List.of(part.id()));
            long t1 = System.nanoTime();
            var at = Instant.now();
            var version = archive.deposit(new Deposit(part, Version.NONE, at, "tester", contents));
            long t2 = System.nanoTime();
            archive.flush(List.of(part.id()));
            long t3 = System.nanoTime();
            log.record(List.of(Change.of(new Archived(version, at, "tester", part))), List.of(part.id()));
            long t4 = System.nanoTime();
            took.get(0).add(t1 - t0);
            took.get(1).add(t2 - t1);
            took.get(2).add(t3 - t2);
            took.get(3).add(t4 - t3);
        }
        for (int n = 0; n < names.size(); n++)
            System.out.printf("round %d: %s of a new part %s%n", round, names.get(n), millis(took.get(n)));
    }

    private static Content bytes(String start) {
        return new Content.OfBytes((start + "x".repeat(1024)).getBytes(StandardCharsets.UTF_8));
    }

    private static String millis(List<Long> nanos) {
        Collections.sort(nanos);
        return String.format(
                "p50 %.1f ms, p95 %.1f ms",
                nanos.get(nanos.size() / 2) / 1e6, nanos.get(nanos.size() * 95 / 100) / 1e6);
    }
}
