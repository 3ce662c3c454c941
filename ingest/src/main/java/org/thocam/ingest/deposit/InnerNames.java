package org.thocam.ingest.deposit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.thocam.ingest.archive.Digests;

/**
 * Names for the files inside files, of which nothing is believed: {@code ../}, absolute ones, those with control characters, and the same
 * one twice. No name is a folder of another, nor of what is kept beside another ({@code NAME.txt}).
 */
final class InnerNames {
    /** Behind the name of a container. */
    static final String MARK = "!/";

    private static final int LONGEST = 400;
    private static final int MOST_FOLDERS = 20;
    /** What the archive puts behind a name for what it keeps beside the file. */
    private static final String[] BESIDE = {"", ".txt", ".jsonl"};

    private final Set<String> names = new HashSet<>();
    private final Set<String> beside = new HashSet<>();
    private final Set<String> folders = new HashSet<>();

    /** That a file has this name already. */
    void reserve(String name) {
        names.add(name);
        for (var ending : BESIDE) beside.add(name + ending);
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1))
            folders.add(name.substring(0, slash));
    }

    /**
     * @param container name of the file that it is in
     * @param told name that it has there
     * @param fallback where that says nothing
     */
    String of(String container, String told, String fallback) {
        var plain = plain(told);
        if (plain.isEmpty()) plain = fallback;
        var name = StoredName.of(container + MARK + plain);
        for (int n = 2; !free(name); n++) name = StoredName.of(container + MARK + numbered(plain, n));
        reserve(name);
        return name;
    }

    private boolean free(String name) {
        if (names.contains(name)) return false;
        for (var ending : BESIDE) if (folders.contains(name + ending)) return false;
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1))
            if (beside.contains(name.substring(0, slash))) return false;
        return true;
    }

    /** The first folder is what clashes where it is a file elsewhere, so it is that which gets the number. */
    private static String numbered(String name, int number) {
        int slash = name.indexOf('/');
        if (slash >= 0) return name.substring(0, slash) + "~" + number + name.substring(slash);
        var extension = StoredName.extension(name);
        boolean ends = !extension.isEmpty() && name.endsWith(extension);
        return ends
                ? name.substring(0, name.length() - extension.length()) + "~" + number + extension
                : name + "~" + number;
    }

    private static String plain(String told) {
        var segments = new ArrayList<String>();
        for (var segment : told.split("[/\\\\]")) {
            var safe = safe(segment);
            if (safe.isEmpty() || safe.equals(".")) continue;
            segments.add(safe.equals("..") ? "_" : safe);
        }
        var name = String.join("/", segments);
        if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST && segments.size() <= MOST_FOLDERS) return name;
        // the last part tells most; the digest keeps two such apart
        var last = segments.get(segments.size() - 1);
        return Digests.hex(StoredName.sha256(name)).substring(0, 16) + "/" + last;
    }

    private static String safe(String segment) {
        var safe = new StringBuilder();
        segment.strip().codePoints().forEach(c -> {
            boolean evil =
                    switch (Character.getType(c)) {
                        case Character.CONTROL,
                                Character.SURROGATE,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR,
                                Character.UNASSIGNED -> true;
                        // turns what follows around
                        default -> c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
                    };
            safe.appendCodePoint(evil ? '_' : c);
        });
        return safe.toString();
    }
}
