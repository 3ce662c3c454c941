package org.thocam.api.sru;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.thocam.api.sru.SruRequest.Operation;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Version;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.Links;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;

/** Records by crosswalks of a registry: two small ones stand for those that it has. */
class RecordSchemaTest {
    private static final Crosswalk MARC = new Small(new MetadataFormat(
            "marc21", "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd", "http://www.loc.gov/MARC21/slim"));
    private static final Crosswalk MODS = new Small(new MetadataFormat(
            "mods", "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd", "http://www.loc.gov/mods/v3"));

    /** Has no words for "unfit", and breaks over "broken" in the middle of the record. */
    private record Small(MetadataFormat format) implements Crosswalk {
        @Override
        public boolean fits(CatalogueRecord record) {
            return !record.id().value().equals("unfit");
        }

        @Override
        public void write(CatalogueRecord record, XmlOut out) throws XMLStreamException {
            out.root("", "record", format).start("half");
            if (record.id().value().equals("broken")) throw new IllegalStateException("broken");
            out.text(record.item().title().shown()).end().end();
        }
    }

    private static Optional<Crosswalk> registry(String prefix) {
        return List.of(MARC, MODS).stream()
                .filter(crosswalk -> crosswalk.format().prefix().equals(prefix))
                .findFirst();
    }

    private static String uri(String name) {
        return RecordSchema.of(name, RecordSchemaTest::registry)
                .map(RecordSchema::uri)
                .orElse("");
    }

    @Test
    void everyNameThatClientsHaveForASchemaIsKnown() {
        for (var name : List.of(
                "marcxml",
                "MARCXML",
                "marc21",
                "marcxml-1.1",
                "marcxml-v1.1",
                "info:srw/schema/1/marcxml-v1.1",
                "http://www.loc.gov/MARC21/slim")) assertEquals("info:srw/schema/1/marcxml-v1.1", uri(name), name);
        for (var name :
                List.of("dc", "srw_dc", "DC", "info:srw/schema/1/dc-v1.1", "info:srw/schema/1/dc-schema", "dc-v1.1"))
            assertEquals("info:srw/schema/1/dc-v1.1", uri(name), name);
        for (var name :
                List.of("mods", "MODS", "mods-v3.5", "info:srw/schema/1/mods-v3.3", "http://www.loc.gov/mods/v3"))
            assertEquals("info:srw/schema/1/mods-v3.8", uri(name), name);
        for (var name : List.of("", "pica", "marcxmlx", "oai_dc", "mods-v4")) assertEquals("", uri(name), name);
    }

    @Test
    void oneRecordThatCannotBeSaidDoesNotKeepBackTheOthers() throws XMLStreamException {
        var asked = "version=1.2&operation=searchRetrieve&recordSchema=marcxml&query=a&recordPacking=";
        for (var packing : List.of("xml", "string")) {
            var arguments = Arguments.of(asked + packing);
            var search = (SruRequest.SearchRetrieve) SruRequest.of(arguments, RecordSchemaTest::registry);
            var response = new SruResponse(Operation.SEARCH_RETRIEVE, arguments)
                    .found(4)
                    .records(List.of(record("good"), record("broken"), record("unfit"), record("last")), 1, search)
                    .bytes();
            var text = new String(response, StandardCharsets.UTF_8);
            assertTrue(text.contains("good &amp; co") || text.contains("good &amp;amp; co"), text);
            assertTrue(text.contains("last &amp; co") || text.contains("last &amp;amp; co"), text);
            assertTrue(text.contains("info:srw/diagnostic/1/64") && text.contains("info:srw/diagnostic/1/67"), text);
            assertFalse(text.contains("unfit &amp; co"), text);
            assertEquals(2, text.split("<zs:recordSchema>info:srw/schema/1/marcxml-v1.1<", -1).length - 1);
            assertEquals(2, text.split("<zs:recordSchema>info:srw/schema/1/diagnostics-v1.1<", -1).length - 1);
            for (int position = 1; position <= 4; position++)
                assertTrue(text.contains("<zs:recordPosition>" + position + "<"), text);
        }
    }

    private static CatalogueRecord record(String id) {
        var item = ItemJson.entry(ItemJson.parse("{\"id\":\"" + id + "\",\"title\":\"" + id + " & co\"}"))
                .item();
        return new CatalogueRecord(
                item, new Version(1), Instant.EPOCH, false, new Links("https://library.example", "library.example"));
    }
}
