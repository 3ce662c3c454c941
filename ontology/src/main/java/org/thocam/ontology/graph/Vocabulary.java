package org.thocam.ontology.graph;

import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.shared.PrefixMapping;

/** The published vocabularies that the graph speaks, by the prefixes it writes them with, and the few words of our own. */
public final class Vocabulary {
    public static final String DCTERMS = "http://purl.org/dc/terms/";
    public static final String DCMITYPE = "http://purl.org/dc/dcmitype/";
    public static final String EDM = "http://www.europeana.eu/schemas/edm/";
    public static final String GEO = "http://www.opengis.net/ont/geosparql#";
    public static final String PREMIS = "http://www.loc.gov/premis/rdf/v3/";
    public static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    public static final String RDFS = "http://www.w3.org/2000/01/rdf-schema#";
    public static final String LEXICOG = "http://www.w3.org/ns/lemon/lexicog#";
    public static final String LEXINFO = "http://www.lexinfo.net/ontology/3.0/lexinfo#";
    public static final String LIME = "http://www.w3.org/ns/lemon/lime#";
    public static final String ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#";
    public static final String SKOS = "http://www.w3.org/2004/02/skos/core#";
    public static final String VARTRANS = "http://www.w3.org/ns/lemon/vartrans#";
    public static final String XSD = "http://www.w3.org/2001/XMLSchema#";
    /** What no published vocabulary says: the archive's version, the digest as a plain literal, what became of a text. */
    public static final String THOCAM = "https://thocam.org/ns#";

    /** Every prefix with its namespace; cannot be changed. */
    public static final PrefixMapping PREFIXES = PrefixMapping.Factory.create()
            .setNsPrefixes(Map.of(
                    "lexicog", LEXICOG,
                    "lexinfo", LEXINFO,
                    "lime", LIME,
                    "ontolex", ONTOLEX,
                    "skos", SKOS,
                    "vartrans", VARTRANS))
            .setNsPrefixes(Map.of(
                    "dcterms", DCTERMS,
                    "dcmitype", DCMITYPE,
                    "edm", EDM,
                    "geo", GEO,
                    "premis", PREMIS,
                    "rdf", RDF,
                    "rdfs", RDFS,
                    "xsd", XSD,
                    "thocam", THOCAM))
            .lock();

    private Vocabulary() {}

    static Node node(String namespace, String name) {
        return NodeFactory.createURI(namespace + name);
    }
}
