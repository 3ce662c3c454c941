package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Captions, CHAT, FLExText and Toolbox of the shared test data: what its tables say of a file is what is read. */
class TextFormatsMediaTest {
    private static final Path MEDIA = Path.of(System.getProperty("thocam.root", "../.."), "../shared/data/media");
    private static final Set<String> FOLDERS = Set.of("captions", "chat", "flextext", "toolbox");

    /** Where the table counts raw text and the format's own rules say otherwise: file and column, with what is right and why. */
    private static final Map<String, String> OTHERWISE = Map.of(
            // a tag that is not closed, or of a name that WebVTT does not have, is no text
            "captions/w3c_tags.vtt non_empty", "20",
            // a reference to a space is a space
            "captions/w3c_entities.vtt non_empty", "23",
            // a character reference: the text is ∲, as the W3C's own test of this file has it
            "captions/w3c_entities.vtt ClockwiseContourIntegral", "∲");

    @BeforeAll
    static void theDataIsHere() {
        assumeTrue(Files.isDirectory(MEDIA), "no " + MEDIA);
    }

    @Test
    void everyFileHasTheTiersAnnotationsAndTimesOfTheTable() throws Exception {
        var wrong = new ArrayList<String>();
        int rows = 0;
        for (var row : rows("EXPECTED.tsv")) {
            rows++;
            var read = read(row.get("file"));
            var segments = ofTheFile(read);
            check(
                    row,
                    "tiers",
                    segments.stream().map(s -> name(read, s)).distinct().count(),
                    wrong,
                    read);
            check(row, "annotations", segments.size(), wrong, read);
            check(
                    row,
                    "non_empty",
                    segments.stream().filter(s -> !s.text().isBlank()).count(),
                    wrong,
                    read);
            var first = segments.stream()
                    .flatMap(s -> s.span().stream())
                    .mapToLong(Span::start)
                    .min();
            var last = segments.stream()
                    .flatMap(s -> s.span().stream())
                    .mapToLong(Span::end)
                    .max();
            time(row, "first_ms", first, wrong);
            time(row, "last_ms", last, wrong);
            word(row, read, wrong);
        }
        System.out.println(
                "EXPECTED: " + rows + " files, " + wrong.size() + " values otherwise, but for " + OTHERWISE.keySet());
        assertEquals(List.of(), wrong);
        assertTrue(rows > 40, rows + " rows");
    }

    @Test
    void everyWordOfTheTableIsFoundInItsTierWithItsTimes() throws Exception {
        var wrong = new ArrayList<String>();
        int rows = 0;
        for (var row : rows("QUERIES.tsv")) {
            rows++;
            word(row, read(row.get("file")), wrong);
        }
        System.out.println("QUERIES: " + rows + " words, " + wrong.size()
                + " not in place, but for what the format says otherwise");
        assertEquals(List.of(), wrong);
        assertTrue(rows > 150, rows + " rows");
    }

    private static void check(Map<String, String> row, String column, long found, List<String> wrong, Transcript read) {
        var want = OTHERWISE.getOrDefault(row.get("file") + " " + column, row.get(column));
        // a tier without an annotation counts too
        if (column.equals("tiers") && found == 0) found = read.tiers().size();
        if (!want.equals(Long.toString(found)))
            wrong.add(row.get("file") + ": " + column + " " + found + ", want " + want);
    }

    /** The table gives Toolbox no times, though \ref 0:00:04.5 is one. */
    private static void time(Map<String, String> row, String column, OptionalLong found, List<String> wrong) {
        var want = row.get(column);
        if (want.isEmpty() && row.get("file").startsWith("toolbox/")) return;
        if (!want.equals(found.isPresent() ? Long.toString(found.getAsLong()) : ""))
            wrong.add(row.get("file") + ": " + column + " " + found + ", want " + want);
    }

    private static void word(Map<String, String> row, Transcript read, List<String> wrong) {
        var word = row.get("word");
        if (word.isEmpty()) return;
        var text = OTHERWISE.getOrDefault(row.get("file") + " " + word, word);
        boolean found = ofTheFile(read).stream()
                .anyMatch(segment -> name(read, segment).equals(row.get("tier"))
                        && segment.text().contains(text)
                        && (row.get("start_ms").isEmpty()
                                || segment.span().isPresent()
                                        && segment.span().get().start() == Long.parseLong(row.get("start_ms"))
                                        && segment.span().get().end() == Long.parseLong(row.get("end_ms"))));
        if (!found) wrong.add(row.get("file") + ": " + word + " not in " + row.get("tier"));
    }

    /** Without the words that lines were cut into and the phrases put together from words, which the table does not count. */
    private static List<Segment> ofTheFile(Transcript read) {
        return read.segments().stream()
                .filter(segment -> {
                    var attributes = read.tiers().get(segment.tier()).attributes();
                    return !attributes.containsKey(Gathering.UNIT) && !attributes.containsKey(FlextextReader.REBUILT);
                })
                .toList();
    }

    private static String name(Transcript read, Segment segment) {
        return read.tiers().get(segment.tier()).name();
    }

    private Transcript last;
    private String lastFile = "";

    /** The rows of one file stand together. */
    private Transcript read(String file) throws Exception {
        if (!file.equals(lastFile)) last = readAnew(file);
        lastFile = file;
        return last;
    }

    private static Transcript readAnew(String file) throws Exception {
        try (var in = Files.newInputStream(MEDIA.resolve(file))) {
            var limits = Limits.USUAL;
            return switch (file.substring(0, file.indexOf('/'))) {
                case "chat" -> ChatReader.read(in, limits);
                case "flextext" -> FlextextReader.read(in, limits);
                case "toolbox" -> ToolboxReader.read(in, limits);
                default -> file.endsWith(".srt") ? SrtReader.read(in, limits) : WebVttReader.read(in, limits);
            };
        }
    }

    private static List<Map<String, String>> rows(String table) throws IOException {
        var lines = Files.readAllLines(MEDIA.resolve(table));
        var columns = lines.get(0).split("\t", -1);
        return lines.stream()
                .skip(1)
                .filter(line -> FOLDERS.contains(line.split("/")[0]))
                .map(line -> {
                    var cells = line.split("\t", -1);
                    var row = new java.util.HashMap<String, String>();
                    Stream.iterate(0, i -> i < columns.length, i -> i + 1).forEach(i -> row.put(columns[i], cells[i]));
                    return (Map<String, String>) row;
                })
                .toList();
    }
}
