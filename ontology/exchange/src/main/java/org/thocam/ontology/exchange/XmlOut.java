package org.thocam.ontology.exchange;

import com.ctc.wstx.stax.WstxOutputFactory;
import java.io.Writer;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The one writer of XML that leaves this library. A character that XML does not know, and a C1 control, which is never text, becomes
 * U+FFFD, so that one bad record cannot break a page. XML 1.0, section 2.2.
 */
public final class XmlOut {
    public static final String XSI = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;
    public static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final XMLOutputFactory FACTORY = new WstxOutputFactory();

    private final XMLStreamWriter xml;

    public XmlOut(Writer to) throws XMLStreamException {
        xml = FACTORY.createXMLStreamWriter(to);
    }

    /** An element without a prefix, in the default namespace that is in scope. */
    public XmlOut start(String name) throws XMLStreamException {
        xml.writeStartElement(name);
        return this;
    }

    /** An element of a namespace that is in scope under this prefix, or is declared next with {@link #namespace}. */
    public XmlOut start(String prefix, String name, String namespace) throws XMLStreamException {
        if (prefix.isEmpty()) xml.writeStartElement("", name, namespace);
        else xml.writeStartElement(prefix, name, namespace);
        return this;
    }

    /**
     * A root element that brings its namespace, the {@code xsi} namespace and where its schema is.
     *
     * @param prefix empty for the default namespace
     */
    public XmlOut root(String prefix, String name, MetadataFormat format) throws XMLStreamException {
        start(prefix, name, format.namespace()).namespace(prefix, format.namespace());
        namespace("xsi", XSI);
        return attribute("xsi", "schemaLocation", XSI, format.namespace() + " " + format.schema());
    }

    /** @param prefix empty for the default namespace */
    public XmlOut namespace(String prefix, String namespace) throws XMLStreamException {
        if (prefix.isEmpty()) xml.writeDefaultNamespace(namespace);
        else xml.writeNamespace(prefix, namespace);
        return this;
    }

    public XmlOut attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
        return this;
    }

    public XmlOut attribute(String prefix, String name, String namespace, String value) throws XMLStreamException {
        xml.writeAttribute(prefix, namespace, name, legal(value));
        return this;
    }

    /** {@code xml:lang}, a BCP 47 tag. */
    public XmlOut language(String tag) throws XMLStreamException {
        return attribute("xml", "lang", XMLConstants.XML_NS_URI, tag);
    }

    public XmlOut text(String text) throws XMLStreamException {
        xml.writeCharacters(legal(text));
        return this;
    }

    public XmlOut end() throws XMLStreamException {
        xml.writeEndElement();
        return this;
    }

    public XmlOut element(String name, String text) throws XMLStreamException {
        return start(name).text(text).end();
    }

    public XmlOut element(String prefix, String name, String namespace, String text) throws XMLStreamException {
        return start(prefix, name, namespace).text(text).end();
    }

    public void flush() throws XMLStreamException {
        xml.flush();
    }

    public static String legal(String text) {
        int clean = 0;
        while (clean < text.length() && isText(text.codePointAt(clean)))
            clean += Character.charCount(text.codePointAt(clean));
        if (clean == text.length()) return text;
        var better = new StringBuilder();
        text.codePoints().forEach(c -> better.appendCodePoint(isText(c) ? c : 0xFFFD));
        return better.toString();
    }

    public static boolean isText(int c) {
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
