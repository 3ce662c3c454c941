package org.thocam.ingest.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ocfl.core.OcflRepositoryBuilder;
import io.ocfl.core.extension.storage.layout.config.HashedNTupleLayoutConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

class OcflArchiveTest extends ArchiveContract {
    private static final ItemId KHEN = new ItemId("tc-khen");

    @TempDir
    private Path home;

    private OcflArchive archive;
    private final List<OcflArchive> others = new ArrayList<>();

    @BeforeEach
    void open() {
        archive = OcflArchive.open(home);
    }

    @AfterEach
    void close() {
        archive.close();
        others.forEach(OcflArchive::close);
    }

    @Override
    protected Archive archive() {
        return archive;
    }

    @Override
    protected Archive another() {
        var fresh = OcflArchive.open(home);
        others.add(fresh);
        return fresh;
    }

    private void deposit(int basis, String text) {
        archive.deposit(
                Samples.deposit(Samples.item("tc-khen", "Khèn"), new Version(basis), AT.plusSeconds(basis), text));
    }

    /** What a kill -9 leaves: research/stack.md, section e (E046). */
    @Test
    void aVersionDirectoryThatTheInventoryDoesNotKnowIsSetAside() throws IOException {
        deposit(0, "một");
        var orphan = archive.objectRoot(KHEN).resolve("v2");
        Files.createDirectories(orphan.resolve("content"));
        Files.writeString(orphan.resolve("content").resolve("item.json"), "{");
        var done = archive.repair(KHEN, new Version(1));
        assertEquals(1, done.size(), done.toString());
        assertFalse(Files.exists(orphan));
        deposit(1, "hai");
        assertEquals(List.of(), archive.fixity(KHEN));
    }

    @Test
    void aWholeVersionWhoseInventoryWasNotYetCopiedIsRolledForward() throws IOException {
        deposit(0, "một");
        var first = Files.readAllBytes(archive.objectRoot(KHEN).resolve("inventory.json"));
        var sidecar = Files.readAllBytes(archive.objectRoot(KHEN).resolve("inventory.json.sha512"));
        deposit(1, "hai");
        Files.write(archive.objectRoot(KHEN).resolve("inventory.json"), first);
        Files.write(archive.objectRoot(KHEN).resolve("inventory.json.sha512"), sidecar);
        assertFalse(archive.repair(KHEN, new Version(1)).isEmpty());
        assertEquals("hai", archive.text(KHEN, archive.head(KHEN).orElseThrow().version()));
        assertEquals(List.of(), archive.fixity(KHEN));
    }

    /** An acknowledged version is never set aside, whatever is wrong with it: that is for a person to decide. */
    @Test
    void anAcknowledgedVersionStaysEvenWhenItIsDamaged() throws IOException {
        deposit(0, "một");
        deposit(1, "hai");
        var text = archive.objectRoot(KHEN).resolve("v2/content/text/0-record.txt");
        Files.writeString(text, "hỏng");
        Files.createDirectories(archive.objectRoot(KHEN).resolve("v3/content"));
        archive.repair(KHEN, new Version(2));
        assertTrue(Files.exists(text));
        assertFalse(Files.exists(archive.objectRoot(KHEN).resolve("v3")));
        assertEquals(2, archive.head(KHEN).orElseThrow().version().number());
        Files.writeString(archive.objectRoot(KHEN).resolve("v2/inventory.json"), "{}");
        assertThrows(org.thocam.ontology.ArchiveException.class, () -> archive.repair(KHEN, new Version(2)));
        assertTrue(Files.exists(text));
    }

    @Test
    void anObjectWithoutAWholeVersionIsSetAsideAndCanBeDepositedAgain() throws IOException {
        deposit(0, "một");
        Files.write(archive.objectRoot(KHEN).resolve("v1").resolve("inventory.json"), new byte[0]);
        assertFalse(archive.repair(KHEN, Version.NONE).isEmpty());
        assertTrue(archive.head(KHEN).isEmpty());
        deposit(0, "lại");
        assertEquals("lại", archive.text(KHEN, new Version(1)));
    }

    /** Cuts (by two bytes or more: the line end of a sidecar says nothing) or removes a random file of a fresh version, as a loss of power may, and repairs: the acknowledged versions stay. */
    @Test
    void whateverIsTornInAnUnacknowledgedVersionTheAcknowledgedOnesStay() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            var id = new ItemId("torn-" + round);
            int acknowledged = 1 + random.nextInt(3);
            for (int v = 0; v < acknowledged; v++)
                archive.deposit(Samples.deposit(
                        Samples.item(id.value(), "Khèn"), new Version(v), AT.plusSeconds(v), "bản " + v));
            archive.deposit(Samples.deposit(
                    Samples.item(id.value(), "Khèn"), new Version(acknowledged), AT.plusSeconds(50), "chưa xong"));
            try (var walk = Files.walk(archive.objectRoot(id).resolve("v" + (acknowledged + 1)))) {
                var files = walk.filter(Files::isRegularFile).toList();
                var victim = files.get(random.nextInt(files.size()));
                var bytes = Files.readAllBytes(victim);
                if (random.nextBoolean()) Files.delete(victim);
                else Files.write(victim, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length - 1)));
            }
            if (random.nextBoolean()) Files.write(archive.objectRoot(id).resolve("inventory.json"), new byte[0]);
            archive.repair(id, new Version(acknowledged));
            assertEquals(
                    acknowledged,
                    archive.head(id).orElseThrow().version().number(),
                    "seed " + seed + ", round " + round);
            assertEquals(List.of(), archive.fixity(id), "seed " + seed + ", round " + round);
            assertEquals("bản " + (acknowledged - 1), archive.text(id, new Version(acknowledged)), "seed " + seed);
        }
    }

    @Test
    void aFlippedByteIsFoundAndNamed() throws IOException {
        deposit(0, "một bài hát");
        try (var walk = Files.walk(archive.objectRoot(KHEN).resolve("v1"))) {
            var text = walk.filter(p -> p.toString().endsWith("0-record.txt"))
                    .findFirst()
                    .orElseThrow();
            var bytes = Files.readAllBytes(text);
            bytes[0] ^= 1;
            Files.write(text, bytes);
        }
        var faults = archive.fixity(KHEN);
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).contains("0-record.txt"), faults.get(0));
    }

    @Test
    void anyOcflToolReadsTheRootWithoutUs() throws IOException {
        deposit(0, "một");
        deposit(1, "hai");
        assertTrue(Files.exists(home.resolve("archive").resolve("0=ocfl_1.1")));
        assertTrue(Files.exists(home.resolve("archive").resolve("ocfl_layout.json")));
        Files.createDirectory(home.resolve("other-work"));
        var other = new OcflRepositoryBuilder()
                .defaultLayoutConfig(new HashedNTupleLayoutConfig())
                .storage(storage -> storage.fileSystem(home.resolve("archive")))
                .workDir(home.resolve("other-work"))
                .build();
        assertFalse(other.validateObject("tc-khen", true).hasErrors());
        other.close();
    }

    @Test
    void aStagedVersionThatNeverArrivedIsGoneAfterReopening() throws IOException {
        archive.close();
        Files.createDirectories(home.resolve("archive-work").resolve("left").resolve("over"));
        archive = OcflArchive.open(home);
        try (var left = Files.list(home.resolve("archive-work"))) {
            assertEquals(List.of(), left.toList());
        }
    }
}
