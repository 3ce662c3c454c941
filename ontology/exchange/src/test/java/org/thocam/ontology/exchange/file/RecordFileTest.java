package org.thocam.ontology.exchange.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.FileRecord;
import org.thocam.ontology.exchange.Samples;
import org.thocam.ontology.exchange.ZebraExamples;

class RecordFileTest {
    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<FileRecord> read(Path path) throws IOException {
        var found = new ArrayList<FileRecord>();
        RecordFile.of(path).orElseThrow().read(path, found::add);
        return found;
    }

    private static Description description(FileRecord record) {
        assertTrue(record instanceof FileRecord.Described, record.toString());
        return ((FileRecord.Described) record).description();
    }

    private Path exported(ExportFormat format, List<Item> items) throws IOException {
        var file = folder.resolve("export" + format.ending());
        try (var writer = format.open(Files.newOutputStream(file))) {
            for (var item : items) writer.write(Samples.record(item));
        }
        return file;
    }

    private static List<Item> items(long seed) {
        var random = new Random(seed);
        var items = new ArrayList<>(List.of(Samples.full()));
        for (int i = 0; i < 100; i++) items.add(Samples.random(random, i));
        return items;
    }

    @Test
    void aCollectionOfMarcXmlIsReadRecordByRecord() throws IOException {
        var file = folder.resolve("opera.xml");
        try (var in = ZebraExamples.open("marcxml/collection-opera-43.xml.gz")) {
            Files.write(file, in.readAllBytes());
        }
        var found = read(file);
        assertEquals(43, found.size());
        assertTrue(found.stream().allMatch(record -> record instanceof FileRecord.Described));
        assertTrue(found.get(1).offset() > found.get(0).offset());
    }

