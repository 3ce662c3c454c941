package org.thocam.ontology.exchange.packages;

import java.io.IOException;
import java.io.Writer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Links;
import org.thocam.ontology.exchange.XmlOut;
import org.thocam.ontology.exchange.formats.Crosswalks;

/**
 * One item with its history as METS 1.12: described in MODS where there is a crosswalk for it, else in Dublin Core; files, agents,
 * rights and what was done to it as PREMIS 3.0. The history is that of the archive's versions and nothing else.
 */
public final class Mets {
    private static final String METS = "http://www.loc.gov/METS/";
    private static final String METS_SCHEMA = "http://www.loc.gov/standards/mets/version112/mets.xsd";
    private static final String PREMIS = "http://www.loc.gov/premis/v3";
    private static final String PREMIS_SCHEMA = "http://www.loc.gov/standards/premis/v3/premis-v3-0.xsd";
    private static final String DC = "http://purl.org/dc/elements/1.1/";
    private static final String IDENTIFIER_TYPE = "URI";

    /** What a check of the item's bytes found. */
    public record FixityCheck(Instant at, List<String> faults) {}

    private record Event(
            String id, String type, Instant at, String detail, String outcome, String note, String agent) {}

    private final Links links;
    private final String organisation;
    private final Clock clock;

    public Mets(Links links, String organisation, Clock clock) {
        this.links = links;
        this.organisation = organisation;
        this.clock = clock;
    }

