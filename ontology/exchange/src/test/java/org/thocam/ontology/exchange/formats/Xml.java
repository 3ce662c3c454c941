package org.thocam.ontology.exchange.formats;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.catalog.CatalogFeatures;
import javax.xml.catalog.CatalogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.XmlOut;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Records as XML, read again and held against the published schemas, which lie in the folder that the works share. */
final class Xml {
    private static final Path SHARED = Path.of(System.getProperty("thocam.root", "../.."), "../shared/schemas")
            .toAbsolutePath()
            .normalize();
    private static final Map<String, Schema> SCHEMAS = new HashMap<>();

    private Xml() {}

    static String written(Crosswalk crosswalk, CatalogueRecord record) {
        try {
            var text = new StringWriter();
            var out = new XmlOut(text);
            crosswalk.write(record, out);
            out.flush();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new AssertionError(crosswalk.format().prefix() + " of " + record.item(), e);
        }
    }

    static Element parsed(String xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("not XML: " + xml, e);
        }
    }

    static Element parsed(Crosswalk crosswalk, CatalogueRecord record) {
        return parsed(written(crosswalk, record));
    }

    /** Whether there is a published schema of the format in reach. */
    static boolean hasSchema(String prefix) {
        return FILES.containsKey(prefix);
    }

    private static final Map<String, List<String>> FILES = Map.of(
            "oai_dc", List.of("oai_dc.xsd"),
            "oai_qdc", List.of("/qdc-1.0.xsd"),
            "olac", List.of("olac-1.1/olac.xsd"),
            "mods", List.of("/mods-3-7.xsd"),
            "datacite", List.of("/datacite-4.4.xsd"));

    static void validate(String prefix, String xml) {
        try {
            SCHEMAS.computeIfAbsent(prefix, Xml::schema)
                    .newValidator()
                    .validate(new StreamSource(new StringReader(xml)));
        } catch (SAXException | IOException e) {
            throw new AssertionError(prefix + ": " + e.getMessage() + "\n" + xml, e);
        }
    }

    private static Schema schema(String prefix) {
        try {
            var features = CatalogFeatures.builder()
                    .with(CatalogFeatures.Feature.RESOLVE, "continue")
                    .build();
            var catalog = CatalogManager.catalogResolver(
                    features, SHARED.resolve("catalog.xml").toUri());
            var factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
            factory.setResourceResolver((type, namespace, publicId, systemId, base) -> {
                if (systemId == null) return null;
                // an address that nothing maps is refused by ACCESS_EXTERNAL_SCHEMA
                boolean local = !URI.create(systemId).isAbsolute();
                return local ? null : catalog.resolveResource(type, namespace, publicId, systemId, base);
            });
            var sources = FILES.get(prefix).stream().map(Xml::source).toArray(StreamSource[]::new);
            return factory.newSchema(sources);
        } catch (SAXException e) {
            throw new AssertionError("schema of " + prefix + " in " + SHARED, e);
        }
    }

    private static StreamSource source(String file) {
        if (!file.startsWith("/")) return new StreamSource(SHARED.resolve(file).toFile());
        return new StreamSource(
                new File(URI.create(Xml.class.getResource(file.substring(1)).toString())));
    }
}
