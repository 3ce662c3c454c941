package org.thocam.ontology.exchange;

/**
 * A format that records are given in. OAI-PMH 2.0, section 3.4.
 *
 * @param prefix the metadataPrefix, such as {@code oai_dc}
 * @param schema the address of its XML schema
 * @param namespace the XML namespace of its root element
 */
public record MetadataFormat(String prefix, String schema, String namespace) {}
