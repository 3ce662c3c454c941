package org.thocam.ontology.graph;

/**
 * A triple without the graph's library.
 *
 * @param subject an IRI
 * @param prefix of the property's vocabulary, one of {@link Statements#PREFIXES}
 * @param name of the property in its vocabulary
 * @param resource whether the value is an IRI; else it is a literal
 * @param language of a literal, empty where it has none
 * @param datatype of a literal as an IRI, empty for plain text
 */
public record Statement(
        String subject, String prefix, String name, boolean resource, String value, String language, String datatype) {}
