package org.thocam.dictionary;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.thocam.dictionary.entry.Entry;

/**
 * The names of a file's entries here, the same for the same file and for its next edition: the guid, else the id where it fits into an
 * address, else a digest of the id, else of the forms.
 */
final class EntryIds {
    private final Map<String, Integer> seen = new HashMap<>();

    EntryId next(Entry entry) {
        var name = name(entry);
        int times = seen.merge(name, 1, Integer::sum);
        return new EntryId(times == 1 ? name : name + "~" + times);
    }

    private static String name(Entry entry) {
        for (var candidate : new String[] {entry.guid(), entry.liftId()}) if (legal(candidate)) return candidate;
        var told = entry.liftId().isEmpty()
                ? "forms " + entry.lexicalUnit().first() + "\0" + entry.order()
                : "id " + entry.liftId();
        return "x" + digest(told).substring(0, 20);
    }

    /** Room is left for what tells a second one from the first. */
    private static boolean legal(String candidate) {
        return !candidate.isEmpty() && candidate.length() <= 190 && EntryId.legal(candidate);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
