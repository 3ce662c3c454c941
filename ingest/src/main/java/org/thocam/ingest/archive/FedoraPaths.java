package org.thocam.ingest.archive;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.thocam.ontology.ItemId;

/**
 * Where items and their files lie in Fedora, and back. Names are of letters, digits, {@code . _ -}, and {@code =XX} for each other byte of
 * UTF-8, because Fedora cuts {@code ;}, refuses an escaped slash, keeps {@code fcr:} for itself and writes a name to its disk as its locale
 * has it. A name too long for Fedora's index (503 characters with all that stands before it) is its SHA-256; whoever reads it back asks
 * the object.
 */
final class FedoraPaths {
    /** The container that holds everything of ours. */
    static final String ROOT = "thocam";

    static final int BUCKETS = 256;
    private static final int LONGEST_ITEM = 180;
    private static final int LONGEST_SEGMENT = 180;
    private static final int LONGEST_FILE = 240;
    private static final int LONGEST_EXTENSION = 8;
    private static final String HASHED = "=h";

    private FedoraPaths() {}

    /** One of {@link #BUCKETS} containers: a listing of one container with every item is more than Fedora answers in bounded time. */
    static String bucket(int number) {
        return ROOT + "/" + String.format("%02x", number);
    }

    static int bucketOf(ItemId id) {
        return sha256(id.value())[0] & 0xFF;
    }

    static String of(ItemId id) {
        return bucket(bucketOf(id)) + "/" + nameOf(id);
    }

    static String nameOf(ItemId id) {
        var name = escaped(id.value());
        return name.length() <= LONGEST_ITEM ? name : HASHED + Digests.hex(sha256(id.value()));
    }

    /**
     * @return empty where the name is a digest
     * @throws IllegalArgumentException if the name is none of ours
     */
    static Optional<ItemId> idOf(String name) {
        if (name.startsWith(HASHED)) return Optional.empty();
        var id = new ItemId(unescaped(name));
        if (!nameOf(id).equals(name)) throw new IllegalArgumentException("'" + name + "' is no name of an item");
        return Optional.of(id);
    }

    /**
     * The name of a new file within its item. It is that of its path, unless a file of this or an earlier version has the name, or it
     * would be a folder for one or the other: Fedora keeps a name for what had it first.
     *
     * @param taken the names that this item has or had
     */
    static String file(String path, Collection<String> taken) {
        var name = new StringBuilder();
        for (var segment : path.split("/", -1)) {
            if (segment.isEmpty()) return hashed(path);
            var plain = escaped(segment);
            // Fedora's own files in the object begin so
            if (plain.startsWith(".") || plain.startsWith("fcr"))
                plain = String.format("=%02X", (int) plain.charAt(0)) + plain.substring(1);
            if (plain.length() > LONGEST_SEGMENT) return hashed(path);
            if (name.length() > 0) name.append('/');
            name.append(plain);
        }
        if (name.length() > LONGEST_FILE || clashes(name.toString(), taken)) return hashed(path);
        return name.toString();
    }

    /** Fedora's header of a file {@code a} is {@code a.json}, in a folder of its own: so {@code a.json/b} cannot stand beside {@code a}. */
    private static boolean clashes(String name, Collection<String> taken) {
        if (name.equals(VersionRecord.FILE)) return true;
        if (taken.isEmpty()) return false;
        var names = taken instanceof Set<String> set ? set : new HashSet<>(taken);
        if (names.contains(name)) return true;
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            var folder = name.substring(0, slash);
            if (names.contains(folder)
                    || folder.endsWith(".json") && names.contains(folder.substring(0, folder.length() - 5)))
                return true;
        }
        for (var other : names) if (other.startsWith(name + "/") || other.startsWith(name + ".json/")) return true;
        return false;
    }

    private static String hashed(String path) {
        var last = path.substring(path.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        var extension = dot < 0 ? "" : last.substring(dot + 1);
        boolean kept = extension.matches("[A-Za-z0-9]{1," + LONGEST_EXTENSION + "}");
        return HASHED + Digests.hex(sha256(path)) + (kept ? "." + extension : "");
    }

    private static String escaped(String text) {
        var name = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z'
                    || b >= 'A' && b <= 'Z'
                    || b >= '0' && b <= '9'
                    || b == '.'
                    || b == '_'
                    || b == '-';
            if (plain) name.append((char) b);
            else name.append(String.format("=%02X", b & 0xFF));
        }
        return name.toString();
    }

    private static String unescaped(String name) {
        var bytes = new byte[name.length()];
        int length = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '=') {
                bytes[length++] = (byte) c;
                continue;
            }
            if (i + 3 > name.length()) throw new IllegalArgumentException("'" + name + "' ends within an escape");
            bytes[length++] = (byte) Integer.parseInt(name.substring(i + 1, i + 3), 16);
            i += 2;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static byte[] sha256(String text) {
        return Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
