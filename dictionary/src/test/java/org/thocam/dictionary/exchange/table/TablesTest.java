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
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
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
            "a\r\nb_x000D_",
            "&lt;<b>",
            "𐐀",
            "x;y");

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

    private static String override(String part, String type) {
        return "<Override PartName='/xl/" + part
                + "' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml." + type + "+xml'/>";
    }

    /** Written by hand as Excel does it: shared strings with runs, numbers with formats, a formula with what it came to. */
    private static byte[] excel() throws IOException {
        var out = new ByteArrayOutputStream();
        var parts = new LinkedHashMap<String, String>();
        var main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                        + "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
                        + "<Default Extension='xml' ContentType='application/xml'/>"
                        + override("workbook.xml", "sheet.main")
                        + override("worksheets/sheet1.xml", "worksheet")
                        + override("styles.xml", "styles")
                        + override("sharedStrings.xml", "sharedStrings")
                        + "</Types>");
        parts.put(
                "_rels/.rels",
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' Type='"
                        + rels + "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns='" + main + "' xmlns:r='" + rels
                        + "'><sheets><sheet name='Từ' sheetId='1' r:id='rId1'/>"
                        + "<sheet name='Khác' sheetId='2' r:id='rId1'/></sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                        + "<Relationship Id='rId1' Type='" + rels + "/worksheet' Target='worksheets/sheet1.xml'/>"
                        + "<Relationship Id='rId2' Type='" + rels + "/sharedStrings' Target='sharedStrings.xml'/>"
                        + "<Relationship Id='rId3' Type='" + rels + "/styles' Target='styles.xml'/></Relationships>");
        parts.put(
                "xl/styles.xml",
                "<styleSheet xmlns='" + main
                        + "'><numFmts count='1'><numFmt numFmtId='164' formatCode='0000'/></numFmts>"
                        + "<cellXfs count='3'><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/></cellXfs></styleSheet>");
        parts.put(
                "xl/sharedStrings.xml",
                "<sst xmlns='" + main + "'><si><t>id</t></si><si><t>headword</t></si><si><t>no_x0074_e</t></si>"
                        + "<si><r><t>ê̆</t></r><r><rPr><b/></rPr><t xml:space='preserve'>ƀ ꪀ</t></r></si></sst>");
        var sheet = new StringBuilder("<worksheet xmlns='" + main + "'><sheetData>");
        sheet.append(
                "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='D1' t='s'><v>2</v></c></row>");
        var notes = List.of(
                "<c r='D2' s='1'><v>45322</v></c>",
                "<c r='D3' s='2'><v>12</v></c>",
                "<c r='D4'><v>0.30000000000000004</v></c>",
                "<c r='D5' t='b'><v>1</v></c>",
                "<c r='D6'><f>1+2</f><v>3</v></c>",
                "<c r='D7'><v>12</v></c>",
                "");
        for (int i = 0; i < notes.size(); i++)
            sheet.append("<row r='%1$d'><c r='A%1$d'><v>%1$d</v></c><c r='B%1$d' t='s'><v>3</v></c>%2$s</row>"
                    .formatted(i + 2, notes.get(i)));
        // a line that nobody filled in, and one behind it
        sheet.append(
                "<row r='20'><c r='A20' s='1'/></row><row r='21'><c r='A21'><v>2</v></c><c r='B21' t='s'><v>3</v></c></row>");
        parts.put(
                "xl/worksheets/sheet1.xml",
                sheet.append("</sheetData></worksheet>").toString());
        try (var zip = new ZipOutputStream(out)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(
                        ("<?xml version='1.0' encoding='UTF-8'?>" + part.getValue()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    @Test
    void aWorkbookIsReadAsItIsDisplayed() throws Exception {
        var read = read(excel(), Kind.XLSX, "bdq-Latn");
        assertEquals(List.of("21 duplicate-id"), read.codes());
        assertEquals(List.of("sheet Khác", "column 3"), read.unknown);
        assertEquals("ê̆ƀ ꪀ", read.entries.get("2").lexicalUnit().first());
        assertEquals(
                List.of("2024-01-31", "0012", "0.3", "TRUE", "3", "12", ""),
                read.entries.values().stream()
                        .map(e -> e.notes().isEmpty()
                                ? ""
                                : e.notes().get(0).forms().first())
                        .toList());
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
