package org.thocam.ingest.deposit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.thocam.ingest.archive.Digests;

/** The name that a file of a deposit is kept under. */
final class StoredName {
    private static final int LONGEST_SEGMENT = 200;
    /** 255 bytes are the most that file systems take; ".txt" is to go behind it. */
    private static final int LONGEST_SEGMENT_ON_DISK = 240;

    private static final int LONGEST_EXTENSION = 20;

    private StoredName() {}

    /** A name that fits where the archive keeps it: each segment that is too long is cut, and told from others by a digest. */
    static String of(String name) {
        return Arrays.stream(name.split("/", -1)).map(StoredName::segment).collect(Collectors.joining("/"));
    }

    private static String segment(String whole) {
        if (fits(whole, 0)) return whole;
        var end = "~" + Digests.hex(sha256(whole)).substring(0, 8) + extension(whole);
        var start = new StringBuilder();
        for (int c : whole.codePoints().toArray()) {
            int before = start.length();
            start.appendCodePoint(c);
            if (fits(start, end.length())) continue;
            start.setLength(before);
            break;
        }
        return start + end;
    }

    /** OCFL writes some characters as three bytes on disk: {@code %3F} for a question mark. */
    private static boolean fits(CharSequence segment, int more) {
        int bytes = segment.toString().getBytes(StandardCharsets.UTF_8).length + more;
        long expanded = segment.chars()
                .filter(c -> c < 0x20 || c == 0x7F || "<>:\"\\|?*%".indexOf(c) >= 0)
                .count();
        return bytes <= LONGEST_SEGMENT && bytes + 2 * expanded <= LONGEST_SEGMENT_ON_DISK;
    }

    /** With its dot, cut to ASCII letters and digits; empty where there is none. */
    static String extension(String name) {
        var last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        if (dot < 0) return "";
        var plain = last.substring(dot + 1).replaceAll("[^A-Za-z0-9]", "");
        return plain.isEmpty() ? "" : "." + plain.substring(0, Math.min(LONGEST_EXTENSION, plain.length()));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
