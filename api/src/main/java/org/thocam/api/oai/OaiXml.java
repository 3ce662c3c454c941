package org.thocam.api.oai;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes one answer. A character that XML does not know becomes U+FFFD, so that one bad record cannot break a page. */
final class OaiXml {
    static final String OAI = "http://www.openarchives.org/OAI/2.0/";
    static final String XSI = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final StringWriter out = new StringWriter(16_384);
    private final XMLStreamWriter xml;

    private OaiXml() throws XMLStreamException {
        xml = FACTORY.createXMLStreamWriter(out);
    }

    static byte[] document(String baseUrl, Map<String, String> arguments, Instant now, OaiResponse response)
            throws XMLStreamException {
        var page = new OaiXml();
        page.xml.writeStartElement("OAI-PMH");
        page.xml.writeDefaultNamespace(OAI);
        page.xml.writeNamespace("xsi", XSI);
        page.schemaLocation(OAI + " " + OAI + "OAI-PMH.xsd");
        page.element("responseDate", stamp(now));
        page.start("request");
        if (!(response instanceof OaiError error) || error.echoesArguments())
            for (var argument : arguments.entrySet()) page.attribute(argument.getKey(), argument.getValue());
        page.text(baseUrl).end();
        response.write(page);
        page.xml.writeEndElement();
        page.xml.flush();
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + page.out + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static String stamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    OaiXml start(String name) throws XMLStreamException {
        xml.writeStartElement(name);
        return this;
    }

    /** An element that brings a namespace of its own and says where its schema is. */
    OaiXml start(String prefix, String name, String namespace, String schema) throws XMLStreamException {
        xml.writeStartElement(prefix, name, namespace);
        xml.writeNamespace(prefix, namespace);
        schemaLocation(namespace + " " + schema);
        return this;
    }

    OaiXml namespace(String prefix, String namespace) throws XMLStreamException {
        xml.writeNamespace(prefix, namespace);
        return this;
    }

    OaiXml startIn(String prefix, String name, String namespace) throws XMLStreamException {
        xml.writeStartElement(prefix, name, namespace);
        return this;
    }

    OaiXml attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
        return this;
    }

    OaiXml language(String tag) throws XMLStreamException {
        xml.writeAttribute("xml", XMLConstants.XML_NS_URI, "lang", tag);
        return this;
    }

    OaiXml text(String text) throws XMLStreamException {
        xml.writeCharacters(legal(text));
        return this;
    }

    OaiXml end() throws XMLStreamException {
        xml.writeEndElement();
        return this;
    }

    OaiXml element(String name, String text) throws XMLStreamException {
        return start(name).text(text).end();
    }

    OaiXml elementIn(String prefix, String name, String namespace, String text) throws XMLStreamException {
        return startIn(prefix, name, namespace).text(text).end();
    }

    private void schemaLocation(String pairs) throws XMLStreamException {
        xml.writeAttribute("xsi", XSI, "schemaLocation", pairs);
    }

    /** XML 1.0, section 2.2; the C1 controls are legal there, but are never text. */
    static String legal(String text) {
        boolean clean = text.codePoints().allMatch(OaiXml::isText);
        if (clean) return text;
        var better = new StringBuilder();
        text.codePoints().forEach(c -> better.appendCodePoint(isText(c) ? c : 0xFFFD));
        return better.toString();
    }

    static boolean isText(int c) {
        return c == 0x9
                || c == 0xA
                || c == 0xD
                || c >= 0x20 && c < 0x7F
                || c == 0x85
                || c >= 0xA0 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000 && c <= 0x10FFFF;
    }
}
