package org.thocam.api.found;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;

/** A format of other libraries that an item can be had in beside RDF: at {@code ?format=name}, {@code .name}, and by Accept. */
public interface RecordFormat {
    /** The name that each has in addresses, where it is not its metadataPrefix. */
    Map<String, String> NAMES = Map.of("marc21", "marcxml", "marc", "marcxml", "oai_datacite", "datacite");

    /** Media types that are registered or usual, by root namespace; one of its own lets Accept choose the format. */
    Map<String, String> MEDIA_TYPES = Map.of(
            "http://www.loc.gov/MARC21/slim", "application/marcxml+xml",
            "http://www.loc.gov/mods/v3", "application/mods+xml",
            "http://www.clarin.eu/cmd/1", "application/x-cmdi+xml",
            "http://datacite.org/schema/kernel-4", "application/vnd.datacite.datacite+xml");

    /** What stands in addresses: lower-case letters, digits, {@code _} and {@code -}. */
    String name();

    /** Without parameters. */
    String mediaType();

    /** Other words for it in {@code ?format=}. */
    default List<String> otherNames() {
        return List.of();
    }

    /** The address that tells this format from others of its media type; empty where there is none. */
    default String profile() {
        return "";
    }

    /** Whether its address in OAI-PMH is told: the metadataPrefix, empty where harvesters do not get it. */
    default String metadataPrefix() {
        return "";
    }

    default boolean fits(CatalogueRecord record) {
        return true;
    }

    void write(CatalogueRecord record, OutputStream out) throws IOException;

    static RecordFormat of(Crosswalk crosswalk) {
        return new Xml(crosswalk, crosswalk.format());
    }

    /** A metadata format of OAI-PMH as a document of its own. */
    record Xml(Crosswalk crosswalk, MetadataFormat format) implements RecordFormat {
        @Override
        public String name() {
            return NAMES.getOrDefault(format.prefix(), format.prefix());
        }

        @Override
        public String mediaType() {
            return MEDIA_TYPES.getOrDefault(format.namespace(), "application/xml");
        }

        @Override
        public List<String> otherNames() {
            return List.of(format.prefix());
        }

        @Override
        public String profile() {
            return format.namespace();
        }

        @Override
        public String metadataPrefix() {
            return format.prefix();
        }

        @Override
        public boolean fits(CatalogueRecord record) {
            return crosswalk.fits(record);
        }

        @Override
        public void write(CatalogueRecord record, OutputStream out) throws IOException {
            var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
            try {
                var xml = new XmlOut(writer);
                crosswalk.write(record, xml);
                xml.flush();
            } catch (XMLStreamException e) {
                throw new IOException("item " + record.id() + " could not be written as " + format.prefix(), e);
            }
            writer.write('\n');
            writer.flush();
        }
    }
}
