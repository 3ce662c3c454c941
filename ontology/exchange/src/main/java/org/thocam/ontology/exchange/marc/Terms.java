package org.thocam.ontology.exchange.marc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.CatalogueRecord;

/** Which DCMI terms have a field of their own in MARC 21, as in LoC's Dublin Core to MARC crosswalk; the rest are notes. */
final class Terms {
    /** Linking fields 76X-78X by the relation they say. */
    static final Map<String, String> LINKS = Map.ofEntries(
            Map.entry("hasPart", "774"),
            Map.entry("isVersionOf", "775"),
            Map.entry("hasVersion", "775"),
            Map.entry("isFormatOf", "776"),
            Map.entry("hasFormat", "776"),
            Map.entry("replaces", "780"),
            Map.entry("isReplacedBy", "785"),
            Map.entry("source", "786"),
            Map.entry("relation", "787"),
            Map.entry("references", "787"),
            Map.entry("isReferencedBy", "787"),
            Map.entry("requires", "787"),
            Map.entry("isRequiredBy", "787"));

    /** What a linking field without a relationship of its own says. */
    static final Map<String, String> OF_LINK = Map.of(
            "774",
            "hasPart",
            "775",
            "hasVersion",
            "776",
            "hasFormat",
            "780",
            "replaces",
            "785",
            "isReplacedBy",
            "786",
            "source",
            "787",
            "relation",
            "770",
            "hasPart",
            "772",
            "isPartOf",
            "777",
            "relation");

    static final String DCTERMS = "http://purl.org/dc/terms/";

    /** The terms that other rules say. */
    private static final Set<String> ELSEWHERE = Set.of(
            "abstract",
            "alternative",
            "audience",
            "bibliographicCitation",
            "contributor",
            "dateCopyrighted",
            "extent",
            "isPartOf",
            "issued",
            "license",
            "medium",
            "provenance",
            "publisher",
            "rightsHolder",
            "spatial",
            "subject",
            "tableOfContents",
            "temporal",
            "type");

    private Terms() {}

    /** What the item is a part of, but not a series. */
    static List<Term> hosts(CatalogueRecord record) {
        return record.terms("isPartOf").stream()
                .filter(term -> !term.qualifier().equals("series"))
                .toList();
    }

    static List<Term> series(CatalogueRecord record) {
        return record.terms("isPartOf").stream()
                .filter(term -> term.qualifier().equals("series"))
                .toList();
    }

    static List<Term> linked(CatalogueRecord record, String tag) {
        return record.item().terms().stream()
                .filter(term -> tag.equals(LINKS.get(term.name())))
                .toList();
    }

    /** What no field is for. */
    static List<Term> notes(CatalogueRecord record) {
        var notes = new ArrayList<Term>();
        for (var term : record.item().terms())
            if (!ELSEWHERE.contains(term.name()) && !LINKS.containsKey(term.name())) notes.add(term);
        return notes;
    }
}
