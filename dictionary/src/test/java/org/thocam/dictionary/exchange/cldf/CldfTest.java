package org.thocam.dictionary.exchange.cldf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thocam.dictionary.exchange.Collected;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.LossReport;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.dictionary.lift.LiftFile;

class CldfTest {
    private static final Path SHARED = Path.of(System.getProperty("thocam.root", ".."), "../shared/data/dictionary");

    @TempDir
    Path folder;

    /** Rows of a table by their id, without empty cells. */
    static Map<String, Map<String, String>> rows(Path file) throws IOException {
        var rows = new TreeMap<String, Map<String, String>>();
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = CSVParser.builder()
                .setReader(Files.newBufferedReader(file))
                .setFormat(format)
                .get()) {
            for (var row : parser) {
                assertTrue(row.isConsistent(), file + " " + row);
                var cells = new TreeMap<>(row.toMap());
                cells.values().removeIf(String::isEmpty);
                // which senses an example has is kept, not in what order it names them
                cells.computeIfPresent("Sense_IDs", (name, ids) -> ids.contains(" ; ") ? sorted(ids) : ids);
                assertEquals(null, rows.put(row.get("ID"), cells), file + ": twice " + row.get("ID"));
            }
        }
        return rows;
    }

    private static String sorted(String ids) {
        return java.util.Arrays.stream(ids.split(" ; ")).sorted().collect(java.util.stream.Collectors.joining(" ; "));
    }

    /** What the CLDF specification asks of a data set, looked at without the code that writes one. */
    static void assertValid(Path folder) throws IOException {
        var json = new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("cldf-metadata.json")));
        var ids = new HashMap<String, Map<String, Map<String, String>>>();
        for (var table : json.path("tables")) {
            var file = folder.resolve(table.path("url").asText());
            if (!Files.exists(file)) continue;
            ids.put(table.path("url").asText(), rows(file));
            var header = Files.readAllLines(file).get(0).split(",");
            var names = new ArrayList<String>();
            table.path("tableSchema")
                    .path("columns")
                    .forEach(column -> names.add(column.path("name").asText()));
            assertEquals(names, List.of(header), file::toString);
            assertEquals(names.size(), new HashSet<>(names).size());
        }
        for (var table : json.path("tables")) {
            var url = table.path("url").asText();
            if (!ids.containsKey(url)) continue;
            if (table.has("dc:extent"))
                assertEquals(table.path("dc:extent").asInt(), ids.get(url).size(), url);
            var separators = new HashMap<String, String>();
            for (var column : table.path("tableSchema").path("columns")) {
                var name = column.path("name").asText();
                if (column.has("separator"))
                    separators.put(name, column.path("separator").asText());
                for (var row : ids.get(url).values()) {
                    if (column.path("required").asBoolean()) assertTrue(row.containsKey(name), url + " " + name + row);
                    if (name.equals("ID")) assertTrue(row.get("ID").matches("[a-zA-Z0-9_\\-]+"), row::toString);
                }
            }
            for (var key : table.path("tableSchema").path("foreignKeys")) {
                var name = key.path("columnReference").path(0).asText();
                var target = ids.get(key.path("reference").path("resource").asText());
                for (var row : ids.get(url).values()) {
                    if (!row.containsKey(name)) continue;
                    var separator = separators.get(name);
                    var refs = separator == null
                            ? List.of(row.get(name))
                            : List.of(row.get(name).split(java.util.regex.Pattern.quote(separator)));
                    for (var ref : refs) assertTrue(target.containsKey(ref), url + " " + name + " " + ref);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cldf/sidwellvietic,3218,33,116,3218",
        "cldf/sidwellbahnaric,4546,24,200,4546",
        "cldf/duonglachi,412,4,100,0",
        "cldf/clarkkimmun,922,2,757,922"
    })
    void aWordlistComesBackWhole(String name, int forms, int languages, int parameters, int cognates) throws Exception {
        var read = wholly(name, forms);
        assertEquals(languages, rows(folder.resolve("languages.csv")).size());
        assertEquals(parameters, rows(folder.resolve("parameters.csv")).size());
        assertEquals(
                cognates,
                read.entries.values().stream()
                        .flatMap(entry -> entry.fields().stream())
                        .filter(field -> field.type().equals("cldf:CognateTable"))
                        .count());
        read.entries.values().forEach(entry -> assertEquals(1, entry.senses().size()));
    }

    @Test
    void aDictionaryComesBackWhole() throws Exception {
        var read = wholly("dictionaria/daakaka", 2167);
        assertEquals(
                2229,
                read.entries.values().stream().mapToInt(e -> e.senses().size()).sum());
        assertEquals(761, rows(folder.resolve("examples.csv")).size());
        assertEquals(9, rows(folder.resolve("media.csv")).size());
        assertEquals(
                9,
                read.entries.values().stream()
                        .flatMap(entry -> entry.senses().stream())
                        .mapToInt(sense -> sense.illustrations().size())
                        .sum());
    }

    private Collected wholly(String name, int entries) throws Exception {
        var source = SHARED.resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(source));
        var read = new Collected();
        var dataset = Cldf.read(source, read);
        System.out.println(name + ": " + read.entries.size() + " entries, faults " + read.codes() + " " + read.unknown);
        assertEquals(entries, read.entries.size());
        assertEquals(
                List.of(),
                read.faults.stream()
                        .filter(fault -> !fault.code().equals("missing-glottocode"))
                        .toList());
        // as a lexicon is kept: in LIFT
        var kept = new Collected();
        read.entries.forEach((id, entry) -> {
            kept.entry(id, LiftEntry.made(entry).entry());
            assertEquals(entry, kept.entries.get(id));
        });
        var report = Cldf.write(Collected.head("und"), kept, Optional.of(CldfDataset.of(dataset.files())), folder);
        assertEquals(Map.of(), report.losses());
        assertValid(folder);
        try (var files = Files.list(source)) {
            for (var file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
                var out = rows(folder.resolve(file.getFileName()));
                var more = new HashSet<>(out.keySet());
                more.removeAll(rows(file).keySet());
                assertEquals(java.util.Set.of(), more, file.toString());
                assertEquals(rows(file).size(), out.size(), file.toString());
                rows(file).forEach((id, row) -> assertEquals(row, out.get(id), file.toString()));
            }
        }
        var again = new Collected();
        Cldf.read(folder, again);
        assertEquals(kept.entries, again.entries);
        if (Files.exists(source.resolve("sources.bib")))
            assertEquals(-1, Files.mismatch(source.resolve("sources.bib"), folder.resolve("sources.bib")));
        return read;
    }

    @ParameterizedTest
    @CsvSource({
        "tuwari/lift_with_semantic_domain.lift,tww",
        "AllFLExFields/AllFLExFields.lift,fr",
        "biatah/biatah.lift,bth",
        "small/test20080407.lift,en"
    })
    void anyLexiconIsADictionary(String name, String language) throws Exception {
        var file = SHARED.resolve("lift").resolve(name);
        Assumptions.assumeTrue(Files.exists(file), name);
        var before = new Collected();
        LiftFile.read(
                new FileInputStream(file.toFile()),
                placed ->
                        before.entry("e" + before.entries.size(), placed.entry().entry()));
        var report = Cldf.write(Collected.head(language), before, Optional.empty(), folder);
        System.out.println(name + ": " + report.json());
        assertValid(folder);
        var after = new Collected();
        Cldf.read(folder, after);
        assertEquals(
                List.of("2 missing-glottocode"),
                after.codes().stream()
                        .map(c -> c.substring(c.indexOf(' ') + 1))
                        .distinct()
                        .toList());
        assertEquals(before.entries.size(), after.entries.size());
        var lost = new LossReport("test");
        var back = List.copyOf(after.entries.values());
        int at = 0;
        for (var one : before.entries.entrySet())
            org.thocam.dictionary.exchange.Lost.report(one.getKey(), one.getValue(), back.get(at++), lost);
        assertEquals(lost.losses(), report.losses());
    }

    private static final String METADATA =
            """
            {"dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#Wordlist", "dialect": {"commentPrefix": null}, "tables": [
            {"url": "forms.csv", "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#FormTable", "tableSchema": {"columns": [
             {"name": "ID", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#id", "required": true},
             {"name": "Language_ID", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#languageReference", "required": true},
             {"name": "Parameter_ID", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#parameterReference", "required": true},
             {"name": "Form", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#form", "required": true},
             {"name": "See", "separator": ";"}],
             "foreignKeys": [{"columnReference": ["See"], "reference": {"resource": "forms.csv", "columnReference": ["ID"]}}],
             "primaryKey": ["ID"]}},
            {"url": "languages.csv", "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#LanguageTable", "tableSchema": {"columns": [
             {"name": "ID", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#id", "required": true},
             {"name": "Glottocode", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#glottocode"},
             {"name": "ISO", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#iso639P3code"},
             {"name": "Latitude", "datatype": {"base": "decimal", "minimum": "-90", "maximum": "90"}}], "primaryKey": ["ID"]}},
            {"url": "parameters.csv", "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#ParameterTable", "tableSchema": {"columns": [
             {"name": "ID", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#id", "required": true},
             {"name": "Name", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#name"}], "primaryKey": ["ID"]}}]}
            """;

    private Collected small(String forms, String languages) throws Exception {
        Files.writeString(folder.resolve("cldf-metadata.json"), METADATA);
        Files.writeString(
                folder.resolve("forms.csv"), "ID,Language_ID,Parameter_ID,Form,See\n" + forms.replace('|', '\n'));
        Files.writeString(
                folder.resolve("languages.csv"),
                "ID,Glottocode,ISO,Latitude\n"
                        + (languages == null ? "l,bahn1262,bdq,1" : languages.replace('|', '\n')));
        Files.writeString(folder.resolve("parameters.csv"), "ID,Name\np,water\n");
        var read = new Collected();
        Cldf.read(folder, read);
        return read;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            textBlock =
                    """
            a,l,p,đak,             !                     !
            a,l,p,đak,|a,l,p,x,    !                     ! forms.csv 3 duplicate-id
            a,k,p,đak,             !                     ! forms.csv 2 dangling-reference
            a,l,q,đak,             !                     ! forms.csv 2 dangling-reference
            a,l,p,đak,a;b          !                     ! forms.csv 2 dangling-reference
            a,l,p,đak,a;;          !                     ! forms.csv 2 bad-separator;forms.csv 2 bad-separator
            a,l,p,đak              !                     ! forms.csv 2 ragged-row
            a,l,p,,                !                     ! forms.csv 2 missing-value
            a,l,p,đak,             ! l,bahn126,bdq,1     ! languages.csv 2 wrong-glottocode
            a,l,p,đak,             ! l,,bdq,1            ! languages.csv 2 missing-glottocode
            a,l,p,đak,             ! l,bahn1262,bd,1     ! languages.csv 2 wrong-iso639
            a,l,p,đak,             ! l,bahn1262,bdq,91   ! languages.csv 2 wrong-value;forms.csv 2 dangling-reference
            a,l,p,đak,             ! l,bahn1262,bdq,1|m,bahn1262,jra,1 ! languages.csv 3 wrong-glottocode
            """)
    void whatIsWrongIsNamedByItsLine(String forms, String languages, String codes) throws Exception {
        assertEquals(
                codes == null ? "" : codes,
                String.join(";", small(forms, languages).codes()));
    }

    @Test
    void aFormIsAnEntry() throws Exception {
        var entry = small("a,l,p,đak,", null).entries.get("a");
        assertEquals("đak", entry.lexicalUnit().text("bdq").orElseThrow());
        assertEquals("water", entry.senses().get(0).glosses().get(0).text());
        assertEquals("glottocode", entry.traits().get(2).name());
    }

    @Test
    void newWordsGetTheirLanguageAndParameter() throws Exception {
        small("a,l,p,đak,", null);
        var read = new Collected();
        var dataset = Cldf.read(folder, read);
        var made = new Collected();
        org.thocam.dictionary.exchange.table.Tables.read(
                new java.io.ByteArrayInputStream(
                        "id,headword,gloss@en\nb.1,unh,fire\nc,đak,water\n".getBytes(StandardCharsets.UTF_8)),
                org.thocam.dictionary.exchange.table.Kind.CSV,
                org.thocam.dictionary.exchange.table.ColumnMapping.NONE,
                "bdq",
                made);
        made.entries.forEach(read::entry);
        var out = folder.resolve("out");
        var report = Cldf.write(Collected.head("bdq"), read, Optional.of(dataset), out);
        assertEquals(Map.of(), report.losses());
        assertValid(out);
        assertEquals(
                Map.of("ID", "fire", "Name", "fire"),
                rows(out.resolve("parameters.csv")).get("fire"));
        assertEquals("p", rows(out.resolve("forms.csv")).get("c").get("Parameter_ID"));
        assertEquals("b.1", rows(out.resolve("forms.csv")).get("b_1").get("LIFT_ID"));
    }

    @Test
    void aZipIsReadLikeItsFolder() throws Exception {
        var read = small("a,l,p,đak,", null);
        var zip = folder.resolve("set.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var name : List.of("cldf-metadata.json", "forms.csv", "languages.csv", "parameters.csv")) {
                out.putNextEntry(new ZipEntry("set-1.0/cldf/" + name));
                out.write(Files.readAllBytes(folder.resolve(name)));
            }
        }
        var zipped = new Collected();
        Cldf.read(zip, zipped);
        assertEquals(read.entries, zipped.entries);
    }

    @Test
    void aTableThatIsNotThereIsNamed() throws Exception {
        small("a,l,p,đak,", null);
        Files.delete(folder.resolve("parameters.csv"));
        var read = new Collected();
        Cldf.read(folder, read);
        assertEquals(List.of("parameters.csv 0 missing-table"), read.codes());
        assertEquals(1, read.entries.size());
    }

    @Test
    void aBrokenDatasetIsRefusedAsAWhole() throws Exception {
        small("a,l,p,đak,", null);
        refused("forms.csv", new byte[] {'I', 'D', '\n', (byte) 0xFF}, "forms.csv line 2: not-utf-8");
        refused("forms.csv", "ID,Form\na,b\n".getBytes(StandardCharsets.UTF_8), "forms.csv line 1: missing-column");
        refused("forms.csv", "ID,\"Form\na,b\n".getBytes(StandardCharsets.UTF_8), "forms.csv line 1: wrong-csv");
        refused(
                "cldf-metadata.json",
                "{".getBytes(StandardCharsets.UTF_8),
                "cldf-metadata.json line 1: wrong-metadata");
        for (var wrong : List.of(
                METADATA.replace("#Wordlist", "#Generic"),
                METADATA.replace("\"forms.csv\"", "\"../forms.csv\""),
                METADATA.replace("\"separator\": \";\"", "\"separator\": 1")))
            refused("cldf-metadata.json", wrong.getBytes(StandardCharsets.UTF_8), "cldf-metadata.json ");
        assertThrows(FormatException.class, () -> Cldf.read(folder.resolve("forms.csv"), new Collected()));
    }

    private void refused(String file, byte[] bytes, String start) throws IOException {
        var before = Files.readAllBytes(folder.resolve(file));
        Files.write(folder.resolve(file), bytes);
        var read = new Collected();
        var refused = assertThrows(FormatException.class, () -> Cldf.read(folder, read));
        assertTrue(refused.getMessage().startsWith(start), refused.getMessage());
        assertEquals(Map.of(), read.entries);
        Files.write(folder.resolve(file), before);
    }
}
