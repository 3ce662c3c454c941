package org.thocam.ingest.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Heals one OCFL object after a kill. A version directory has its own inventory (OCFL 1.1, section 3.5.5), and every acknowledged
 * version was synced with it, so the highest version that proves itself whole is the right head; the root inventory is a copy of its.
 */
final class ObjectRepair {
    private static final String INVENTORY = "inventory.json";
    private static final String SIDECAR = "inventory.json.sha512";

    private final Path quarantine;
    private final ObjectMapper json = new ObjectMapper();

    ObjectRepair(Path quarantine) {
        this.quarantine = quarantine;
    }

    /**
     * @param top the storage root
     * @param acknowledged the last version that somebody was promised, 0 for none: it and those before it are never set aside
     * @throws IOException if the acknowledged version is damaged itself; nothing was touched then
     */
    List<String> object(Path root, Path top, String id, int acknowledged) throws IOException {
        var done = new ArrayList<String>();
        if (Files.notExists(root)) return done;
        var versions = versions(root);
        int head = 0;
        for (var version : versions.keySet()) if (version > acknowledged && whole(root, id, version)) head = version;
        if (head == 0 && acknowledged > 0) {
            if (!says(root.resolve("v" + acknowledged), id, acknowledged))
                throw new IOException("v" + acknowledged + " of item " + id
                        + ", which was acknowledged, is damaged; restore it from a copy, then verify");
            head = acknowledged;
        }
        if (head == 0 || !Files.exists(root.resolve("0=ocfl_object_1.1"))) {
            if (head == 0) {
                done.add("no version of item " + id + " is whole; set aside as " + setAside(root));
                emptied(root.getParent(), top);
                return done;
            }
            Files.writeString(root.resolve("0=ocfl_object_1.1"), "ocfl_object_1.1\n");
            done.add("item " + id + " had lost its namaste file");
        }
        for (var torn : versions.tailMap(head + 1).values())
            done.add(torn.getFileName() + " of item " + id + " was never finished; set aside as " + setAside(torn));
        for (var name : List.of(INVENTORY, SIDECAR)) {
            var right = Files.readAllBytes(root.resolve("v" + head).resolve(name));
            var there = root.resolve(name);
            if (Files.exists(there) && Arrays.equals(Files.readAllBytes(there), right)) continue;
            replace(there, right);
            done.add(name + " of item " + id + " was not that of its head v" + head + "; written again");
        }
        return done;
    }

    private static SortedMap<Integer, Path> versions(Path root) throws IOException {
        var found = new TreeMap<Integer, Path>();
        try (var inside = Files.newDirectoryStream(
                root, path -> path.getFileName().toString().matches("v[0-9]{1,9}"))) {
            for (var path : inside)
                found.put(Integer.parseInt(path.getFileName().toString().substring(1)), path);
        }
        return found;
    }

    /** Its inventory is what its sidecar says, and is of this object and version. */
    private boolean says(Path folder, String id, int number) throws IOException {
        var inventory = folder.resolve(INVENTORY);
        var sidecar = folder.resolve(SIDECAR);
        if (!Files.isRegularFile(inventory) || !Files.isRegularFile(sidecar)) return false;
        var bytes = Files.readAllBytes(inventory);
        var said = Files.readString(sidecar).strip().split("\\s+");
        if (said.length != 2 || !said[1].equals(INVENTORY)) return false;
        if (!said[0].equalsIgnoreCase(Digests.hex(Digests.sha512().digest(bytes)))) return false;
        JsonNode tree = json.readTree(bytes);
        return tree.path("id").asText().equals(id) && tree.path("head").asText().equals("v" + number);
    }

    /** And every file it names is there, those it added with the bytes it names. */
    private boolean whole(Path root, String id, int number) throws IOException {
        var folder = root.resolve("v" + number);
        if (!says(folder, id, number)) return false;
        var tree = json.readTree(folder.resolve(INVENTORY).toFile());
        for (var entry : tree.path("manifest").properties())
            for (var path : entry.getValue()) {
                var file = root.resolve(path.asText()).normalize();
                if (!file.startsWith(root) || !Files.isRegularFile(file)) return false;
                if (file.startsWith(folder) && !Digests.hex(Digests.of(file)).equalsIgnoreCase(entry.getKey()))
                    return false;
            }
        return true;
    }

    /** The version that the root inventory names as head, 0 where it cannot be trusted. */
    int headOf(Path root, String id) throws IOException {
        var inventory = root.resolve(INVENTORY);
        if (!Files.isRegularFile(inventory)) return 0;
        var head = json.readTree(inventory.toFile()).path("head").asText();
        int number = head.matches("v[0-9]{1,9}") ? Integer.parseInt(head.substring(1)) : 0;
        return number > 0 && says(root, id, number) ? number : 0;
    }

    /** Whether nothing stands beside what the root inventory names: no version it does not know, and it is that of its head. */
    boolean sound(Path root, String id) throws IOException {
        int head = headOf(root, id);
        if (head == 0 || versions(root).lastKey() != head) return false;
        var copy = root.resolve("v" + head).resolve(INVENTORY);
        return Files.isRegularFile(copy) && Files.mismatch(copy, root.resolve(INVENTORY)) < 0;
    }

    /** OCFL 1.1, section 4.2: a storage root has no empty folders. */
    private static void emptied(Path folder, Path top) throws IOException {
        for (var here = folder; !here.equals(top) && here.startsWith(top); here = here.getParent()) {
            try (var inside = Files.newDirectoryStream(here)) {
                if (inside.iterator().hasNext()) return;
            }
            Files.delete(here);
        }
    }

    private Path setAside(Path path) throws IOException {
        Files.createDirectories(quarantine);
        var base = path.getParent().getFileName() + "-" + path.getFileName();
        var target = quarantine.resolve(base);
        for (int n = 2; Files.exists(target); n++) target = quarantine.resolve(base + "-" + n);
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        return target;
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".repair");
        Files.write(
                fresh,
                bytes,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.DSYNC);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
