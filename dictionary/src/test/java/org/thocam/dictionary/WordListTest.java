package org.thocam.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.LanguageTag;

class WordListTest {
    private static final class Read implements WordList.Reading {
        final List<String> heads = new ArrayList<>();
        final List<Entry> entries = new ArrayList<>();
        final List<String> faults = new ArrayList<>();
        final List<String> unknown = new ArrayList<>();

        @Override
        public void entry(Entry entry) {
            entries.add(entry);
            heads.add(entry.headword());
        }

        @Override
        public void fault(WordList.Fault fault) {
            faults.add(fault.toString());
        }

        @Override
        public void unknownColumn(String name) {
            unknown.add(name);
        }
    }

    private static Read read(WordList.Format format, byte[] bytes) throws NotAWordListException, IOException {
        var read = new Read();
        WordList.read(new ByteArrayInputStream(bytes), format, new LanguageTag("bdq-Latn"), read);
        return read;
    }

    private static Read csv(String text) throws NotAWordListException, IOException {
        return read(WordList.Format.CSV, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refused(byte[] bytes) {
        return assertThrows(NotAWordListException.class, () -> read(WordList.Format.CSV, bytes))
                .getMessage();
    }

    private static String refused(String text) {
        return refused(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRowIsAnEntryAsItWasWritten() throws Exception {
        for (var start : List.of("", "\uFEFF")) {
            var read = csv(
                    start
                            + "id,headword,gloss@vi,gloss@en\r\nb1,'bah,hẹp,narrow\r\nb2,\" a \"\"b\"\", c\",\"hai\r\ndòng\",\r\n");
            assertEquals(List.of("'bah", " a \"b\", c"), read.heads);
            assertEquals(List.of(), read.faults);
            var first = read.entries.get(0);
            assertEquals("b1", first.id().value());
            assertEquals("bdq-Latn", first.language().value());
            assertEquals("hẹp", first.glosses().texts().get(new LanguageTag("vi")));
            assertEquals("narrow", first.glosses().texts().get(new LanguageTag("en")));
            assertEquals(1, read.entries.get(1).glosses().texts().size(), "an empty gloss is none");
        }
    }

    @Test
    void tabsSeparateInTsvAndColumnsStandInAnyOrder() throws Exception {
        var read = read(
                WordList.Format.TSV,
                "gloss@vi\theadword\tid\tpos\nhẹp, chật\tbah\tb1\tadj\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("bah"), read.heads);
        assertEquals("hẹp, chật", read.entries.get(0).glosses().shown());
        assertEquals(List.of("pos"), read.unknown);
    }

    @Test
    void aWrongRowIsNamedByItsLineAndTheOthersAreRead() throws Exception {
        var read = csv("id,headword,gloss@vi\na,một,\"x\ny\"\n\nb,,z\n,hai,z\na,ba,z\nc,bốn\nd e,năm,z\nf,sáu,z\n");
        assertEquals(List.of("một", "sáu"), read.heads);
        assertEquals(6, read.faults.size() + 1, read.faults.toString());
        assertEquals("line 5: headword: want a word, found nothing", read.faults.get(0));
        assertTrue(read.faults.get(1).startsWith("line 6: entry id '': want 1 to 200 characters"), read.faults.get(1));
        assertEquals("line 7: want each id once, found 'a', which line 2 has too", read.faults.get(2));
        assertEquals("line 8: want 3 columns, as the header has, found 2", read.faults.get(3));
        assertTrue(read.faults.get(4).startsWith("line 9: entry id 'd e'"), read.faults.get(4));
    }

    @Test
    void whatIsNoWordListSaysWhereAndWhy() {
        assertTrue(refused("").startsWith("line 1: want a header with the columns id, headword"));
        assertTrue(refused("id,word\n").endsWith("found 'id, word'"));
        assertTrue(refused("id,headword,headword\n").endsWith("found 'headword' twice"));
        assertTrue(refused("id,headword,gloss@!\n").endsWith("found 'gloss@!'"));
        assertTrue(refused("id,headword\na,một\nb,\"hai\nc,ba\n").startsWith("line 3: want a value in quotes"));
        assertTrue(refused("id,headword\na,\"một\" x\n").startsWith("line 2: want a value in quotes"));
    }

    @Test
    void bytesThatAreNoUtf8AreNamedByTheirLine() {
        var bytes = "id,headword\na,một\nb,h?i\n".getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at++) if (bytes[at] == '?') bytes[at] = (byte) 0xE1;
        assertEquals("line 3: want text in UTF-8, found bytes that are none", refused(bytes));
    }

    @Test
    void aQuoteThatNeverEndsIsNotReadIntoMemory() {
        assertTrue(refused("id,headword\na,\"" + "x\n".repeat(2_000_000)).startsWith("line 2: want a row of at most"));
    }
}
