package org.thocam.api.oai;

import java.util.LinkedHashSet;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;

/** An item in unqualified Dublin Core. OAI-PMH 2.0, section 5, and DCMES 1.1. */
final class DublinCore {
    private static final String DC = "http://purl.org/dc/elements/1.1/";

    private final OaiXml xml;

    private DublinCore(OaiXml xml) {
        this.xml = xml;
    }

    static void write(Item item, String page, OaiXml xml) throws XMLStreamException {
        var format = MetadataPrefix.OAI_DC;
        xml.start("oai_dc", "dc", format.namespace, format.schema).namespace("dc", DC);
        new DublinCore(xml).elements(item, page);
        xml.end();
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
            xml.startIn("dc", name, DC);
            if (!entry.getKey().undetermined()) xml.language(entry.getKey().value());
            xml.text(entry.getValue()).end();
        }
    }

    private void element(String name, String text) throws XMLStreamException {
        if (text != null && !text.isBlank()) xml.elementIn("dc", name, DC, text);
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
