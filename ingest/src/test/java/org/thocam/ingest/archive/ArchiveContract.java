package org.thocam.ingest.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ontology.Access;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.Holding;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Part;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;

/** What every archive promises, whatever keeps its bytes. Ids are fresh for each test: a server outlives them. */
abstract class ArchiveContract {
    protected static final Instant AT = Instant.parse("2026-11-21T08:09:10.123456Z");
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    protected Path folder;

    /** The archive under test, the same within a test. */
    protected abstract Archive archive();

    /** Another handle on the same archive, which remembers nothing: as another engine has, or this one after a restart. */
    protected abstract Archive another();

    /** Of several that write to the same archive, where it lets them. */
    protected Archive writer(int number) {
        return archive();
    }

    protected static ItemId fresh(String name) {
        return new ItemId(name + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
    }

    protected static Content bytes(String text) {
        return new Content.OfBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    protected final Version deposit(ItemId id, long basis, String text) {
        return archive()
                .deposit(Samples.deposit(
                        Samples.item(id.value(), "Khèn"), new Version(basis), AT.plusSeconds(basis), text));
    }

    protected final Version deposit(Holding holding, long basis, Map<String, Content> contents) {
        return archive().deposit(new Deposit(holding, new Version(basis), AT.plusSeconds(basis), "tester", contents));
    }

    protected static byte[] read(Archive archive, ItemId id, long version, String path) {
        try (var in = archive.open(id, new Version(version), path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void eachDepositIsAVersionAndEarlierOnesStayReadable() {
        var id = fresh("khen");
        assertEquals(new Version(1), deposit(id, 0, "một"));
        assertEquals(new Version(2), deposit(id, 1, "hai"));
        archive().flush(List.of(id));
        for (var archive : List.of(archive(), another())) {
            assertEquals("một", archive.text(id, new Version(1)));
            assertEquals("hai", archive.text(id, new Version(2)));
            var versions = archive.versions(id);
            assertEquals(
                    List.of(new Version(1), new Version(2)),
                    versions.stream().map(v -> v.version()).toList());
            assertEquals(
                    List.of(AT, AT.plusSeconds(1)),
                    versions.stream().map(v -> v.at()).toList(),
                    "a change keeps its time to the microsecond");
            assertEquals(AT, archive.read(id, new Version(1)).orElseThrow().at());
            assertEquals("tester", archive.head(id).orElseThrow().agent());
            assertEquals(new Version(2), archive.head(id).orElseThrow().version());
        }
    }

    @Test
    void versionsThatComeQuicklyAreAllReadable() {
        var id = fresh("quick");
        for (int v = 0; v < 4; v++) deposit(id, v, "bản " + v);
        for (int v = 0; v < 4; v++) assertEquals("bản " + v, another().text(id, new Version(v + 1)));
        assertEquals(List.of(), archive().fixity(id));
    }

    @Test
    void whatIsNotThereIsEmpty() {
        var id = fresh("nobody");
        assertTrue(archive().head(id).isEmpty());
        assertTrue(archive().read(id, new Version(1)).isEmpty());
        assertEquals(List.of(), archive().versions(id));
        assertThrows(ArchiveException.class, () -> archive().paths(id, new Version(1)));
        deposit(id, 0, "một");
        assertTrue(archive().read(id, new Version(2)).isEmpty());
        assertTrue(archive().read(id, Version.NONE).isEmpty());
        assertTrue(archive().read(id, new Version(Long.MAX_VALUE)).isEmpty());
        assertThrows(ArchiveException.class, () -> archive().open(id, new Version(1), "files/none.bin"));
        assertThrows(ArchiveException.class, () -> archive().open(id, new Version(7), "item.json"));
    }

    @Test
    void aDepositOnAnOldVersionIsRefused() {
        var id = fresh("stale");
        deposit(id, 0, "một");
        deposit(id, 1, "hai");
        assertThrows(StaleVersionException.class, () -> deposit(id, 1, "ba"));
        assertThrows(StaleVersionException.class, () -> deposit(id, 0, "ba"));
        assertThrows(StaleVersionException.class, () -> deposit(id, 7, "ba"));
        assertThrows(StaleVersionException.class, () -> deposit(fresh("unknown"), 3, "ba"));
        assertEquals(2, another().head(id).orElseThrow().version().number());
    }

    @Test
    void ofManyDepositsOnOneVersionOneIsKept() throws Exception {
        var id = fresh("race");
        deposit(id, 0, "một");
        var pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                var text = "bản của " + i;
                var mine = writer(i);
                tasks.add(() -> {
                    mine.deposit(
                            Samples.deposit(Samples.item(id.value(), "Khèn"), new Version(1), AT.plusSeconds(1), text));
                    return true;
                });
            }
            int kept = 0;
            for (var done : pool.invokeAll(tasks)) {
                try {
                    if (done.get()) kept++;
                } catch (ExecutionException e) {
                    assertTrue(e.getCause() instanceof StaleVersionException, e.toString());
                }
            }
            assertEquals(1, kept);
            assertEquals(2, another().head(id).orElseThrow().version().number());
            assertEquals(List.of(), archive().fixity(id));
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void keptFilesStayAndOthersGo() throws IOException {
        var id = fresh("kept");
        var original = Files.write(folder.resolve("khen.bin"), new byte[] {1, 2, 3});
        deposit(
                Samples.item(id.value(), "Khèn"),
                0,
                Map.of("files/khen.bin", new Content.OfPath(original), "text/a.txt", bytes("a")));
        assertFalse(Files.exists(original), "the archive moves what it is given");
        deposit(Samples.item(id.value(), "Khèn Mông"), 1, Map.of("files/khen.bin", new Content.Kept()));
        deposit(
                Samples.item(id.value(), "Khèn Mông"),
                2,
                Map.of("files/khen.bin", new Content.Kept(), "text/a.txt", bytes("lại")));
        for (var archive : List.of(archive(), another())) {
            assertEquals(List.of("files/khen.bin", "item.json"), archive.paths(id, new Version(2)));
            assertEquals(List.of("files/khen.bin", "item.json", "text/a.txt"), archive.paths(id, new Version(3)));
            for (int v = 1; v <= 3; v++)
                assertArrayEquals(new byte[] {1, 2, 3}, read(archive, id, v, "files/khen.bin"));
            assertEquals("a", archive.text(id, new Version(1)));
            assertEquals("", archive.text(id, new Version(2)));
            assertEquals("lại", archive.text(id, new Version(3)));
            assertThrows(ArchiveException.class, () -> archive.open(id, new Version(2), "text/a.txt"));
        }
        assertEquals(List.of(), archive().fixity(id));
    }

    @Test
    void keepingWhatIsNotThereIsRefusedAndNothingIsWritten() {
        var id = fresh("keep-none");
        deposit(id, 0, "một");
        assertThrows(
                ArchiveException.class,
                () -> deposit(Samples.item(id.value(), "Khèn"), 1, Map.of("files/none.bin", new Content.Kept())));
        assertEquals(1, another().head(id).orElseThrow().version().number());
        deposit(id, 1, "hai");
        assertEquals("hai", another().text(id, new Version(2)));
    }

    @Test
    void aWithdrawalIsAVersionToo() {
        var id = fresh("withdrawn");
        deposit(id, 0, "một");
        deposit(new Tombstone(id, List.of("crafts"), "asked by the community"), 1, Map.of());
        assertEquals(
                new Tombstone(id, List.of("crafts"), "asked by the community"),
                another().head(id).orElseThrow().holding());
        assertEquals(List.of("item.json"), archive().paths(id, new Version(2)));
        assertEquals("một", archive().text(id, new Version(1)));
        deposit(id, 2, "lại");
        assertEquals("lại", another().text(id, new Version(3)));
        assertEquals("một", another().text(id, new Version(1)));
    }

    @Test
    void aPartHasVersionsOfItsOwn() throws IOException {
        var whole = fresh("bahnar");
        deposit(whole, 0, "từ điển");
        var part = new Part(whole.part("entry.0a18bb95"), Map.of("action", "edit"), "d1");
        deposit(part, 0, Map.of("entry.json", bytes("{}")));
        deposit(
                new Part(part.id(), Map.of("action", "undo"), "d2"),
                1,
                Map.of("entry.json", new Content.Kept(), "edit.json", bytes("{1}")));
        assertEquals(
                Map.of("action", "edit"),
                ((Part) archive().read(part.id(), new Version(1)).orElseThrow().holding()).facts());
        assertArrayEquals("{}".getBytes(StandardCharsets.UTF_8), read(another(), part.id(), 2, "entry.json"));
        assertEquals(1, archive().head(whole).orElseThrow().version().number());
    }

    @Test
    void theDescriptionIsKeptToTheByte() {
        var id = fresh("bytes");
        var item = Samples.item(id.value(), "ꪼꪕ Khèn \"Mông\" \\ \u0301", Access.OPEN, List.of("b", "a"));
        deposit(item, 0, Map.of());
        assertArrayEquals(ItemJson.stored(item), read(another(), id, 1, "item.json"));
        assertEquals(item, archive().head(id).orElseThrow().holding());
    }

    @Test
    void anyLegalIdIsKeptAndListed() {
        var odd = List.of(
                "a.b_c~d:e@f!g$h&i'j(k)l*m+n,o;p=q-r",
                "fcr:versions",
                "fcr.metadata",
                "a=2Fb",
                "A",
                "0",
                "x".repeat(150) + ":".repeat(20),
                "Kh=C3=A8n");
        var ids = new TreeSet<ItemId>();
        for (var value : odd) {
            var id = fresh(value);
            ids.add(id);
            ids.add(id.part("entry.0a18~bb95:" + ";".repeat(40)));
        }
        ids.add(new ItemId(fresh("p").value()).part("y".repeat(220)));
        for (var id : ids) {
            Holding holding = id.isPart() ? new Part(id, Map.of(), "d") : Samples.item(id.value(), "Khèn");
            deposit(holding, 0, Map.of());
        }
        for (var id : ids)
            assertEquals(id, another().head(id).orElseThrow().holding().id());
        var listed = new ArrayList<ItemId>();
        another().forEachId(listed::add);
        assertEquals(new TreeSet<>(listed).size(), listed.size(), "every id once");
        assertTrue(listed.containsAll(ids), () -> ids + " of " + listed);
        var again = new ArrayList<ItemId>();
        archive().forEachId(again::add);
        assertEquals(listed, again, "in the same order");
    }

    @Test
    void anyPathIsKept() {
        var id = fresh("paths");
        var paths = List.of(
                "files/khèn.wav",
                "files/ꪼꪕ/ꪼꪕ꪿.txt",
                "files/a b+c%20d;e=f&g?h#i.bin",
                "files/fcr:metadata",
                "files/.hidden",
                "files/fcr-root",
                "fcr-container.nt",
                "version.json",
                "files/" + "ꪼ".repeat(66) + ".txt",
                "files/x.json/y",
                "files/hộp.zip",
                "files/hộp.zip!/sâu ! hơn.zip",
                "files/hộp.zip!/sâu ! hơn.zip!/ꪼꪕ.txt",
                "derivatives/deep/er/and/deeper/page-1.jpg",
                "text/0-record.txt");
        var contents = new HashMap<String, Content>();
        for (var path : paths) contents.put(path, bytes(path));
        deposit(Samples.item(id.value(), "Khèn"), 0, contents);
        // a folder where a file was, and a file where a folder was
        deposit(
                Samples.item(id.value(), "Khèn"),
                1,
                Map.of("files/khèn.wav/inner.txt", bytes("in"), "files/ꪼꪕ", bytes("out"), "files/x", bytes("x")));
        var archive = another();
        var expected = new TreeSet<>(paths);
        expected.add("item.json");
        assertEquals(List.copyOf(expected), archive.paths(id, new Version(1)));
        for (var path : paths) assertEquals(path, new String(read(archive, id, 1, path), StandardCharsets.UTF_8));
        assertEquals("in", new String(read(archive, id, 2, "files/khèn.wav/inner.txt"), StandardCharsets.UTF_8));
        assertEquals("out", new String(read(archive, id, 2, "files/ꪼꪕ"), StandardCharsets.UTF_8));
        assertEquals("x", new String(read(archive, id, 2, "files/x"), StandardCharsets.UTF_8));
        assertEquals(List.of(), archive.fixity(id));
    }

    @Test
    void aRecordingIsReadFromAnywhere() throws IOException {
        var id = fresh("recording");
        var sound = new byte[(20 << 20) + 7];
        new Random(7).nextBytes(sound);
        var file = Files.write(folder.resolve("sound.wav"), sound);
        deposit(Samples.item(id.value(), "Khèn"), 0, Map.of("files/sound.wav", new Content.OfPath(file)));
        deposit(Samples.item(id.value(), "Khèn Mông"), 1, Map.of("files/sound.wav", new Content.Kept()));
        for (var archive : List.of(archive(), another())) {
            assertArrayEquals(sound, read(archive, id, 2, "files/sound.wav"));
            try (var in = archive.open(id, new Version(1), "files/sound.wav")) {
                in.skipNBytes((17 << 20) + 3);
                assertArrayEquals(Arrays.copyOfRange(sound, (17 << 20) + 3, (17 << 20) + 1003), in.readNBytes(1000));
            }
        }
        assertEquals(List.of(), archive().fixity(id));
    }

    @Test
    void textIsThatOfAllItsFilesInOrder() {
        var id = fresh("texts");
        var contents = new HashMap<String, Content>();
        for (int i = 0; i < 7; i++) contents.put("text/" + i + ".txt", bytes("đoạn " + i));
        contents.put("files/0.txt", bytes("không"));
        deposit(Samples.item(id.value(), "Khèn"), 0, contents);
        assertEquals(
                "đoạn 0\n\nđoạn 1\n\nđoạn 2\n\nđoạn 3\n\nđoạn 4\n\nđoạn 5\n\nđoạn 6",
                another().text(id, new Version(1)));
    }

    @Test
    void whatIsWholeNeedsNoRepair() {
        var id = fresh("whole");
        deposit(id, 0, "một");
        deposit(id, 1, "hai");
        assertEquals(List.of(), another().repair(id, new Version(2)));
        assertEquals(List.of(), another().repair(id, new Version(1)));
        assertEquals(List.of(), another().mend(id));
        assertEquals(List.of(), another().repair(fresh("never"), Version.NONE));
        assertEquals(2, another().head(id).orElseThrow().version().number(), "a whole version stays");
    }

    @Test
    void depositsOfDifferentItemsGoBesideEachOther() throws Exception {
        var pool = Executors.newFixedThreadPool(archive().atOnce());
        Set<ItemId> ids = new TreeSet<>();
        for (int i = 0; i < 40; i++) ids.add(fresh("many"));
        try {
            List<Callable<Version>> tasks = new ArrayList<>();
            for (var id : ids) tasks.add(() -> deposit(id, 0, "bản của " + id));
            for (var done : pool.invokeAll(tasks)) assertEquals(new Version(1), done.get());
        } finally {
            pool.shutdown();
        }
        archive().flush(ids);
        for (var id : ids) assertEquals("bản của " + id, another().text(id, new Version(1)));
    }
}
