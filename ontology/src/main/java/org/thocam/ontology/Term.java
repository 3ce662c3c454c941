package org.thocam.ontology;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One more thing said of an item, in a term of the DCMI Metadata Terms for which {@link Item} has no field of its own.
 *
 * @param name a DCMI term, such as {@code publisher}; {@link #NAMES} has those that can be said
 * @param value its text or IRI, never blank
 * @param language of the text; {@code und} where it was not said or it is no text
 * @param qualifier what part a contributor had (an OLAC role or MARC relator, such as {@code speaker}), or the scheme that a value is
 *     from (such as {@code DDC} for a subject); empty where nothing is said
 */
public record Term(String name, String value, LanguageTag language, String qualifier) {
    /** The terms that may be said, in the order of the DCMI document. */
    public static final Set<String> NAMES = Set.copyOf(List.of(
            "abstract",
            "alternative",
            "audience",
            "available",
            "bibliographicCitation",
            "conformsTo",
            "contributor",
            "created",
            "dateCopyrighted",
            "extent",
            "format",
            "hasFormat",
            "hasPart",
            "hasVersion",
            "isFormatOf",
            "isPartOf",
            "isReferencedBy",
            "isReplacedBy",
            "isRequiredBy",
            "issued",
            "isVersionOf",
            "license",
            "mediator",
            "medium",
            "modified",
            "provenance",
            "publisher",
            "references",
            "relation",
            "replaces",
            "requires",
            "rightsHolder",
            "source",
            "spatial",
            "subject",
            "tableOfContents",
            "temporal",
            "type",
            "valid"));

    public Term {
        if (!NAMES.contains(name))
            throw new IllegalArgumentException(
                    "term '" + Shown.of(name) + "': want one of the DCMI terms " + new TreeSet<>(NAMES));
        if (value == null || value.isBlank()) throw new IllegalArgumentException("term " + name + " has no value");
    }

    /** A value of which neither language nor qualifier is said. */
    public static Term of(String name, String value) {
        return new Term(name, value, LanguageTag.UNDETERMINED, "");
    }
}
