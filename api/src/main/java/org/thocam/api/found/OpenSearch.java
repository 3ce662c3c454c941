package org.thocam.api.found;

import java.io.IOException;
import java.io.StringWriter;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.exchange.XmlOut;

/** How a browser or an aggregator searches here. OpenSearch 1.1, draft 6, with the suggestions extension 1.1. */
final class OpenSearch {
    static final String MEDIA_TYPE = "application/opensearchdescription+xml";
    private static final String NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/";
    private static final int LONGEST_SHORT_NAME = 16;
    private static final int LONGEST_LONG_NAME = 48;

    private final String library;
    private final String adminEmail;

    OpenSearch(String library, String adminEmail) {
        this.library = library;
        this.adminEmail = adminEmail;
    }

    String document(String base) throws IOException {
        var out = new StringWriter();
        try {
            var xml = new XmlOut(out);
            xml.start("", "OpenSearchDescription", NAMESPACE)
                    .namespace("", NAMESPACE)
                    .element("ShortName", cut(library, LONGEST_SHORT_NAME))
                    .element("Description", "Tìm trong mọi chữ viết · Search in any script: " + cut(library, 900))
                    .element("Contact", adminEmail);
            url(xml, "results", "text/html", base + "/search?q={searchTerms}");
            url(xml, "results", "application/json", base + "/api/v1/search?q={searchTerms}&size={count?}");
            url(
                    xml,
                    "suggestions",
                    "application/x-suggestions+json",
                    base + "/api/v1/suggest?format=opensearch&q={searchTerms}");
            url(xml, "self", MEDIA_TYPE, base + "/opensearch.xml");
            xml.element("LongName", cut(library, LONGEST_LONG_NAME));
            xml.start("Query")
                    .attribute("role", "example")
                    .attribute("searchTerms", "thổ cẩm")
                    .end();
            xml.element("Language", "*")
                    .element("OutputEncoding", "UTF-8")
                    .element("InputEncoding", "UTF-8")
                    .end()
                    .flush();
        } catch (XMLStreamException e) {
            throw new IOException("the OpenSearch description could not be written", e);
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + out + "\n";
    }

    private static void url(XmlOut xml, String relation, String type, String template) throws XMLStreamException {
        xml.text("\n").start("Url").attribute("type", type);
        if (!relation.equals("results")) xml.attribute("rel", relation);
        xml.attribute("template", template).end();
    }

    private static String cut(String text, int most) {
        var plain = text.replaceAll("[<>&]", " ").strip();
        if (plain.codePointCount(0, plain.length()) <= most) return plain;
        return plain.substring(0, plain.offsetByCodePoints(0, most)).strip();
    }
}
