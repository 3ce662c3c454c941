package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ELAN, Praat, EXMARaLDA and Transcriber files of the shared test data: what its tables say of a file is what is read. */
class AlignedMediaTest {
    static final Path MEDIA = Path.of(System.getProperty("thocam.root", "../.."), "../shared/data/media");

    private static final List<String> FOLDERS =
            List.of("eaf/", "eaf-broken/", "session/", "textgrid/", "textgrid-broken/", "exmaralda/", "trs/");

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
            if (row.get("tiers").isEmpty()) {
                var refused = assertThrows(TranscriptException.class, () -> read(row.get("file")));
                assertTrue(refused.getMessage().startsWith("line "), refused.getMessage());
                continue;
            }
            var read = read(row.get("file"));
            check(row, "tiers", read.tiers().size(), wrong);
            check(row, "annotations", read.segments().size(), wrong);
            long texts =
                    read.segments().stream().filter(s -> !s.text().isBlank()).count();
            check(row, "non_empty", texts, wrong);
            time(row, "first_ms", spans(read).mapToLong(Span::start).min(), wrong);
            time(row, "last_ms", spans(read).mapToLong(Span::end).max(), wrong);
            word(row, read, wrong);
        }
        System.out.println("EXPECTED: " + rows + " files, " + wrong.size() + " values otherwise");
        assertEquals(List.of(), wrong);
        assertTrue(rows >= 60, rows + " rows");
    }

    @Test
    void everyWordOfTheTableIsFoundInItsTierWithItsTimes() throws Exception {
        var wrong = new ArrayList<String>();
        int rows = 0;
        for (var row : rows("QUERIES.tsv")) {
            rows++;
            word(row, read(row.get("file")), wrong);
        }
        System.out.println("QUERIES: " + rows + " words, " + wrong.size() + " not in place");
        assertEquals(List.of(), wrong);
        assertTrue(rows > 150, rows + " rows");
    }

    @Test
    void whatIsBrokenIsTold() throws Exception {
        assertTrue(told("eaf-broken/inferno_misspelled_tag.eaf").contains("TIME_ORDERxxx"));
        assertTrue(told("eaf-broken/inferno_misnamed_type.eaf").contains("translation"));
        assertTrue(told("eaf-broken/inferno_misnamed_parent.eaf").contains("PARENT_REF italianSpEEch"));
        assertTrue(told("eaf-broken/doreco_arap1274_20_Crawford.eaf").contains("GGGGGRAPHIC_REFERENCES"));
    }

    @Test
    void aTemplateHasTiersAndNoAnnotations() throws Exception {
        var template = read("eaf/saymore_template.etf");
        assertEquals(2, template.tiers().size());
        assertEquals(List.of(), template.segments());
    }

    private static String told(String file) throws Exception {
        return String.join("\n", read(file).warnings());
    }

    private static java.util.stream.Stream<Span> spans(Transcript read) {
        return read.segments().stream().flatMap(segment -> segment.span().stream());
    }

    private static void check(Map<String, String> row, String column, long found, List<String> wrong) {
        if (!row.get(column).equals(Long.toString(found)))
            wrong.add(row.get("file") + ": " + column + " " + found + ", want " + row.get(column));
    }

    private static void time(Map<String, String> row, String column, OptionalLong found, List<String> wrong) {
        if (!row.get(column).equals(found.isPresent() ? Long.toString(found.getAsLong()) : ""))
            wrong.add(row.get("file") + ": " + column + " " + found + ", want " + row.get(column));
    }

    private static void word(Map<String, String> row, Transcript read, List<String> wrong) {
        var word = row.get("word");
        if (word.isEmpty()) return;
        boolean found = false;
        for (var segment : read.segments()) {
            var span = segment.span();
            found |= name(read, segment).equals(row.get("tier"))
                    && segment.text().contains(word)
                    && span.isPresent()
                    && span.get().start() == Long.parseLong(row.get("start_ms"))
                    && span.get().end() == Long.parseLong(row.get("end_ms"));
        }
        if (!found) wrong.add(row.get("file") + ": " + word + " not in " + row.get("tier"));
    }

    /** The table puts EXMARaLDA's id before the name. */
    private static String name(Transcript read, Segment segment) {
        var tier = read.tiers().get(segment.tier());
        return tier.name();
    }

    static Transcript read(String file) throws IOException, TranscriptException {
        try (var in = Files.newInputStream(MEDIA.resolve(file))) {
            return read(file, in, Limits.USUAL);
        }
    }

    static Transcript read(String name, InputStream in, Limits limits) throws TranscriptException {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "eaf", "etf" -> EafReader.read(in, limits);
            case "TextGrid" -> TextGridReader.read(in, limits);
            case "exb" -> ExmaraldaReader.read(in, limits);
            case "trs" -> TranscriberReader.read(in, limits);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static List<Map<String, String>> rows(String table) throws IOException {
        var lines = Files.readAllLines(MEDIA.resolve(table));
        var names = lines.get(0).split("\t", -1);
        var rows = new ArrayList<Map<String, String>>();
        for (var line : lines.subList(1, lines.size())) {
            if (FOLDERS.stream().noneMatch(line::startsWith)) continue;
            var values = line.split("\t", -1);
            var row = new LinkedHashMap<String, String>();
            for (int i = 0; i < names.length; i++) row.put(names[i], i < values.length ? values[i] : "");
            rows.add(row);
        }
        return rows;
    }
}
