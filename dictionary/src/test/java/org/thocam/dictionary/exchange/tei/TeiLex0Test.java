package org.thocam.dictionary.exchange.tei;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.ValidationDriver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Lexica;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

class TeiLex0Test {
    private static Lexica.Told told(String xml) throws FormatException {
        var told = new Lexica.Told();
        TeiLex0.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), told);
        return told;
    }

    static List<String> files() {
        return Lexica.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void theSchemaTakesWhatIsWritten(String file) throws Exception {
        var entries = Lexica.read(file);
        var out = new ByteArrayOutputStream();
        TeiLex0.write(Lexica.head(Lexica.language(entries)), Lexica.source(entries), out);
        assertEquals(List.of(), faults(out.toByteArray()));
    }

    private static List<String> faults(byte[] xml) throws Exception {
        var faults = new ArrayList<String>();
        var properties = new PropertyMapBuilder();
        properties.put(ValidateProperty.ERROR_HANDLER, new ErrorHandler() {
            @Override
            public void warning(SAXParseException e) {
                faults.add(e.toString());
            }

            @Override
            public void error(SAXParseException e) {
                if (faults.size() < 10) faults.add(e.getLineNumber() + ": " + e.getMessage());
            }

            @Override
            public void fatalError(SAXParseException e) {
                faults.add(e.toString());
            }
        });
        var driver = new ValidationDriver(properties.toPropertyMap());
        assertTrue(driver.loadSchema(ValidationDriver.fileInputSource(
                Lexica.shared("tei/TEILex0.rng").toFile())));
        driver.validate(new InputSource(new ByteArrayInputStream(xml)));
        return faults;
    }

    @Test
    void theExamplesOfLex0AreRead() throws Exception {
        var told = new Lexica.Told();
        try (var in = Files.newInputStream(Lexica.shared("tei/teilex0-examples.xml"))) {
            TeiLex0.read(in, told);
        }
        System.out.println("Lex-0 examples: " + told.entries.size() + " entries, faults " + told.faults + ", unknown "
                + told.unknown);
        var aid = told.entries.get("ED.aid_n");
        assertEquals("aid", aid.lexicalUnit().first());
        assertEquals("noun", aid.senses().get(0).grammaticalInfo().value());
        assertEquals(
                "an aid worker", aid.senses().get(0).examples().get(1).forms().first());
    }

    @Test
    void anEntryInAnyDivisionIsRead() throws Exception {
        var told = told(
                "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><div><div><entry xml:id='a' xml:lang='blt'>"
                        + "<form type='lemma'><orth>ꪼꪕ</orth></form><sense><def xml:lang='vi'>đồng\n bằng</def></sense></entry></div></div></body></text></TEI>");
        assertEquals("ꪼꪕ", told.entries.get("a").lexicalUnit().text("blt").orElseThrow());
        assertEquals(
                "đồng bằng", told.entries.get("a").senses().get(0).definition().first());
    }

    @Test
    void whatIsWrongIsNamedByItsLine() throws Exception {
        var told = told("<TEI><text><body>\n<entry xml:id='a'><form><orth>x</orth></form></entry>\n"
                + "<entry xml:id='a'><form><orth>y</orth></form></entry>\n<entry xml:id='b'/></body></text></TEI>");
        assertEquals(
                List.of("duplicate-id 3", "no-headword 4"),
                told.faults.stream()
                        .map(fault -> fault.code() + " " + fault.line())
                        .toList());
        assertEquals(1, told.entries.size());
    }

    @Test
    void aBrokenFileIsNoLexicon() {
        assertTrue(assertThrows(FormatException.class, () -> told("<TEI><text>\n<body>\n<entry></body>"))
                .getMessage()
                .contains("line 3"));
        assertTrue(assertThrows(
                        FormatException.class,
                        () -> told("<!DOCTYPE TEI [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><TEI>&a;</TEI>"))
                .getMessage()
                .contains("DOCTYPE"));
        assertTrue(assertThrows(FormatException.class, () -> told("<html/>"))
                .getMessage()
                .contains("not-tei"));
    }
}
