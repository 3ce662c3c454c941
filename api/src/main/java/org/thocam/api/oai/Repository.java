package org.thocam.api.oai;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.exchange.Links;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;

/**
 * Who we are to harvesters. OAI-PMH 2.0, section 4.2; the guidelines for oai-identifier and friends; OLAC Repositories 1.1, section 3.
 *
 * @param domain the part between the colons of {@code oai:DOMAIN:id}
 * @param key signs resumption tokens
 */
public record Repository(
        String name, String domain, String adminEmail, Institution institution, int pageSize, byte[] key) {
    private static final MetadataFormat OAI_IDENTIFIER = description(
            "http://www.openarchives.org/OAI/2.0/oai-identifier",
            "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd");
    private static final MetadataFormat FRIENDS = description(
            "http://www.openarchives.org/OAI/2.0/friends/", "http://www.openarchives.org/OAI/2.0/friends.xsd");
    private static final MetadataFormat OLAC_ARCHIVE = description(
            "http://www.language-archives.org/OLAC/1.1/olac-archive",
            "http://www.language-archives.org/OLAC/1.1/olac-archive.xsd");

    private static MetadataFormat description(String namespace, String schema) {
        return new MetadataFormat("", schema, namespace);
    }

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

    Links links(String base) {
        return new Links(base, domain, name);
    }

    void write(XmlOut xml, String base, String path, Instant earliest, String sample, LocalDate today)
            throws XMLStreamException {
        xml.start("Identify")
                .element("repositoryName", name)
                .element("baseURL", base + path)
                .element("protocolVersion", "2.0")
                .element("adminEmail", adminEmail)
                .element("earliestDatestamp", OaiXml.stamp(earliest))
                .element("deletedRecord", "persistent")
                .element("granularity", "YYYY-MM-DDThh:mm:ssZ")
                .element("compression", "gzip");
        oaiIdentifier(xml, sample);
        olacArchive(xml, base, today);
        if (!institution.friends().isEmpty()) friends(xml);
        xml.end();
    }

    private static XmlOut start(XmlOut xml, String name, MetadataFormat description) throws XMLStreamException {
        return xml.start("description").root("", name, description);
    }

    private void oaiIdentifier(XmlOut xml, String sample) throws XMLStreamException {
        start(xml, "oai-identifier", OAI_IDENTIFIER)
                .element("scheme", "oai")
                .element("repositoryIdentifier", domain)
                .element("delimiter", ":")
                .element("sampleIdentifier", sample)
                .end()
                .end();
    }

    /** The feed is always as current as the archive: today. */
    private void olacArchive(XmlOut xml, String base, LocalDate today) throws XMLStreamException {
        start(xml, "olac-archive", OLAC_ARCHIVE)
                .attribute("type", "institutional")
                .attribute("currentAsOf", today.toString())
                .element("archiveURL", base + "/")
                .start("participant")
                .attribute("name", institution.curator())
                .attribute("role", "Administrator")
                .attribute("email", adminEmail)
                .end()
                .element("institution", institution.name());
        if (!institution.url().isEmpty()) xml.element("institutionURL", institution.url());
        xml.element("shortLocation", institution.shortLocation())
                .element("synopsis", institution.synopsis())
                .element("access", institution.access())
                .end()
                .end();
    }

    private void friends(XmlOut xml) throws XMLStreamException {
        start(xml, "friends", FRIENDS);
        for (var friend : institution.friends()) xml.element("baseURL", friend);
        xml.end().end();
    }

    static LocalDate today(Instant now) {
        return now.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
