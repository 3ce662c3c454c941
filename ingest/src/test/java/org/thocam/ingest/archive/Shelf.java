package org.thocam.ingest.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.thocam.ingest.Samples;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.Holding;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Part;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;

/** What was deposited, byte for byte, in as many archives as there are: each has to give it back. */
final class Shelf {
    /** @param files with those that were kept from the version before */
    record Kept(Holding holding, Instant at, String agent, TreeMap<String, byte[]> files) {}

    private final Path folder;
    private final List<Archive> archives;
    private final Map<ItemId, List<Kept>> items = new TreeMap<>();
    private Instant at = Instant.parse("2026-11-21T08:09:10.123456Z");
    private int handed;

    /** @param folder for files that are handed over to be moved */
    Shelf(Path folder, Archive... archives) {
        this.folder = folder;
        this.archives = List.of(archives);
    }

    Set<ItemId> ids() {
        return items.keySet();
    }

    int versions() {
        return items.values().stream().mapToInt(List::size).sum();
    }

    /** @param files null for one that is kept */
    void deposit(Holding holding, Map<String, byte[]> files) {
        var before = items.computeIfAbsent(holding.id(), id -> new ArrayList<>());
        at = at.plusNanos(1_000_001_000);
        var all = new TreeMap<String, byte[]>();
        files.forEach((path, bytes) -> all.put(
                path,
                bytes != null ? bytes : before.get(before.size() - 1).files().get(path)));
        for (var archive : archives) {
            var contents = new HashMap<String, Content>();
            files.forEach((path, bytes) -> contents.put(path, content(path, bytes)));
            var version = archive.deposit(
                    new Deposit(holding, new Version(before.size()), at, "người gửi " + before.size(), contents));
            assertEquals(new Version(before.size() + 1), version);
        }
        before.add(new Kept(holding, at, "người gửi " + before.size(), all));
    }

    private Content content(String path, byte[] bytes) {
        if (bytes == null) return new Content.Kept();
        if (path.startsWith("text/")) return new Content.OfBytes(bytes);
        try {
            return new Content.OfPath(Files.write(folder.resolve("handed-" + handed++), bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of each kind of thing, with what is odd about it. */
    void fill(String prefix) {
        var song = Samples.item(prefix + "song", "Khèn");
        deposit(
                song,
                Map.of("files/khèn.wav", sound(3 << 20, 1), "text/0.txt", bytes("một"), "text/1.txt", bytes("hai")));
        deposit(Samples.item(prefix + "song", "Khèn Mông"), map("files/khèn.wav", null, "text/0.txt", bytes("ba")));
        deposit(new Tombstone(song.id(), List.of("crafts"), "asked by the community"), Map.of());
        deposit(song, Map.of("text/1.txt", bytes("lại"), "files/a/b", bytes("b")));
        var part = song.id().part("entry.0a18bb95");
        deposit(new Part(part, Map.of("action", "edit"), "d1"), Map.of("entry.json", bytes("{}")));
        deposit(new Part(part, Map.of("action", "undo"), "d2"), map("entry.json", null, "edit.json", bytes("1")));
        deposit(Samples.item(prefix + "odd:;=@" + ":".repeat(60), "ꪼꪕ"), Map.of("files/fcr:metadata", bytes("")));
    }

    /** Deposits, withdrawals and parts as they come; items that were not touched lately first, for a version waits its second. */
    void shuffle(String prefix, Random random, int steps) {
        var order = new ArrayList<ItemId>();
        for (int step = 0; step < steps; step++) {
            boolean fresh = order.size() < 4 || random.nextInt(3) == 0;
            var id = fresh ? fresh(prefix, step, order, random) : order.remove(random.nextInt(order.size() / 2 + 1));
            order.add(id);
            var before = items.getOrDefault(id, List.of());
            if (!id.isPart() && !fresh && random.nextInt(5) == 0)
                deposit(new Tombstone(id, List.of("crafts"), "lý do " + step), Map.of());
            else deposit(holding(id, step), files(before, random));
        }
    }

    private static ItemId fresh(String prefix, int step, List<ItemId> order, Random random) {
        if (order.isEmpty() || random.nextInt(3) > 0) return new ItemId(prefix + step);
        return order.get(random.nextInt(order.size())).whole().part("entry." + step);
    }

    private static Holding holding(ItemId id, int step) {
        return id.isPart()
                ? new Part(id, Map.of("step", "" + step), "d" + step)
                : Samples.item(id.value(), "Bước " + step);
    }

    private static Map<String, byte[]> files(List<Kept> before, Random random) {
        var files = new HashMap<String, byte[]>();
        var known = before.isEmpty()
                ? Set.<String>of()
                : before.get(before.size() - 1).files().keySet();
        for (var path : List.of(
                "text/0-record.txt",
                "text/đoạn 1.txt",
                "files/a",
                "files/a/b",
                "files/a.json/c",
                "files/a.json!/c",
                "files/ꪼꪕ:1"))
            switch (random.nextInt(3)) {
                case 0 -> files.put(path, bytes(path + random.nextInt(3)));
                case 1 -> {
                    if (known.contains(path)) files.put(path, null);
                }
                default -> {}
            }
        // no file can be a folder of another in the same version
        if (files.containsKey("files/a/b")) files.remove("files/a");
        return files;
    }

    /** Every read of an archive is what was deposited. */
    void isIn(Archive archive, String where) {
        items.forEach((id, versions) -> isIn(archive, id, versions, where + ": " + id));
        var listed = new ArrayList<ItemId>();
        archive.forEachId(listed::add);
        assertEquals(new TreeSet<>(listed).size(), listed.size(), where + ": every id once");
        assertTrue(listed.containsAll(items.keySet()), () -> where + ": " + items.keySet() + " of " + listed);
    }

    private static void isIn(Archive archive, ItemId id, List<Kept> versions, String where) {
        var found = archive.versions(id);
        assertEquals(versions.size(), found.size(), where);
        for (int i = 0; i < versions.size(); i++) {
            var kept = versions.get(i);
            var version = new Version(i + 1);
            var expected = new Archived(version, kept.at(), kept.agent(), kept.holding());
            assertEquals(expected, found.get(i), where);
            assertEquals(expected, archive.read(id, version).orElseThrow(), where);
            var paths = new TreeSet<>(kept.files().keySet());
            paths.add("item.json");
            assertEquals(List.copyOf(paths), archive.paths(id, version), where + " " + version);
            assertArrayEquals(
                    ItemJson.stored(kept.holding()), ArchiveContract.read(archive, id, i + 1, "item.json"), where);
            var text = new StringBuilder();
            kept.files().forEach((path, bytes) -> {
                assertArrayEquals(
                        bytes,
                        ArchiveContract.read(archive, id, version.number(), path),
                        where + " " + version + " " + path);
                if (!path.startsWith("text/")) return;
                if (text.length() > 0) text.append("\n\n");
                text.append(new String(bytes, StandardCharsets.UTF_8));
            });
            assertEquals(text.toString(), archive.text(id, version), where + " " + version);
        }
        assertEquals(found.get(found.size() - 1), archive.head(id).orElseThrow(), where);
        assertTrue(archive.read(id, new Version(versions.size() + 1)).isEmpty(), where);
        assertEquals(List.of(), archive.fixity(id), where);
    }

    private static Map<String, byte[]> map(String one, byte[] first, String two, byte[] second) {
        var files = new HashMap<String, byte[]>();
        files.put(one, first);
        files.put(two, second);
        return files;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] sound(int length, long seed) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
