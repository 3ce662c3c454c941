package org.thocam.ontology.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
    public static final String SKOSXL = "http://www.w3.org/2008/05/skos-xl#";
    public static final String SCHEMA = "https://schema.org/";
    public static final String CRM = "http://www.cidoc-crm.org/cidoc-crm/";
    public static final String PROV = "http://www.w3.org/ns/prov#";
    public static final String TIME = "http://www.w3.org/2006/time#";
    public static final String QB = "http://purl.org/linked-data/cube#";
    public static final String SDMX_ATTRIBUTE = "http://purl.org/linked-data/sdmx/2009/attribute#";
    public static final String SDMX_DIMENSION = "http://purl.org/linked-data/sdmx/2009/dimension#";
    public static final String OA = "http://www.w3.org/ns/oa#";
    public static final String OWL = "http://www.w3.org/2002/07/owl#";
    public static final String VOID = "http://rdfs.org/ns/void#";
    public static final String DCAT = "http://www.w3.org/ns/dcat#";
    public static final String FOAF = "http://xmlns.com/foaf/0.1/";
    public static final String XSD = "http://www.w3.org/2001/XMLSchema#";
    /** What no published vocabulary says; {@code vocabulary.ttl} defines each of them. */
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
                    "skosxl", SKOSXL,
                    "schema", SCHEMA,
                    "crm", CRM,
                    "prov", PROV,
                    "time", TIME,
                    "qb", QB,
                    "oa", OA,
                    "owl", OWL,
                    "void", VOID,
                    "dcat", DCAT))
            .setNsPrefixes(Map.of(
                    "sdmx-attribute", SDMX_ATTRIBUTE,
                    "sdmx-dimension", SDMX_DIMENSION,
                    "foaf", FOAF))
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

    private static final Set<String> NAMESPACES =
            Set.copyOf(PREFIXES.getNsPrefixMap().values());

    private static final Pattern COMPUTED = Pattern.compile(Pattern.quote(GEO) + "(sf|eh|rcc8).*");

    /** We never say it, and Jena's stores compute it. */
    private static final String MEMBER = RDFS + "member";

    private Vocabulary() {}

    /** Whether the graph may say something with this property: whether it is of one of these vocabularies. */
    public static boolean speaks(String property) {
        return !property.equals(MEMBER) && NAMESPACES.stream().anyMatch(property::startsWith);
    }

    /**
     * Whether some stores compute this property instead of finding it: those of GeoSPARQL (OGC 22-047r1, section 8) are statements here, such
     * as that a unit of the past overlaps one of today.
     */
    public static boolean isComputedElsewhere(String property) {
        return COMPUTED.matcher(property).matches();
    }

    /** The ontology of {@link #THOCAM}, in Turtle. */
    public static String turtle() {
        return resource("vocabulary.ttl");
    }

    /** A text of {@code /org/thocam/ontology} in the class path. */
    static String resource(String name) {
        try (var in = Vocabulary.class.getResourceAsStream("/org/thocam/ontology/" + name)) {
            if (in == null) throw new IllegalStateException(name + " is not in the class path");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Node node(String namespace, String name) {
        return NodeFactory.createURI(namespace + name);
    }
}
