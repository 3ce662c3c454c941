package org.thocam.ingest.read;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.exchange.FileRecord;

/**
 * The ids of the records of a file, the same whenever it is read again: made of the name that the record has in its own library, else of
 * its identifiers, else of where it stands.
 */
final class RecordIds {
    private final Path file;
    /** Hashes, so that a file of millions of records needs little room. */
    private final Set<Long> given = new HashSet<>();

    RecordIds(Path file) {
        this.file = file;
    }

    ItemId of(FileRecord.Described record) {
        var name = record.name();
        var identifiers = record.description().identifiers();
        var title = record.description().title().shown();
        // a number with the organisation that gave it is one's own everywhere; a key of a bibliography only in its file
        if (name.startsWith("(")) return of("r", name, name);
        if (!name.isEmpty()) return of("r", name, placeOf(file) + "#" + name);
        return identifiers.isEmpty()
                ? of("r", title, placeOf(file) + "#" + record.number())
                : of("r", title, String.join("\n", identifiers));
    }

    /** Whether no record of this file had the id before. */
    boolean isNew(ItemId id) {
        return given.add(ByteBuffer.wrap(digest(id.value())).getLong());
    }

    static String placeOf(Path path) {
        return path.toString().indexOf('\uFFFD') < 0
                ? path.toString()
                : path.toUri().toASCIIString();
    }

    /** A readable beginning, and enough of a digest of {@code key} to tell it from others. */
    static ItemId of(String kind, String shown, String key) {
        var readable = Normalizer.normalize(shown, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replace('đ', 'd')
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        if (readable.length() > 60) readable = readable.substring(0, 60);
        return ItemId.ofItem(kind + "-" + (readable.isEmpty() ? "" : readable + "-")
                + HexFormat.of().formatHex(digest(key), 0, 6));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
