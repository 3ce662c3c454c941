package org.thocam.ontology.exchange.packages;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thocam.ontology.Term;

/** Which property of schema.org says what a DCMI term says; the others are said as DCMI's own. */
final class CrateTerms {
    static final String DCTERMS = "http://purl.org/dc/terms/";
    static final String PREFIX = "dcterms:";

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("publisher", "publisher"),
            Map.entry("contributor", "contributor"),
            Map.entry("subject", "keywords"),
            Map.entry("abstract", "abstract"),
            Map.entry("alternative", "alternateName"),
            Map.entry("issued", "datePublished"),
            Map.entry("modified", "dateModified"),
            Map.entry("rightsHolder", "copyrightHolder"),
            Map.entry("dateCopyrighted", "copyrightYear"),
            Map.entry("license", "license"),
            Map.entry("bibliographicCitation", "citation"),
            Map.entry("temporal", "temporalCoverage"),
            Map.entry("spatial", "spatialCoverage"),
            Map.entry("isPartOf", "isPartOf"),
            Map.entry("audience", "audience"),
            Map.entry("source", "isBasedOn"),
            Map.entry("format", "encodingFormat"),
            Map.entry("conformsTo", "conformsTo"),
            Map.entry("type", "additionalType"));
    private static final Map<String, String> TERMS =
            PROPERTIES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private CrateTerms() {}

    static String property(String term) {
        return PROPERTIES.getOrDefault(term, PREFIX + term);
    }

    /** Empty for a property that no DCMI term says. */
    static Optional<String> term(String property) {
        var known = TERMS.get(property);
        if (known != null) return Optional.of(known);
        return java.util.stream.Stream.of(PREFIX, "dct:", DCTERMS)
                .filter(property::startsWith)
                .map(prefix -> property.substring(prefix.length()))
                .filter(Term.NAMES::contains)
                .map(Function.identity())
                .findFirst();
    }
}