    /**
     * @param versions all versions of one item, the oldest first; a withdrawn one is described as it last was
     * @param fixity of the bytes, where they were checked now
     * @throws IllegalArgumentException if there is no version of an item among them
     */
    public void write(List<Archived> versions, Optional<FixityCheck> fixity, Writer to)
            throws IOException, XMLStreamException {
        var described = versions.stream()
                .filter(version -> version.holding() instanceof Item)
                .reduce((first, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException("there is no version of an item to describe"));
        var item = (Item) described.holding();
        var head = versions.get(versions.size() - 1);
        var record = new CatalogueRecord(item, described.version(), head.at(), false, links);
        var events = events(item, versions, fixity);
        to.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        var xml = new XmlOut(to);
        xml.start("mets", "mets", METS).namespace("mets", METS).namespace("premis", PREMIS);
        xml.namespace("xlink", XmlOut.XLINK).namespace("xsi", XmlOut.XSI);
        xml.attribute(
                "xsi", "schemaLocation", XmlOut.XSI, METS + " " + METS_SCHEMA + " " + PREMIS + " " + PREMIS_SCHEMA);
        xml.attribute("OBJID", links.identity(item.id()))
                .attribute("LABEL", item.title().shown());
        if (!item.type().isEmpty()) xml.attribute("TYPE", item.type());
        header(xml, versions);
        descriptive(xml, record);
        xml.start("mets", "amdSec", METS).attribute("ID", "amd");
        int number = 1;
        for (var file : item.files()) object(xml, record, file, number++, events);
        rights(xml, record);
        for (var event : events) event(xml, item, event);
        for (var agent : agents(events).entrySet()) agent(xml, agent.getValue(), agent.getKey());
        xml.end();
        files(xml, record);
        structure(xml, item);
        xml.end();
        xml.flush();
        to.flush();
    }

    private void header(XmlOut xml, List<Archived> versions) throws XMLStreamException {
        mets(xml, "metsHdr")
                .attribute("CREATEDATE", clock.instant().toString())
                .attribute("LASTMODDATE", versions.get(versions.size() - 1).at().toString());
        mets(xml, "agent").attribute("ROLE", "CUSTODIAN").attribute("TYPE", "ORGANIZATION");
        xml.element("mets", "name", METS, organisation).end();
        xml.end();
    }

    private static XmlOut mets(XmlOut xml, String name) throws XMLStreamException {
        return xml.start("mets", name, METS);
    }

    private static void premis(XmlOut xml, String name, String text) throws XMLStreamException {
        xml.element("premis", name, PREMIS, text);
    }

    private static XmlOut premis(XmlOut xml, String name) throws XMLStreamException {
        return xml.start("premis", name, PREMIS);
    }

    private void descriptive(XmlOut xml, CatalogueRecord record) throws XMLStreamException {
        var mods = Crosswalks.of("mods").filter(crosswalk -> crosswalk.fits(record));
        var crosswalk = mods.or(() -> Crosswalks.of("oai_dc").filter(dc -> dc.fits(record)));
        mets(xml, "dmdSec").attribute("ID", "dmd");
        mets(xml, "mdWrap")
                .attribute("MDTYPE", mods.isPresent() ? "MODS" : "DC")
                .attribute("MIMETYPE", "text/xml");
        mets(xml, "xmlData");
        if (crosswalk.isPresent()) crosswalk.get().write(record, xml);
        else dublinCore(xml, record);
        xml.end().end().end();
    }

    /** The elements alone, without a container: METS takes any number of elements in its xmlData. */
    private static void dublinCore(XmlOut xml, CatalogueRecord record) throws XMLStreamException {
        var item = record.item();
        for (var title : item.title().texts().entrySet()) {
            xml.start("dc", "title", DC).namespace("dc", DC);
            if (!title.getKey().undetermined()) xml.language(title.getKey().value());
            xml.text(title.getValue()).end();
        }
        for (var creator : item.creators()) dc(xml, "creator", creator);
        for (var text : item.description().texts().values()) dc(xml, "description", text);
        if (!item.date().isEmpty()) dc(xml, "date", item.date());
        if (!item.type().isEmpty()) dc(xml, "type", item.type());
        dc(xml, "identifier", record.page());
        for (var identifier : item.identifiers()) dc(xml, "identifier", identifier);
        for (var language : record.languages()) dc(xml, "language", language.value());
        if (!item.rights().isBlank()) dc(xml, "rights", item.rights());
    }

    private static void dc(XmlOut xml, String name, String text) throws XMLStreamException {
        xml.start("dc", name, DC).namespace("dc", DC).text(text).end();
    }

    private static XmlOut wrapped(XmlOut xml, String section, String id, String type) throws XMLStreamException {
        mets(xml, section).attribute("ID", id);
        mets(xml, "mdWrap").attribute("MDTYPE", type).attribute("MIMETYPE", "text/xml");
        return mets(xml, "xmlData");
    }

    private static void identifier(XmlOut xml, String of, String type, String value) throws XMLStreamException {
        premis(xml, of + "Identifier");
        premis(xml, of + "IdentifierType", type);
        premis(xml, of + "IdentifierValue", value);
        xml.end();
    }

    private void object(XmlOut xml, CatalogueRecord record, Bitstream file, int number, List<Event> events)
            throws XMLStreamException {
        wrapped(xml, "techMD", "tech-" + number, "PREMIS:OBJECT");
        premis(xml, "object")
                .attribute("xsi", "type", XmlOut.XSI, "premis:file")
                .attribute("version", "3.0");
        identifier(xml, "object", IDENTIFIER_TYPE, links.file(record.id(), file.name()));
        premis(xml, "objectCharacteristics");
        premis(xml, "compositionLevel", "0");
        premis(xml, "fixity");
        premis(xml, "messageDigestAlgorithm", "SHA-512");
        premis(xml, "messageDigest", file.sha512());
        xml.end();
        premis(xml, "size", String.valueOf(file.size()));
        premis(xml, "format");
        premis(xml, "formatDesignation");
        premis(xml, "formatName", file.mediaType());
        xml.end().end().end();
        premis(xml, "originalName", file.name());
        for (var event : events) {
            premis(xml, "linkingEventIdentifier");
            premis(xml, "linkingEventIdentifierType", "local");
            premis(xml, "linkingEventIdentifierValue", event.id());
            xml.end();
        }
        xml.end().end().end().end();
    }

    private void rights(XmlOut xml, CatalogueRecord record) throws XMLStreamException {
        var licence = record.licence();
        if (licence.isEmpty() && record.item().rights().isBlank()) return;
        wrapped(xml, "rightsMD", "rights", "PREMIS:RIGHTS");
        premis(xml, "rights").attribute("version", "3.0");
        premis(xml, "rightsStatement");
        identifier(xml, "rightsStatement", "local", "rights");
        premis(xml, "rightsBasis", licence.isPresent() ? "license" : "other");
        if (licence.isPresent()) {
            premis(xml, "licenseInformation");
            premis(xml, "licenseDocumentationIdentifier");
            premis(xml, "licenseDocumentationIdentifierType", IDENTIFIER_TYPE);
            premis(xml, "licenseDocumentationIdentifierValue", licence.get());
            xml.end();
            if (!record.item().rights().isBlank())
                premis(xml, "licenseTerms", record.item().rights());
        } else {
            premis(xml, "otherRightsInformation");
            premis(xml, "otherRightsBasis", "statement of the depositor");
            premis(xml, "otherRightsNote", record.item().rights());
        }
        xml.end().end().end().end().end().end();
    }

    /** Event types of the PREMIS vocabulary (id.loc.gov/vocabulary/preservation/eventType). */
    private static List<Event> events(Item item, List<Archived> versions, Optional<FixityCheck> fixity) {
        var events = new ArrayList<Event>();
        Archived before = null;
        for (var version : versions) {
            var type = version.holding() instanceof Tombstone
                    ? "deaccession"
                    : before == null || before.holding() instanceof Tombstone
                            ? "ingestion"
                            : modification(before, version);
            var detail = version.holding() instanceof Tombstone tombstone
                            && !tombstone.reason().isBlank()
                    ? "version " + version.version().number() + ": " + tombstone.reason()
                    : "version " + version.version().number() + " of " + item.id();
            events.add(new Event(
                    "event-" + version.version().number(), type, version.at(), detail, "success", "", version.agent()));
            before = version;
        }
        fixity.ifPresent(check -> events.add(new Event(
                "event-fixity",
                "fixity check",
                check.at(),
                "all files of all versions against the sha512 of the archive's inventory",
                check.faults().isEmpty() ? "pass" : "fail",
                String.join("; ", check.faults()),
                "thocam")));
        return events;
    }

    private static String modification(Archived before, Archived version) {
        boolean sameFiles = before.holding() instanceof Item old
                && version.holding() instanceof Item item
                && old.files().stream()
                        .map(Bitstream::sha512)
                        .toList()
                        .equals(item.files().stream().map(Bitstream::sha512).toList());
        return sameFiles ? "metadata modification" : "modification";
    }

    private void event(XmlOut xml, Item item, Event event) throws XMLStreamException {
        wrapped(xml, "digiprovMD", event.id(), "PREMIS:EVENT");
        premis(xml, "event").attribute("version", "3.0");
        identifier(xml, "event", "local", event.id());
        premis(xml, "eventType", event.type());
        premis(xml, "eventDateTime", event.at().toString());
        premis(xml, "eventDetailInformation");
        premis(xml, "eventDetail", event.detail());
        xml.end();
        premis(xml, "eventOutcomeInformation");
        premis(xml, "eventOutcome", event.outcome());
        if (!event.note().isEmpty()) {
            premis(xml, "eventOutcomeDetail");
            premis(xml, "eventOutcomeDetailNote", event.note());
            xml.end();
        }
        xml.end();
        if (!event.agent().isBlank()) {
            premis(xml, "linkingAgentIdentifier");
            premis(xml, "linkingAgentIdentifierType", "local");
            premis(xml, "linkingAgentIdentifierValue", event.agent());
            xml.end();
        }
        premis(xml, "linkingObjectIdentifier");
        premis(xml, "linkingObjectIdentifierType", IDENTIFIER_TYPE);
        premis(xml, "linkingObjectIdentifierValue", links.identity(item.id()));
        xml.end();
        xml.end().end().end().end();
    }

    /** By name, with the id that it gets here. */
    private static Map<String, String> agents(List<Event> events) {
        var agents = new LinkedHashMap<String, String>();
        for (var event : events)
            if (!event.agent().isBlank()) agents.putIfAbsent(event.agent(), "agent-" + (agents.size() + 1));
        return agents;
    }

    private static void agent(XmlOut xml, String id, String name) throws XMLStreamException {
        wrapped(xml, "digiprovMD", id, "PREMIS:AGENT");
        premis(xml, "agent").attribute("version", "3.0");
        identifier(xml, "agent", "local", name);
        premis(xml, "agentName", name);
        xml.end().end().end().end();
    }

    private void files(XmlOut xml, CatalogueRecord record) throws XMLStreamException {
        if (record.item().files().isEmpty()) return;
        mets(xml, "fileSec");
        mets(xml, "fileGrp").attribute("USE", "original");
        int number = 1;
        for (var file : record.item().files()) {
            mets(xml, "file")
                    .attribute("ID", "file-" + number)
                    .attribute("MIMETYPE", file.mediaType())
                    .attribute("SIZE", String.valueOf(file.size()))
                    .attribute("CHECKSUM", file.sha512())
                    .attribute("CHECKSUMTYPE", "SHA-512")
                    .attribute("ADMID", "tech-" + number++);
            mets(xml, "FLocat")
                    .attribute("LOCTYPE", "URL")
                    .attribute("xlink", "href", XmlOut.XLINK, links.file(record.id(), file.name()));
            xml.end().end();
        }
        xml.end().end();
    }

    private static void structure(XmlOut xml, Item item) throws XMLStreamException {
        mets(xml, "structMap").attribute("TYPE", "physical");
        mets(xml, "div")
                .attribute("LABEL", item.title().shown())
                .attribute("DMDID", "dmd")
                .attribute("ADMID", "amd");
        int number = 1;
        for (var file : item.files()) {
            mets(xml, "div").attribute("LABEL", file.name()).attribute("ORDER", String.valueOf(number));
            mets(xml, "fptr").attribute("FILEID", "file-" + number++);
            xml.end().end();
        }
        xml.end().end();
    }
}
