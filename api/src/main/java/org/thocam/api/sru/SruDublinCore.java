package org.thocam.api.sru;

import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;
import org.thocam.ontology.reference.Language;
import org.thocam.ontology.reference.People;

/** Dublin Core in SRU's own wrapping, {@code srw_dc:dc}. SRU, "Dublin Core record schema 1.1". */
final class SruDublinCore implements Crosswalk {
    static final SruDublinCore CROSSWALK = new SruDublinCore();
    private static final String DC = "http://purl.org/dc/elements/1.1/";
    private static final MetadataFormat FORMAT = new MetadataFormat(
            "dc", "http://www.loc.gov/standards/sru/recordSchemas/dc-schema.xsd", "info:srw/schema/1/dc-schema");
    private static final Set<String> AS_THEY_ARE =
            Set.of("contributor", "format", "publisher", "relation", "source", "subject");

    private SruDublinCore() {}

    @Override
    public MetadataFormat format() {
        return FORMAT;
    }

    @Override
    public void write(CatalogueRecord record, XmlOut xml) throws XMLStreamException {
        var item = record.item();
        xml.root("srw_dc", "dc", FORMAT).namespace("dc", DC);
        texts("title", item.title(), xml);
        for (var term : record.terms("alternative")) element("title", term.value(), xml);
        for (var creator : item.creators()) element("creator", creator, xml);
        for (var people : item.people()) element("subject", People.shown(people), xml);
        texts("description", item.description(), xml);
        for (var name : List.of("abstract", "tableOfContents"))
            for (var term : record.terms(name)) element("description", term.value(), xml);
        element("date", item.date(), xml);
        element("type", item.type(), xml);
        for (var mediaType : record.mediaTypes()) element("format", mediaType, xml);
        element("identifier", record.page(), xml);
        for (var identifier : item.identifiers()) element("identifier", identifier, xml);
        for (var code : record.languages().stream()
                .map(LanguageTag::value)
                .map(Language::code)
                .distinct()
                .toList()) element("language", code, xml);
        if (item.place().isPresent()) element("coverage", item.place().get().name(), xml);
        for (var name : List.of("spatial", "temporal"))
            for (var term : record.terms(name)) element("coverage", term.value(), xml);
        element("rights", record.rights(), xml);
        for (var term : item.terms()) if (AS_THEY_ARE.contains(term.name())) element(term.name(), term.value(), xml);
        xml.end();
    }

    private static void texts(String name, LanguageMap texts, XmlOut xml) throws XMLStreamException {
        for (var entry : texts.texts().entrySet()) element(name, entry.getValue(), xml);
    }

    private static void element(String name, String text, XmlOut xml) throws XMLStreamException {
        if (!text.isBlank()) xml.element("dc", name, DC, text);
    }
}