    @Test
    void everyFormatWritesWhatItReads() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("RecordFileTest seed " + seed);
        var items = items(seed);
        for (var format : ExportFormat.values()) {
            if (format == ExportFormat.JSON_LINES) continue;
            var found = read(exported(format, items));
            assertEquals(items.size(), found.size(), format.word() + ", seed " + seed);
            for (int i = 0; i < items.size(); i++) {
                var read = description(found.get(i));
                assertEquals(
                        words(items.get(i).title().shown()),
                        words(read.title().shown()),
                        format.word() + ", seed " + seed);
                assertEquals(items.get(i).creators(), read.creators(), format.word() + ", seed " + seed);
            }
        }
    }

    /** A format for citing has one title and no language of it. */
    private static String words(String text) {
        return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFC);
    }

    @Test
    void aTableOfDublinCoreLosesNothingOfTheDescription() throws IOException {
        long seed = new Random().nextLong();
        var items = items(seed);
        var found = read(exported(ExportFormat.DUBLIN_CORE_CSV, items));
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var read = description(found.get(i));
            assertEquals(item.title(), read.title(), "seed " + seed);
            assertEquals(item.type(), read.type());
            assertEquals(item.date(), read.date());
            assertEquals(item.people(), read.people());
            assertEquals(item.place(), read.place(), "seed " + seed);
            assertEquals(item.rights(), read.rights());
            assertEquals(item.description(), read.description());
            assertEquals(new HashSet<>(item.terms()), new HashSet<>(read.terms()), "seed " + seed);
        }
    }

    @Test
    void onlyATableOfDublinCoreIsOne() throws IOException {
        assertEquals(
                Optional.of(RecordFile.DUBLIN_CORE_CSV),
                RecordFile.of(write("a.csv", "id,collection,dc.title[vi],local.x\n1,2,T,y\n")));
        assertEquals(
                Optional.of(RecordFile.DUBLIN_CORE_CSV),
                RecordFile.of(write("b.csv", "\uFEFFtitle@vi,creator,date\nT,A,1999\n")));
        assertEquals(Optional.empty(), RecordFile.of(write("c.csv", "title,year,price\nT,1,2\n")));
        assertEquals(Optional.empty(), RecordFile.of(write("d.csv", "word,gloss\na,b\n")));
        assertEquals(Optional.empty(), RecordFile.of(write("e.csv", "")));
        assertEquals(
                Optional.empty(),
                RecordFile.of(write("f.xml", "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>")));
        assertEquals(Optional.empty(), RecordFile.of(write("g.xml", "no xml")));
        assertEquals(Optional.empty(), RecordFile.of(write("h.txt", "TY  - BOOK")));
    }

    @Test
    void dspacesCellsAreReadWithTheirLanguages() throws IOException {
        var file = write(
                "dspace.csv",
                "id,collection,dc.contributor.author,dc.title[vi_VN],dc.title[en],dc.subject[vi],dc.date.issued,dc.language.iso\n"
                        + "u1,123/4,\"Lò, An||Vi Bình\",\"Hát, thơ\",Songs,Ê Đê||dân ca,2001-05,vi||en\n"
                        + "u2,123/4,,,,,,\n"
                        + "u3,123/4,,Ba,,,,\n");
        var found = read(file);
        var first = description(found.get(0));
        assertEquals(List.of("Lò, An", "Vi Bình"), first.creators());
        assertEquals("Hát, thơ", first.title().texts().get(new LanguageTag("vi-VN")));
        assertEquals(1, first.people().size());
        assertEquals(List.of(new Term("subject", "dân ca", new LanguageTag("vi"), "")), first.terms());
        assertEquals(2, first.languages().size());
        assertTrue(((FileRecord.Faulty) found.get(1)).reason().contains("no title"));
        assertEquals("Ba", description(found.get(2)).title().shown());
    }

    @Test
    void risIsReadAsOtherProgramsWriteIt() throws IOException {
        var file = write(
                "a.ris",
                "\uFEFFTY  - JOUR\r\nA1  - Nguyễn, Văn A\r\nT1  - Lễ hội\r\n  Xên Mường\r\nJO  - Tạp chí\r\nVL  - 3\r\nSP  - 1\r\nY1  - 2001/05//\r\nKW  - Tày"
                        + "\r\nDO  - 10.5555/x\r\nER  - \r\n\r\nTY  - BOOK\r\nAU  - B\r\nER  -\r\nTY  - SOUND\nTI  - Hát\n");
        var found = read(file);
        assertEquals(3, found.size());
        var first = description(found.get(0));
        assertEquals("Lễ hội Xên Mường", first.title().shown());
        assertEquals("Text", first.type());
        assertEquals("2001-05", first.date());
        assertEquals(List.of("10.5555/x"), first.identifiers());
        assertTrue(found.get(1) instanceof FileRecord.Faulty);
        assertEquals("Sound", description(found.get(2)).type());
    }

    @Test
    void bibTexOfATexUserIsRead() throws IOException {
        var file = write(
                "a.bib",
                "% comment\n@string{nxb = {NXB Khoa h{\\d o}c}}\n@book{a1, title = {Tri{\\^e}u {V}an}, author = {Nguy{\\~{\\^e}}n, A and {Vi{\\d{\\^e}}n X}},"
                        + " year = 1999, publisher = nxb}\n\n@misc{broken, title = {x\n\n@article{a3, title={Ba}, journal={J}, year={2000}}\n");
        var found = read(file);
        assertEquals(3, found.size(), found.toString());
        var first = description(found.get(0));
        assertEquals("a1", ((FileRecord.Described) found.get(0)).name());
        assertEquals("1999", first.date());
        assertEquals("Triêu Van", first.title().shown());
        assertTrue(found.get(1) instanceof FileRecord.Faulty);
        assertEquals("Ba", description(found.get(2)).title().shown());
    }

    @Test
    void entitiesAreNotResolvedAndBadXmlIsToldOnce() throws IOException {
        var secret = write("secret", "SECRET");
        var file = write(
                "x.marcxml",
                "<!DOCTYPE collection [<!ENTITY x SYSTEM '" + secret.toUri()
                        + "'>]><collection xmlns='http://www.loc.gov/MARC21/slim'>"
                        + "<record><leader/><datafield tag='245' ind1=' ' ind2=' '><subfield code='a'>A&x;</subfield></datafield></record></collection>");
        assertFalse(read(file).toString().contains("SECRET"));
        var cut = write(
                "y.marcxml",
                "<collection xmlns='http://www.loc.gov/MARC21/slim'><record><leader/><datafield tag='245' ind1=' ' ind2=' '>"
                        + "<subfield code='a'>A</subfield></datafield></record><record><lea");
        var found = read(cut);
        assertEquals(2, found.size());
        assertEquals("A", description(found.get(0)).title().shown());
        assertTrue(((FileRecord.Faulty) found.get(1)).reason().contains("no XML from here"));
    }

    @Test
    void damageNeitherHangsNorThrows() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("RecordFileTest damage seed " + seed);
        var random = new Random(seed);
        var items = items(seed).subList(0, 5);
        for (var format :
                List.of(ExportFormat.MARCXML, ExportFormat.DUBLIN_CORE_CSV, ExportFormat.RIS, ExportFormat.BIBTEX)) {
            var good = Files.readAllBytes(exported(format, items));
            for (int i = 0; i < 150; i++) {
                var bytes = good.clone();
                for (int j = 0; j <= random.nextInt(20); j++)
                    bytes[random.nextInt(bytes.length)] = (byte)
                            (random.nextBoolean() ? "\"{}@\\,\n\r<>&".charAt(random.nextInt(11)) : random.nextInt(256));
                var file = Files.write(folder.resolve("damaged" + format.ending()), bytes);
                var kind = RecordFile.of(file);
                if (kind.isPresent()) kind.get().read(file, record -> {});
            }
        }
    }

    @Test
    void keysOfBibTexAreTheIdsAndDiffer() throws IOException {
        var text = Files.readString(exported(ExportFormat.BIBTEX, List.of(Samples.full())), StandardCharsets.UTF_8);
        assertTrue(text.startsWith("@misc{tc-fe001,"), text);
        assertTrue(text.contains("Lễ Xên Mường của người Thái"), text);
        assertEquals(
                new LanguageMap(description(read(folder.resolve("export.bib")).get(0))
                                .title()
                                .texts())
                        .shown(),
                "Lễ Xên Mường của người Thái");
    }
}
