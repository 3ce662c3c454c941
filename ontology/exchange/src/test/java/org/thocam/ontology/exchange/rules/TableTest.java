package org.thocam.ontology.exchange.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Links;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;

class TableTest {
    private static final MetadataFormat FORMAT = new MetadataFormat("t", "urn:x.xsd", "urn:x");

    @Test
    void whatWouldBeEmptyIsNotWritten() throws Exception {
        var table = Table.of(FORMAT, "x:r")
                .rules(
                        Rule.element("x:date", Facts::date),
                        Rule.group("x:around", Rule.group("x:inner", Rule.element("x:creator", Facts::creators))),
                        Rule.each("x:name", record -> List.of(Value.of(" ")), Rule.always("x:role", "any")),
                        Rule.element("x:title", Facts::titles).inItsLanguage().with("kind", ""));
        var xml = new StringWriter();
        var out = new XmlOut(xml);
        table.write(record(), out);
        out.flush();
        assertTrue(xml.toString().endsWith("><x:title xml:lang=\"vi\">Một</x:title></x:r>"), xml.toString());
    }

    @Test
    void anUnknownPrefixIsRefusedWhenTheTableIsMade() {
        var head = Table.of(FORMAT, "x:r");
        var thrown = assertThrows(IllegalArgumentException.class, () -> head.rules(Rule.element("y:a", Facts::date)));
        assertEquals("'y:a' in the table of t: want one of the prefixes [x]", thrown.getMessage());
    }

    @Test
    void onlyWhatXmlSchemaCallsADateIsOne() {
        for (var date : List.of("1999", "1999-12", "2024-02-29", "2020-01-01T10:00:00Z"))
            assertTrue(Facts.isDate(Value.of(date)), date);
        for (var date : List.of("", "99", "0000", "2023-02-29", "1999-13", "2020-01-01T10:00Z", "1999-12-01 x"))
            assertFalse(Facts.isDate(Value.of(date)), date);
    }

    @Test
    void identifiersAreOfTheKindTheyLookLike() {
        assertEquals("doi", Facts.identifierKind("https://doi.org/10.5555/a"));
        assertEquals("10.5555/a", Facts.doi("doi:10.5555/a"));
        assertEquals("hdl", Facts.identifierKind("hdl:123/4"));
        assertEquals("isbn", Facts.identifierKind("ISBN 978-604-1-00000-2"));
        assertEquals("isbn", Facts.identifierKind("9786041000002"));
        assertEquals("issn", Facts.identifierKind("ISSN 0866-1234"));
        assertEquals("uri", Facts.identifierKind("https://a.example/b"));
        assertEquals("", Facts.identifierKind("http://[bad"));
        assertEquals("", Facts.identifierKind("TV/12 a"));
    }

    @Test
    void aLibraryWithoutANameIsCalledByItsDomain() {
        assertEquals("example.vn", new Links("https://example.vn", "example.vn").name());
        assertEquals("example.vn", new Links("https://example.vn", "example.vn", " ").name());
    }

    private static CatalogueRecord record() {
        var item = new Item(
                new ItemId("a"),
                LanguageMap.of(new LanguageTag("vi"), "Một"),
                "",
                List.of(),
                LanguageMap.EMPTY,
                List.of(),
                "",
                List.of(),
                Optional.empty(),
                "",
                Access.OPEN,
                List.of(),
                List.of(),
                List.of(),
                "",
                "");
        return new CatalogueRecord(
                item, new Version(1), Instant.EPOCH, false, new Links("https://a.example", "a.example"));
    }
}
