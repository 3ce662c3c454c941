package org.thocam.api.oai;

import java.util.LinkedHashSet;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;

/** An item in unqualified Dublin Core. OAI-PMH 2.0, section 5, and DCMES 1.1. */
public final class DublinCore implements Crosswalk {
    private static final String DC = "http://purl.org/dc/elements/1.1/";
    private static final MetadataFormat FORMAT = new MetadataFormat(
            "oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/");

    private XmlOut xml;

    @Override
    public MetadataFormat format() {
        return FORMAT;
    }

    @Override
    public void write(CatalogueRecord record, XmlOut out) throws XMLStreamException {
        out.root("oai_dc", "dc", FORMAT).namespace("dc", DC);
        var it = new DublinCore();
        it.xml = out;
        it.elements(record.item(), record.page());
        out.end();
    }

    private void elements(Item item, String page) throws XMLStreamException {
        texts("title", item.title());
        for (var creator : item.creators()) element("creator", creator);
        for (var people : item.people()) element("subject", people);
        texts("description", item.description());
        element("date", item.date());
        element("type", item.type());
        for (var mediaType : new LinkedHashSet<>(
                item.files().stream().map(Bitstream::mediaType).toList())) element("format", mediaType);
        element("identifier", page);
        for (var identifier : item.identifiers()) element("identifier", identifier);
        for (var language : new LinkedHashSet<>(
                item.languages().stream().map(DublinCore::code).toList())) element("language", language);
        if (item.place().isPresent()) element("coverage", item.place().get().name());
        element("rights", item.rights().isBlank() ? rights(item.access()) : item.rights());
    }

    private void texts(String name, LanguageMap texts) throws XMLStreamException {
        for (var entry : texts.texts().entrySet()) {
            if (entry.getValue().isBlank()) continue;
            xml.start("dc", name, DC);
            if (!entry.getKey().undetermined()) xml.language(entry.getKey().value());
            xml.text(entry.getValue()).end();
        }
    }

    private void element(String name, String text) throws XMLStreamException {
        if (text != null && !text.isBlank()) xml.element("dc", name, DC, text);
    }

    /** ISO 639-3, as harvesters of language archives ask for. */
    private static String code(LanguageTag tag) {
        var code = Locale.forLanguageTag(tag.language()).getISO3Language();
        return code.isEmpty() ? tag.language() : code;
    }

    private static String rights(Access access) {
        return access instanceof Access.Embargoed embargoed
                ? "Open access since " + embargoed.until() + "; rights not stated"
                : "Open access; rights not stated";
    }
}
