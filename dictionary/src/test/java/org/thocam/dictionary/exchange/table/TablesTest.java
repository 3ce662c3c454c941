package org.thocam.dictionary.exchange.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thocam.dictionary.entry.*;
import org.thocam.dictionary.exchange.Collected;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.LossReport;
import org.thocam.dictionary.lift.LiftFile;

class TablesTest {
    static final Path LIFT = Path.of(System.getProperty("thocam.root", ".."), "../shared/data/dictionary/lift");
    private static final List<String> WORDS = List.of(
            "hơnâng",
            Normalizer.normalize("ê̆ƀuôn", Normalizer.Form.NFD),
            Normalizer.normalize("ê̆ƀuôn", Normalizer.Form.NFC),
            "ꪀꪮꪙ",
            "ꨀꨇ",
            "=1+1",
            "+84",
            "-",
            "@x",
            "012",
            "1e5",
            "TRUE",
            "2024-01-02",
            " a, \"b\"\tc ",
            "one\ntwo",
            "_x0041_",
            "&lt;<b>",
            "𐐀",
            "x;y");

    @TempDir
    Path folder;

    private static Collected read(byte[] bytes, Kind kind, String language, String... mapping) throws Exception {
        var collected = new Collected();
        Tables.read(new ByteArrayInputStream(bytes), kind, ColumnMapping.of(List.of(mapping)), language, collected);
        return collected;
    }

    private static Collected csv(String text, String... mapping) throws Exception {
        return read(text.getBytes(StandardCharsets.UTF_8), Kind.CSV, "bdq-Latn", mapping);
    }

    private static byte[] write(Collected from, Kind kind, String language, LossReport[] report) throws IOException {
        var out = new ByteArrayOutputStream();
        report[0] = Tables.write(kind, Collected.head(language), from, out);
        return out.toByteArray();
    }

    @Test
    void aRowIsAnEntry() throws Exception {
        var read = csv(
                """
                id,headword,headword@bdq-Khmr,part-of-speech,gloss@vi,gloss@vi#2,example,example@vi,example-source,domain,note,extra
                w1,hơnâng,ខ,n,thang,cầu thang,Hơnâng kơ,Cái thang ấy,Lan,1.1 Sky; 2.3,x,y
                """);
        var entry = read.entries.get("w1");
        assertEquals("hơnâng", entry.lexicalUnit().text("bdq-Latn").orElseThrow());
        assertEquals("ខ", entry.lexicalUnit().text("bdq-Khmr").orElseThrow());
        var sense = entry.senses().get(0);
        assertEquals("n", sense.grammaticalInfo().value());
        assertEquals(
                List.of("thang", "cầu thang"),
                sense.glosses().stream().map(Gloss::text).toList());
        assertEquals(
                List.of("1.1 Sky", "2.3"),
                sense.traits().stream().map(Trait::value).toList());
        var example = sense.examples().get(0);
        assertEquals("Lan", example.source());
        assertEquals("Cái thang ấy", example.translations().get(0).forms().first());
        assertEquals(List.of("extra"), read.unknown);
        assertEquals(List.of(), read.faults);
    }

    @Test
    void rowsOfOneIdAreSensesOfOneEntry() throws Exception {
        var read = csv(
                """
                id,headword,sense,gloss@vi
                a,x,1,một
                a,,2,hai
                a,x,2.1,"hai, một"
                b,y,n1,ba
                b,,n2,bốn
                """);
        assertEquals(List.of(), read.faults);
        var senses = read.entries.get("a").senses();
        assertEquals(2, senses.size());
        assertEquals(
                "hai, một", senses.get(1).subsenses().get(0).glosses().get(0).text());
        assertEquals(
                List.of("n1", "n2"),
                read.entries.get("b").senses().stream().map(Sense::id).toList());
    }

