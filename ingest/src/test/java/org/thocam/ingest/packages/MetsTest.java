package org.thocam.ingest.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.exchange.Links;
import org.thocam.ontology.exchange.packages.Mets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The structure that METS 1.12 and PREMIS 3.0 ask for; their schemas are not among our files, so they are not asked here. */
class MetsTest {
    private static final String METS = "http://www.loc.gov/METS/";
    private static final String PREMIS = "http://www.loc.gov/premis/v3";
    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
    private static final ItemId ID = new ItemId("tc:1");

    @TempDir
    private Path home;

    private OcflArchive archive;

    @BeforeEach
    void open() {
        archive = OcflArchive.open(home);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    private void deposit(String title, long basis, String text) {
        var bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var item = Samples.item("tc:1", title, Access.OPEN, List.of())
                .withFiles(List.of(new Bitstream(
                        "ꪼꪕ 1.txt", "text/plain", bytes.length, DigestUtils.sha512Hex(bytes), TextState.OK, "")));
        archive.deposit(new Deposit(
                item,
                new Version(basis),
                NOW.plusSeconds(basis),
                "depositor " + basis,
                Map.of("files/ꪼꪕ 1.txt", new Content.OfBytes(bytes))));
    }

    private Document mets(Optional<Mets.FixityCheck> fixity) throws Exception {
        var out = new StringWriter();
        new Mets(new Links("https://t.vn", "t.vn"), "Thư viện", Clock.fixed(NOW, ZoneOffset.UTC))
                .write(archive.versions(ID), fixity, out);
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(out.toString())));
    }

    private static List<Element> all(Document document, String namespace, String name) {
        var found = document.getElementsByTagNameNS(namespace, name);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
        return elements;
    }

    private static List<String> texts(Document document, String name) {
        return all(document, PREMIS, name).stream().map(Element::getTextContent).toList();
    }

    private static List<String> children(Element of) {
        var names = new ArrayList<String>();
        for (var child = of.getFirstChild(); child != null; child = child.getNextSibling())
            if (child instanceof Element element
                    && (names.isEmpty() || !names.get(names.size() - 1).equals(element.getLocalName())))
                names.add(element.getLocalName());
        return names;
    }

    @Test
    void theHistoryOfTheArchiveBecomesEvents() throws Exception {
        deposit("Khèn", 0, "một");
        deposit("Khèn Mông", 1, "một");
        deposit("Khèn Mông", 2, "hai");
        archive.deposit(new Deposit(
                new Tombstone(ID, List.of(), "asked"), new Version(3), NOW.plusSeconds(9), "admin", Map.of()));
        var document = mets(Optional.of(new Mets.FixityCheck(NOW, archive.fixity(ID))));
        assertEquals(
                List.of("ingestion", "metadata modification", "modification", "deaccession", "fixity check"),
                texts(document, "eventType"));
        assertEquals(List.of("success", "success", "success", "success", "pass"), texts(document, "eventOutcome"));
        assertEquals(
                List.of("depositor 0", "depositor 1", "depositor 2", "admin", "thocam"), texts(document, "agentName"));
        assertEquals(List.of(DigestUtils.sha512Hex("hai")), texts(document, "messageDigest"));
        assertEquals(List.of("license"), texts(document, "rightsBasis"), "CC0-1.0 is the identifier of a licence");
    }

    @Test
    void partsStandInTheOrderOfTheSchemasAndEveryReferenceLeadsSomewhere() throws Exception {
        deposit("Khèn", 0, "một");
        var document = mets(Optional.empty());
        assertEquals(
                List.of("metsHdr", "dmdSec", "amdSec", "fileSec", "structMap"),
                children(document.getDocumentElement()));
        assertEquals(
                List.of("techMD", "rightsMD", "digiprovMD"),
                children(all(document, METS, "amdSec").get(0)));
        assertEquals(
                List.of("objectIdentifier", "objectCharacteristics", "originalName", "linkingEventIdentifier"),
                children(all(document, PREMIS, "object").get(0)));
        assertEquals(
                List.of("compositionLevel", "fixity", "size", "format"),
                children(all(document, PREMIS, "objectCharacteristics").get(0)));
        assertEquals(
                List.of(
                        "eventIdentifier",
                        "eventType",
                        "eventDateTime",
                        "eventDetailInformation",
                        "eventOutcomeInformation",
                        "linkingAgentIdentifier",
                        "linkingObjectIdentifier"),
                children(all(document, PREMIS, "event").get(0)));
        var ids = new HashSet<String>();
        for (var element : all(document, "*", "*")) {
            var id = element.getAttribute("ID");
            if (!id.isEmpty()) assertTrue(ids.add(id), id + " is there twice");
        }
        for (var element : all(document, "*", "*"))
            for (var attribute : List.of("DMDID", "ADMID", "FILEID")) {
                var to = element.getAttribute(attribute);
                assertTrue(to.isEmpty() || ids.contains(to), attribute + " " + to);
            }
        assertEquals(
                "https://t.vn/api/v1/items/tc:1/files/%EA%AA%BC%EA%AA%95%201.txt",
                all(document, METS, "FLocat").get(0).getAttributeNS("http://www.w3.org/1999/xlink", "href"));
    }

    @Test
    void whatIsNoItemCannotBeDescribed() {
        var mets = new Mets(new Links("https://t.vn", "t.vn"), "Thư viện", Clock.systemUTC());
        assertThrows(IllegalArgumentException.class, () -> mets.write(List.of(), Optional.empty(), new StringWriter()));
    }
}
