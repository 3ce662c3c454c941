package org.thocam.ontology.exchange.marc;

import java.util.Optional;
import org.marc4j.marc.DataField;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;

/**
 * What we say in subfield $9, which MARC 21 leaves to local use: the language of a text ({@code lang:blt-Tavt}), the DCMI term that a
 * note is ({@code dcterms:conformsTo}), the qualifier of a term ({@code qualifier:OLAC}). Other systems pass it by.
 */
final class Local {
    private static final String LANGUAGE = "lang:";
    private static final String TERM = "dcterms:";
    private static final String QUALIFIER = "qualifier:";

    private Local() {}

    static String language(LanguageTag tag) {
        return LANGUAGE + tag;
    }

    /** Null where the language is not known. */
    static String languageOrNull(LanguageTag tag) {
        return tag.value().equals("und") ? null : language(tag);
    }

    static String term(String name) {
        return TERM + name;
    }

    static String qualifierOrNull(String qualifier) {
        return qualifier.isEmpty() ? null : QUALIFIER + qualifier;
    }

    static Optional<LanguageTag> language(DataField field) {
        return value(field, LANGUAGE).flatMap(tag -> {
            try {
                return Optional.of(new LanguageTag(tag));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    static Optional<String> term(DataField field) {
        return value(field, TERM).filter(Term.NAMES::contains);
    }

    static String qualifier(DataField field) {
        return value(field, QUALIFIER).orElse("");
    }

    private static Optional<String> value(DataField field, String kind) {
        return field.getSubfields('9').stream()
                .map(sub -> sub.getData())
                .filter(text -> text != null && text.startsWith(kind))
                .map(text -> text.substring(kind.length()))
                .findFirst();
    }
}
