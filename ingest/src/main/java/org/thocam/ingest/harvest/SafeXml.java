package org.thocam.ingest.harvest;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** XML from anybody: no DTD, no entity but XML's own five, nothing fetched, and an end to depth, names, attributes and text. */
final class SafeXml {
    private static final int DEEPEST = 200;
    private static final XMLInputFactory FACTORY = factory();

    private SafeXml() {}

    private static XMLInputFactory factory() {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("'" + systemId + "' is not fetched");
        });
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEEPEST);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 200);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 1 << 19);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, 16 << 20);
        factory.setProperty(WstxInputProperties.P_MAX_ENTITY_COUNT, 1);
        return factory;
    }

    static XMLStreamReader2 reader(String xml) throws XMLStreamException {
        return (XMLStreamReader2) FACTORY.createXMLStreamReader(new StringReader(xml));
    }

    /** The whole of a text that was read once already as a part of its page. */
    static Element element(String xml) {
        try {
            var reader = reader(xml);
            var document = builder().newDocumentBuilder().newDocument();
            Node at = document;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        var element = document.createElementNS(reader.getNamespaceURI(), qualified(reader));
                        for (int i = 0; i < reader.getNamespaceCount(); i++) {
                            var prefix = reader.getNamespacePrefix(i);
                            element.setAttributeNS(
                                    XMLConstants.XMLNS_ATTRIBUTE_NS_URI,
                                    prefix == null || prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix,
                                    reader.getNamespaceURI(i) == null ? "" : reader.getNamespaceURI(i));
                        }
                        for (int i = 0; i < reader.getAttributeCount(); i++) {
                            var prefix = reader.getAttributePrefix(i);
                            var name = reader.getAttributeLocalName(i);
                            element.setAttributeNS(
                                    blankToNull(reader.getAttributeNamespace(i)),
                                    prefix == null || prefix.isEmpty() ? name : prefix + ":" + name,
                                    reader.getAttributeValue(i));
                        }
                        at.appendChild(element);
                        at = element;
                    }
                    case XMLStreamConstants.END_ELEMENT -> at = at.getParentNode();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (at != document) at.appendChild(document.createTextNode(reader.getText()));
                    }
                    case XMLStreamConstants.DTD -> throw new XMLStreamException("a DTD is not taken");
                    default -> {
                        // comments and processing instructions say nothing of the work
                    }
                }
            }
            return document.getDocumentElement();
        } catch (XMLStreamException | ParserConfigurationException e) {
            throw new IllegalStateException("the record cannot be read: " + e.getMessage(), e);
        }
    }

    private static String qualified(XMLStreamReader2 reader) {
        var prefix = reader.getPrefix();
        return prefix == null || prefix.isEmpty() ? reader.getLocalName() : prefix + ":" + reader.getLocalName();
    }

    private static String blankToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** Used to make documents, never to parse. */
    static DocumentBuilderFactory builder() {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory;
    }
}
