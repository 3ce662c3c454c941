package org.thocam.ingest.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** Kills Fedora while it is written to: {@code -Dthocam.rounds=20} for more than the build has time for. */
class FedoraKillTest {
    private static final int WRITERS = 4;
    private static final int ROUNDS = Integer.getInteger("thocam.rounds", 2);

    @TempDir
    private Path folder;

    @Test
    void whatWasAcknowledgedIsThereAndTheRestIsWholeOrAbsent() throws Exception {
        long seed = Long.getLong("thocam.seed", System.nanoTime());
        var random = new Random(seed);
        var acknowledged = new ConcurrentHashMap<ItemId, Long>();
        var begun = new ConcurrentHashMap<ItemId, Long>();
        try (var fedora = OneFedora.in(folder.resolve("fedora"))) {
            fedora.start();
            for (int round = 0; round < ROUNDS; round++) {
                var settings = OneFedora.settings(fedora)
                        .noting(folder.resolve("transactions"));
                var archive = FcrepoArchive.open(settings);
                var stop = new AtomicBoolean();
                var writers = new ArrayList<Thread>();
                for (int w = 0; w < WRITERS; w++) {
                    var mine = new Random(random.nextLong());
                    var prefix = "kill-" + w + "-";
                    writers.add(new Thread(() -> write(archive, prefix, mine, stop, begun, acknowledged)));
                }
                writers.forEach(Thread::start);
                int enough = acknowledged.size() + 8 + random.nextInt(8);
                while (acknowledged.size() < enough) Thread.sleep(1 + random.nextInt(10));
                fedora.kill();
                stop.set(true);
                for (var writer : writers) writer.join();
                archive.close();
                fedora.start();
                check(settings, begun, acknowledged, "seed " + seed + ", round " + round);
            }
        }
    }

    /** New items, and next versions of older ones: some with a file that the version before had not. */
    private static void write(
            FcrepoArchive archive,
            String prefix,
            Random random,
            AtomicBoolean stop,
            Map<ItemId, Long> begun,
            Map<ItemId, Long> acknowledged) {
        var ids = new ArrayList<ItemId>();
        acknowledged.keySet().stream().filter(id -> id.value().startsWith(prefix)).forEach(ids::add);
        while (!stop.get()) {
            boolean fresh = ids.isEmpty() || random.nextInt(3) > 0;
            var id = fresh ? new ItemId(prefix + begun.size() + "-" + random.nextInt(1 << 30)) : ids.get(random.nextInt(ids.size()));
            long basis = acknowledged.getOrDefault(id, 0L);
            begun.put(id, basis + 1);
            try {
                archive.deposit(deposit(id, basis + 1));
                acknowledged.put(id, basis + 1);
                if (fresh) ids.add(id);
            } catch (ArchiveException e) {
                if (!stop.get() && e.getMessage().contains("Nothing of this change is kept")) continue;
                return;
            }
        }
    }

    private static Deposit deposit(ItemId id, long version) {
        var contents = new HashMap<String, Content>();
        for (var entry : contents(id, version).entrySet())
            contents.put(entry.getKey(), new Content.OfBytes(entry.getValue().getBytes(StandardCharsets.UTF_8)));
        return new Deposit(
                Samples.item(id.value(), "Khèn " + version),
                new Version(version - 1),
                Instant.parse("2026-11-21T08:09:10.123456Z").plusSeconds(version),
                "tester",
                contents);
    }

    private static Map<String, String> contents(ItemId id, long version) {
        return Map.of(
                "text/0-record.txt", "bản " + version + " của " + id,
                "files/" + version + ".txt", "mới trong bản " + version);
    }

    private static void check(
            FcrepoArchive.Settings settings, Map<ItemId, Long> begun, Map<ItemId, Long> acknowledged, String where) {
        try (var archive = FcrepoArchive.open(settings)) {
            int forward = 0;
            int gone = 0;
            List<String> repaired = new ArrayList<>();
            for (var id : begun.keySet()) {
                long promised = acknowledged.getOrDefault(id, 0L);
                repaired.addAll(archive.repair(id, new Version(promised)));
                long head = archive.head(id).map(h -> h.version().number()).orElse(0L);
                assertTrue(head >= promised && head <= begun.get(id), where + ": " + id + " v" + promised + " is v" + head);
                if (head > promised) forward++;
                if (head < begun.get(id)) gone++;
                for (long v = 1; v <= head; v++)
                    for (var file : contents(id, v).entrySet())
                        assertEquals(
                                file.getValue(),
                                new String(ArchiveContract.read(archive, id, v, file.getKey()), StandardCharsets.UTF_8),
                                where + ": " + id + " v" + v);
                if (head > 0) assertEquals(List.of(), archive.fixity(id), where + ": " + id);
                // and it goes on
                archive.deposit(deposit(id, head + 1));
                begun.put(id, head + 1);
                acknowledged.put(id, head + 1);
            }
            System.out.printf(
                    "%s: %d items, %d versions found that nobody was promised, %d never arrived, repaired %s%n",
                    where, begun.size(), forward, gone, repaired);
        }
    }
}
