package org.thocam.api.oai;

import java.time.Instant;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.ItemId;

/**
 * Who we are to harvesters. OAI-PMH 2.0, section 4.2, and the oai-identifier guidelines.
 *
 * @param domain the part between the colons of {@code oai:DOMAIN:id}
 * @param key signs resumption tokens
 */
public record Repository(String name, String domain, String adminEmail, int pageSize, byte[] key) {
    private static final String IDENTIFIER_NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai-identifier";

    String identifier(ItemId id) {
        return "oai:" + domain + ":" + id;
    }

    Optional<ItemId> id(String identifier) {
        var ours = "oai:" + domain + ":";
        if (!identifier.startsWith(ours)) return Optional.empty();
        try {
            return Optional.of(ItemId.ofItem(identifier.substring(ours.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String page(String base, ItemId id) {
        return base + "/items/" + id;
    }

    void write(OaiXml xml, String base, Instant earliest, String sample) throws XMLStreamException {
        xml.start("Identify")
                .element("repositoryName", name)
                .element("baseURL", base + "/oai")
                .element("protocolVersion", "2.0")
                .element("adminEmail", adminEmail)
                .element("earliestDatestamp", OaiXml.stamp(earliest))
                .element("deletedRecord", "persistent")
                .element("granularity", "YYYY-MM-DDThh:mm:ssZ")
                .element("compression", "gzip")
                .start("description");
        xml.start("", "oai-identifier", IDENTIFIER_NAMESPACE, IDENTIFIER_NAMESPACE + ".xsd");
        xml.element("scheme", "oai")
                .element("repositoryIdentifier", domain)
                .element("delimiter", ":")
                .element("sampleIdentifier", sample)
                .end();
        xml.end().end();
    }
}
