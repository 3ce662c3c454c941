package org.thocam.ontology.exchange;

import javax.xml.stream.XMLStreamException;

/** How an item is said in one metadata format: a declaration of which of its facts goes where. */
public interface Crosswalk {
    MetadataFormat format();

    /** Whether it fits every record: only then the length of a list in it can be told beforehand. */
    default boolean fitsAll() {
        return true;
    }

    /** Whether the format has words for this record; a record that it has none for is not disseminated in it. */
    default boolean fits(CatalogueRecord record) {
        return true;
    }

    /** Writes one root element, with its namespaces and its {@code xsi:schemaLocation}, valid against the format's schema. */
    void write(CatalogueRecord record, XmlOut out) throws XMLStreamException;
}
