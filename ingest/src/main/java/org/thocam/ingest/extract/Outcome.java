package org.thocam.ingest.extract;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.thocam.ontology.Shown;

/**
 * What a child left in the folder of an {@link Unpacking}, read as bytes of anybody. Both sides know the names of the files and of the
 * wishes; the other side is {@code org.thocam.ingest.extract.inside}.
 *
 * @param reasons why not all that is inside is there; empty where it is
 */
record Outcome(List<Inside> inside, List<String> reasons) {
    private static final long LONGEST_INDEX = 16 << 20;
    private static final int MOST_NAMED = 3;

    /** The wish as the child reads it. */
    static Properties wish(Unpacking unpacking, Path document, int seconds, int characters) throws IOException {
        var left = unpacking.left();
        var wish = new Properties();
        wish.setProperty("folder", unpacking.folder().toAbsolutePath().toString());
        wish.setProperty("document", document.toAbsolutePath().toString());
        wish.setProperty("most", "" + (tooDeep(unpacking) ? 0 : left.count()));
        wish.setProperty("total", "" + left.bytes());
        wish.setProperty("largest", "" + left.limits().largest());
        wish.setProperty("ratio", "" + left.limits().ratio());
        wish.setProperty("size", "" + Files.size(document));
        wish.setProperty("seconds", "" + seconds);
        wish.setProperty("characters", "" + characters);
        return wish;
    }

    /** That nothing is to be taken out and nothing inside is to be read. */
    static Properties nothing(int seconds) {
        var wish = new Properties();
        wish.setProperty("seconds", "" + seconds);
        return wish;
    }

    private static boolean tooDeep(Unpacking unpacking) {
        return unpacking.depth() >= unpacking.left().limits().depth();
    }

    static Outcome of(Unpacking unpacking) throws IOException {
        var folder = unpacking.folder();
        var places = places(folder);
        var inside = new ArrayList<Inside>();
        var limits = new LinkedHashMap<String, List<String>>();
        for (var line : lines(folder.resolve("index"))) {
            if (line[0].equals("!")) {
                limits.computeIfAbsent(line[1], limit -> new ArrayList<>()).add(line[2]);
                continue;
            }
            if (!line[0].matches("[0-9]{1,9}[.]part")) continue;
            var path = folder.resolve(line[0]);
            if (!Files.isRegularFile(path)) continue;
            inside.add(new Inside(path, line[1], places.getOrDefault(line[1], line[2])));
        }
        var reasons = new ArrayList<String>();
        limits.forEach((limit, names) -> reasons.add(reason(limit, names, unpacking)));
        if (Files.exists(folder.resolve("unread")))
            reasons.add("not all of its pages were read by OCR in time; raise ingest.seconds");
        return new Outcome(inside, reasons);
    }

    private static String reason(String limit, List<String> names, Unpacking unpacking) {
        var limits = unpacking.left().limits();
        var named = names.stream()
                .filter(name -> !name.isEmpty())
                .limit(MOST_NAMED)
                .map(Shown::of)
                .collect(Collectors.joining(", "));
        var which = named.isEmpty() ? "" : " (" + named + (names.size() > MOST_NAMED ? ", …" : "") + ")";
        return switch (limit) {
            case "count" ->
                tooDeep(unpacking)
                        ? "what is inside it was not taken out: it is " + limits.depth()
                                + " files deep; raise inner.depth"
                        : "not all that is inside was taken out: there are more than " + limits.count() + " files"
                                + which + "; raise inner.count";
            case "total" ->
                "not all that is inside was taken out: it is more than " + mebibytes(limits.total()) + which
                        + "; raise inner.total";
            case "largest" ->
                names.size() + " of the files inside not taken out: more than " + mebibytes(limits.largest()) + which
                        + "; raise inner.largest";
            case "ratio" ->
                "not all that is inside was taken out: it is more than " + limits.ratio()
                        + " times as large as the file" + which + "; raise inner.ratio if that is no bomb";
            default -> names.size() + " of the files inside not taken out: broken" + which;
        };
    }

    private static String mebibytes(long bytes) {
        return bytes < 1 << 20 ? bytes + " bytes" : (bytes >> 20) + " MiB";
    }

    private static Map<String, String> places(Path folder) throws IOException {
        var places = new HashMap<String, String>();
        for (var line : lines(folder.resolve("places")))
            places.merge(
                    line[0],
                    line[1],
                    (one, other) -> one.contains(other) || one.length() > 200 ? one : one + ", " + other);
        return places;
    }

    /** Three fields each; the last line may be cut off where the child ended. */
    private static List<String[]> lines(Path index) throws IOException {
        if (!Files.exists(index) || Files.size(index) > LONGEST_INDEX) return List.of();
        var lines = new ArrayList<String[]>();
        var text = Files.readString(index, StandardCharsets.ISO_8859_1);
        for (var line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            if (line.isEmpty()) continue;
            var parts = line.split("\t", -1);
            var fields = new String[] {"", "", ""};
            for (int i = 0; i < Math.min(3, parts.length); i++) fields[i] = decoded(parts[i]);
            lines.add(fields);
        }
        return lines;
    }

    private static String decoded(String field) {
        try {
            return URLDecoder.decode(field, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return field;
        }
    }
}
