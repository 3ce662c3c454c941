package org.thocam.ontology.exchange.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.XmlOut;
import org.w3c.dom.Element;

/** An element of another library's record. */
public record Found(Element element) {
    public String name() {
        return element.getLocalName() == null ? element.getNodeName() : element.getLocalName();
    }

    public String text() {
        return element.getTextContent().strip();
    }

    /** The language that the element says its text is in; {@code und} where it says none, or none that there is. */
    public LanguageTag language() {
        var said = element.getAttributeNS(XMLConstants.XML_NS_URI, "lang");
        if (said.isBlank()) said = element.getAttribute("language");
        if (said.isBlank()) said = element.getAttribute("lang");
        return Languages.tag(said).orElse(LanguageTag.UNDETERMINED);
    }

    /** An attribute by its local name, whatever its namespace; empty where there is none. */
    public String attribute(String name) {
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            var attribute = attributes.item(i);
            var local = attribute.getLocalName() == null ? attribute.getNodeName() : attribute.getLocalName();
            if (local.equals(name)
                    && !XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())
                    && !XmlOut.XSI.equals(attribute.getNamespaceURI()))
                return attribute.getNodeValue().strip();
        }
        return "";
    }

    /** The {@code xsi:type}, such as {@code dcterms:W3CDTF}. */
    public String scheme() {
        return element.getAttributeNS(XmlOut.XSI, "type").strip();
    }

    public boolean isOf(String scheme) {
        return scheme().equals(scheme) || scheme().endsWith(":" + scheme);
    }

    public List<Found> children() {
        var children = new ArrayList<Found>();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling())
            if (node instanceof Element child) children.add(new Found(child));
        return children;
    }

    /** The elements of these names in it, and in those the next, and so on. */
    public List<Found> in(String... names) {
        var found = List.of(this);
        for (var name : names)
            found = found.stream()
                    .flatMap(parent -> parent.children().stream())
                    .filter(child -> child.name().equals(name))
                    .toList();
        return found;
    }

    /** The first text that is not blank at the end of these names. */
    public Optional<String> textIn(String... names) {
        return in(names).stream()
                .map(Found::text)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
