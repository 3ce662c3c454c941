package org.thocam.api.oai;

import java.util.Arrays;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.Item;

/** A format that records can be given in. OAI-PMH 2.0, section 3.4. */
enum MetadataPrefix {
    OAI_DC("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/") {
        @Override
        void write(Item item, String page, OaiXml xml) throws XMLStreamException {
            DublinCore.write(item, page, xml);
        }
    };

    final String word;
    final String schema;
    final String namespace;

    MetadataPrefix(String word, String schema, String namespace) {
        this.word = word;
        this.schema = schema;
        this.namespace = namespace;
    }

    /** @param page the address of the item's page */
    abstract void write(Item item, String page, OaiXml xml) throws XMLStreamException;

    static Optional<MetadataPrefix> ofWord(String word) {
        return Arrays.stream(values())
                .filter(prefix -> prefix.word.equals(word))
                .findFirst();
    }
}
