package org.thocam.dictionary.exchange.ontolex;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/** The vocabularies that a lexicon is described with, and the few words of our own. */
final class Words {
    static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    static final String RDFS = "http://www.w3.org/2000/01/rdf-schema#";
    static final String XSD = "http://www.w3.org/2001/XMLSchema#";
    static final String DCT = "http://purl.org/dc/terms/";
    static final String SKOS = "http://www.w3.org/2004/02/skos/core#";
    /** W3C community report "Lexicon Model for Ontologies", 2016-05-10: its section 2 (core), 5 (vartrans) and 6 (lime). */
    static final String ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#";

    static final String VARTRANS = "http://www.w3.org/ns/lemon/vartrans#";
    static final String LIME = "http://www.w3.org/ns/lemon/lime#";
    /** W3C community report "The OntoLex Lemon Lexicography Module", 2019-09-17. */
    static final String LEXICOG = "http://www.w3.org/ns/lemon/lexicog#";

    static final String LEXINFO = "http://www.lexinfo.net/ontology/3.0/lexinfo#";
    static final String THOCAM = "https://thocam.org/ns#";

    static final Map<String, String> PREFIXES = Map.of(
            "rdf", RDF,
            "rdfs", RDFS,
            "xsd", XSD,
            "dcterms", DCT,
            "skos", SKOS,
            "ontolex", ONTOLEX,
            "vartrans", VARTRANS,
            "lime", LIME,
            "lexicog", LEXICOG,
            "lexinfo", LEXINFO);

    static final Node TYPE = node(RDF, "type");
    static final Node VALUE = node(RDF, "value");
    static final Node LABEL = node(RDFS, "label");
    static final Node IDENTIFIER = node(DCT, "identifier");
    static final Node CREATED = node(DCT, "created");
    static final Node MODIFIED = node(DCT, "modified");
    static final Node SOURCE = node(DCT, "source");
    static final Node KIND = node(DCT, "type");
    static final Node DEFINITION = node(SKOS, "definition");
    static final Node NOTE = node(SKOS, "note");
    static final Node LEXICAL_ENTRY = node(ONTOLEX, "LexicalEntry");
    static final Node CANONICAL_FORM = node(ONTOLEX, "canonicalForm");
    static final Node OTHER_FORM = node(ONTOLEX, "otherForm");
    static final Node LEXICAL_FORM = node(ONTOLEX, "lexicalForm");
    static final Node FORM = node(ONTOLEX, "Form");
    static final Node WRITTEN = node(ONTOLEX, "writtenRep");
    static final Node SPOKEN = node(ONTOLEX, "phoneticRep");
    static final Node SENSE = node(ONTOLEX, "sense");
    static final Node LEXICAL_SENSE = node(ONTOLEX, "LexicalSense");
    static final Node HAS_ENTRY = node(LIME, "entry");
    /** The trait of a sense whose value is the id of the entity that it names. */
    static final String ENTITY = "entity";

    static final Node REFERENCE = node(ONTOLEX, "reference");
    static final Node DESCRIBES = node(LEXICOG, "describes");
    static final Node LEXICOG_ENTRY = node(LEXICOG, "entry");
    static final Node EXAMPLE = node(LEXICOG, "usageExample");
    static final Node RELATION_SOURCE = node(VARTRANS, "source");
    static final Node RELATION_TARGET = node(VARTRANS, "target");
    static final Node CATEGORY = node(VARTRANS, "category");
    static final Node PART_OF_SPEECH = node(LEXINFO, "partOfSpeech");
    static final Node TRANSLATION = node(LEXINFO, "senseTranslation");
    static final Node ETYMOLOGY = node(LEXINFO, "etymology");

    /** LexInfo's parts of speech that a lexicon's own name says beyond doubt, in any case and spacing. */
    private static final Set<String> PARTS_OF_SPEECH = Set.of(
            "adjective",
            "adposition",
            "adverb",
            "article",
            "cardinalNumeral",
            "commonNoun",
            "conjunction",
            "coordinatingConjunction",
            "copula",
            "demonstrativeDeterminer",
            "demonstrativePronoun",
            "determiner",
            "indefinitePronoun",
            "interjection",
            "interrogativePronoun",
            "noun",
            "numeral",
            "particle",
            "personalPronoun",
            "possessivePronoun",
            "postposition",
            "preposition",
            "pronoun",
            "properNoun",
            "reciprocalPronoun",
            "relativePronoun",
            "subordinatingConjunction",
            "verb");

    private static final Map<String, String> BY_SMALL_LETTERS =
            PARTS_OF_SPEECH.stream().collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), name -> name));

    private static final Map<String, String> RELATIONS = Map.of(
            "synonym", "synonym",
            "synonyms", "synonym",
            "antonym", "antonym",
            "antonyms", "antonym",
            "generic", "hypernym",
            "specific", "hyponym");

    private static final Set<String> AFFIXES = Set.of(
            "prefix",
            "suffix",
            "infix",
            "circumfix",
            "interfix",
            "prefixing interfix",
            "suffixing interfix",
            "infixing interfix");

    private Words() {}

    static Node node(String namespace, String name) {
        return NodeFactory.createURI(namespace + name);
    }

    static Node ours(String name) {
        return node(THOCAM, name);
    }

    static Node member(int place) {
        return node(RDF, "_" + place);
    }

    static Optional<Node> partOfSpeech(String value) {
        var name = BY_SMALL_LETTERS.get(value.replaceAll("[ _-]", "").toLowerCase(Locale.ROOT));
        return Optional.ofNullable(name).map(known -> node(LEXINFO, known));
    }

    static Optional<Node> relation(String type) {
        return Optional.ofNullable(RELATIONS.get(type.toLowerCase(Locale.ROOT))).map(name -> node(LEXINFO, name));
    }

    /** What more an entry is than a LexicalEntry, by FLEx's morph types. */
    static Stream<Node> kinds(String morphType) {
        if (AFFIXES.contains(morphType)) return Stream.of(node(ONTOLEX, "Affix"));
        if (morphType.equals("phrase") || morphType.equals("discontiguous phrase"))
            return Stream.of(node(ONTOLEX, "MultiwordExpression"));
        return Stream.empty();
    }

    /** An IRI as the vocabularies' prefixes shorten it. */
    static String shortened(String iri) {
        for (var prefix : PREFIXES.entrySet())
            if (iri.startsWith(prefix.getValue()))
                return prefix.getKey() + ":" + iri.substring(prefix.getValue().length());
        return iri;
    }
}