    @Test
    void aMappingNamesTheColumns() throws Exception {
        var read = csv("Từ,Nghĩa,Ghi chú\nđak,nước,x\n", "Từ=headword", "Nghĩa=gloss@vi", "Ghi chú=");
        assertEquals("đak", read.entries.get("#0").lexicalUnit().first());
        assertEquals(List.of(), read.unknown);
        assertEquals("", read.entries.get("#0").liftId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            id,headword;a,x;a,y                             | 3 duplicate-id
            id,headword;a,x;b                               | 3 ragged-row
            id,headword;a,                                  | 2 missing-headword
            id,headword;,x                                  | 2 wrong-id
            id,headword,sense;a,x,1;a,,1                    | 3 duplicate-id
            id,headword,sense;a,x,1;a,,2.1                  | 3 dangling-reference
            id,headword,sense;a,x,1;a,y,2                   | 3 conflicting-value
            id,headword,sense;a,,1                          | 2 missing-headword
            """)
    void aWrongRowIsNamedByItsLine(String table, String fault) throws Exception {
        assertEquals(List.of(fault), csv(table.replace(';', '\n')).codes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            gloss@vi;a          | line 1: missing-column
            headword,headword;a | line 1: duplicate-column
            headword,gloss;a    | line 1: wrong-column
            headword,gloss@;a   | line 1: wrong-column
            headword;"a         | line 2: wrong-csv
            """)
    void aFileThatIsNoTableIsRefused(String table, String start) {
        var refused = assertThrows(FormatException.class, () -> csv(table.replace(';', '\n')));
        assertTrue(refused.getMessage().startsWith(start), refused.getMessage());
    }

    @Test
    void encodingsAreRecognisedOrRefusedByLine() throws Exception {
        var text = "id,headword,gloss@vi\r\na,Cộng hòa xã hội chủ nghĩa Việt Nam,Độc lập tự do hạnh phúc\r\n";
        for (var charset : List.of("UTF-16LE", "UTF-16BE", "UTF-8")) {
            var read = read(("\uFEFF" + text).getBytes(Charset.forName(charset)), Kind.CSV, "vi");
            assertEquals(
                    "Độc lập tự do hạnh phúc",
                    read.entries.get("a").senses().get(0).glosses().get(0).text(),
                    charset);
        }
        var tcvn = new ByteArrayOutputStream();
        tcvn.write("id,headword\na,".getBytes(StandardCharsets.US_ASCII));
        tcvn.write("C\u00E9ng h\u00DFa x\u00B7 h\u00E9i chñ nghÜa ViÖt Nam".getBytes(StandardCharsets.ISO_8859_1));
        var read = read(tcvn.toByteArray(), Kind.CSV, "vi");
        assertEquals(List.of("2 legacy-encoding"), read.codes());
        assertTrue(
                read.entries.get("a").lexicalUnit().first().contains("hội chủ nghĩa Việt Nam"), read.entries::toString);
        var refused = assertThrows(
                FormatException.class, () -> read(new byte[] {'h', 'e', 'a', 'd', '\n', (byte) 0xFF}, Kind.CSV, "vi"));
        assertTrue(refused.getMessage().startsWith("line 2: not-utf-8"), refused.getMessage());
    }

    /** What the columns have a home for, and values that a spreadsheet would change. */
    private static Entry random(Random random, String id) {
        Supplier<String> word = () -> WORDS.get(random.nextInt(WORDS.size()));
        Supplier<Multitext> text = () -> {
            var forms = new LinkedHashMap<String, Form>();
            for (var tag : List.of("bdq-Latn", "vi", "en-x-a"))
                if (random.nextInt(3) > 0 || forms.isEmpty()) forms.put(tag, new Form(word.get()));
            return new Multitext(forms);
        };
        var fields = new TreeMap<String, Field>();
        var traits = new TreeMap<String, Trait>();
        for (int i = random.nextInt(3); i > 0; i--) {
            fields.put("f:" + i, new Field("f:" + i, text.get(), null, null, "", ""));
            traits.put("t" + i, new Trait("t" + i, word.get(), null));
        }
        var notes = List.of(new Note("", text.get(), null, null, null, "", ""));
        var relations = List.of(
                new Relation("syn", word.get(), "", null, null, null, null, "", ""),
                new Relation("syn", word.get(), "", null, null, null, null, "", ""));
        var senses = new ArrayList<Sense>();
        for (int i = random.nextInt(4); i > 0; i--) {
            var below = new ArrayList<Sense>();
            for (int j = random.nextInt(2); j >= 0; j--)
                senses.add(new Sense(
                        random.nextBoolean() ? "" : id + "-" + i + j,
                        "",
                        random.nextBoolean() ? null : new GrammaticalInfo(word.get(), null),
                        List.of(
                                new Gloss("en", word.get(), "", null),
                                new Gloss("vi", word.get(), "", null),
                                new Gloss("vi", word.get(), "", null)),
                        text.get(),
                        relations,
                        notes,
                        List.of(new Example(
                                word.get(),
                                text.get(),
                                List.of(new Translation("", Multitext.of("vi", word.get()))),
                                notes,
                                List.copyOf(fields.values()),
                                null,
                                null,
                                "",
                                "")),
                        null,
                        List.of(new Media(word.get(), text.get())),
                        List.copyOf(below),
                        List.copyOf(fields.values()),
                        List.of(new Trait(Flat.DOMAIN, "1.1", null), new Trait("z", word.get(), null)),
                        null,
                        "",
                        ""));
            if (random.nextBoolean() && !senses.isEmpty()) {
                var last = senses.remove(senses.size() - 1);
                senses.add(new Sense(
                        last.id(),
                        "",
                        null,
                        last.glosses(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.copyOf(senses),
                        null,
                        null,
                        null,
                        "",
                        ""));
            }
        }
        return new Entry(
                random.nextBoolean() ? id : word.get(),
                random.nextBoolean() ? "" : "guid",
                random.nextBoolean() ? "" : "2",
                "",
                text.get(),
                text.get(),
                List.of(new Pronunciation(
                        Multitext.of("bdq-Latn-fonipa", word.get()),
                        List.of(new Media("a.wav", null)),
                        null,
                        null,
                        null,
                        "",
                        "")),
                List.of(new Variant("", text.get(), null, null, null, null, null, "", "")),
                senses,
                notes,
                relations,
                List.of(new Etymology(
                        "borrowed",
                        word.get(),
                        text.get(),
                        List.of(new Gloss("en", "g", "", null)),
                        null,
                        null,
                        null,
                        "",
                        "")),
                List.copyOf(fields.values()),
                List.copyOf(traits.values()),
                null,
                "2026-01-01",
                "");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatHasAHomeComesBack(Kind kind) throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var before = new Collected();
        for (int i = 0; i < 200; i++) before.entry("e" + i, random(random, "e" + i));
        var report = new LossReport[1];
        var written = write(before, kind, "bdq-Latn", report);
        var after = read(written, kind, "bdq-Latn");
        assertEquals(Map.of(), report[0].losses(), "seed " + seed);
        assertEquals(List.of(), after.faults, "seed " + seed);
        assertEquals(before.entries.size(), after.entries.size(), "seed " + seed);
        before.entries.forEach((id, entry) -> {
            var lost = new LossReport("test");
            org.thocam.dictionary.exchange.Lost.report(id, entry, after.entries.get(id), lost);
            assertEquals(Map.of(), lost.losses(), "seed " + seed + " " + id);
        });
        // and what came back comes back again, to the byte
        var again = write(after, kind, "bdq-Latn", report);
        if (kind != Kind.XLSX)
            assertEquals(new String(written, StandardCharsets.UTF_8), new String(again, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aRealLexiconComesBackButForWhatTheReportNames(Kind kind) throws Exception {
        var file = LIFT.resolve("tuwari/lift_with_semantic_domain.lift");
        Assumptions.assumeTrue(Files.exists(file));
        var before = new Collected();
        LiftFile.read(new FileInputStream(file.toFile()), placed -> {
            before.entry("e" + before.entries.size(), placed.entry().entry());
        });
        var report = new LossReport[1];
        var after = read(write(before, kind, "tww", report), kind, "tww");
        assertEquals(List.of(), after.faults);
        assertEquals(before.entries.keySet(), after.entries.keySet());
        assertEquals(
                before.entries.values().stream()
                        .mapToInt(e -> e.senses().size())
                        .sum(),
                after.entries.values().stream().mapToInt(e -> e.senses().size()).sum());
        var lost = new LossReport("test");
        before.entries.forEach(
                (id, entry) -> org.thocam.dictionary.exchange.Lost.report(id, entry, after.entries.get(id), lost));
        assertEquals(lost.losses(), report[0].losses());
        System.out.println(kind + " of tuwari: " + report[0].json());
    }

    @Test
    void aWorkbookOfAnotherProgramIsReadAsItIsDisplayed() throws Exception {
        var office = Path.of("/usr/bin/soffice");
        Assumptions.assumeTrue(Files.isExecutable(office));
        var csv = folder.resolve("words.csv");
        Files.writeString(csv, "id,headword,sense,gloss@vi,note\n12,ê̆ƀ ꪀ,1,=1+2,2024-01-31\n13,x,1,0.5,TRUE\n");
        var process = new ProcessBuilder(
                        office.toString(),
                        "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                        "--headless",
                        "--convert-to",
                        "xlsx",
                        "--infilter=CSV:44,34,76,1",
                        "--outdir",
                        folder.toString(),
                        csv.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Assumptions.assumeTrue(process.waitFor(120, TimeUnit.SECONDS));
        var xlsx = folder.resolve("words.xlsx");
        Assumptions.assumeTrue(Files.exists(xlsx), Files.readString(folder.resolve("log")));
        var read = read(Files.readAllBytes(xlsx), Kind.XLSX, "bdq-Latn");
        assertEquals(List.of(), read.faults);
        var entry = read.entries.get("12");
        assertEquals("ê̆ƀ ꪀ", entry.lexicalUnit().first());
        assertEquals("2024-01-31", entry.notes().get(0).forms().first());
        assertEquals(
                "0.5", read.entries.get("13").senses().get(0).glosses().get(0).text());
        assertEquals("TRUE", read.entries.get("13").notes().get(0).forms().first());
    }

    @Test
    void aBombIsRefused() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 600; i++) zip.write(zeros);
        }
        var refused = assertThrows(FormatException.class, () -> read(out.toByteArray(), Kind.XLSX, "vi"));
        assertTrue(refused.getMessage().startsWith("too-large"), refused.getMessage());
        for (var bytes : List.of(new byte[0], "no zip".getBytes(StandardCharsets.UTF_8)))
            assertTrue(assertThrows(FormatException.class, () -> read(bytes, Kind.XLSX, "vi"))
                    .getMessage()
                    .startsWith("wrong-xlsx"));
    }

    @Test
    void whatHasNoColumnIsReported() throws Exception {
        var before = new Collected();
        before.entry(
                "a",
                new Entry(
                        "a",
                        "",
                        "",
                        "",
                        Multitext.of("bdq-Latn", "x"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(new Annotation("flag", "1", "", "", null)),
                        "",
                        ""));
        var report = new LossReport[1];
        write(before, Kind.CSV, "bdq-Latn", report);
        assertEquals(
                java.util.Set.of("annotations/name", "annotations/value"),
                report[0].losses().keySet());
    }
}
