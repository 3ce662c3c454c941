package org.thocam.ingest.harvest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thocam.ontology.exchange.Provenance;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A record as the partner gives it. OAI-PMH 2.0, section 2.5.
 *
 * @param xml the {@code record} element alone, character for character, with the namespaces it had from its page; empty for a header
 */
record OaiRecord(Header header, String xml) {
    record Header(String identifier, String datestamp, boolean deleted) {}

    /** The record element, read anew each time: a page is not held as a tree. */
    Element element() {
        return SafeXml.element(xml);
    }

    static Optional<Element> metadata(Element record) {
        return child(record, "metadata").flatMap(OaiRecord::first);
    }

    /** Where an aggregator had it from, the last station first. */
    static List<Provenance.Origin> origins(Element record) {
        var found = new ArrayList<Provenance.Origin>();
        var descriptions = record.getElementsByTagNameNS(Provenance.NAMESPACE, "originDescription");
        for (int i = 0; i < descriptions.getLength(); i++) {
            var description = (Element) descriptions.item(i);
            var identifier = text(description, "identifier");
            if (within(description, "about") && !identifier.isEmpty())
                found.add(new Provenance.Origin(
                        text(description, "baseURL"),
                        identifier,
                        text(description, "datestamp"),
                        text(description, "metadataNamespace"),
                        description.getAttribute("harvestDate").strip(),
                        !description.getAttribute("altered").strip().equals("false")));
        }
        return found;
    }

    private static boolean within(Element element, String name) {
        for (Node up = element.getParentNode(); up != null; up = up.getParentNode())
            if (name.equals(up.getLocalName())) return true;
        return false;
    }

    private static String text(Element in, String name) {
        return child(in, name).map(Element::getTextContent).orElse("").strip();
    }

    private static Optional<Element> child(Element in, String name) {
        for (Node node = in.getFirstChild(); node != null; node = node.getNextSibling())
            if (node instanceof Element element && name.equals(element.getLocalName())) return Optional.of(element);
        return Optional.empty();
    }

    private static Optional<Element> first(Element in) {
        for (Node node = in.getFirstChild(); node != null; node = node.getNextSibling())
            if (node instanceof Element element) return Optional.of(element);
        return Optional.empty();
    }
}
