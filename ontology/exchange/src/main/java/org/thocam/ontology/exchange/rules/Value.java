package org.thocam.ontology.exchange.rules;

import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;

/**
 * What a record says in one place, on its way to an element.
 *
 * @param language {@code und} where it was not said, or the text is none of a language
 * @param qualifier a role, a scheme, a kind of identifier; empty where there is none
 */
public record Value(String text, LanguageTag language, String qualifier) {
    public static Value of(String text) {
        return new Value(text, LanguageTag.UNDETERMINED, "");
    }

    public static Value of(String text, String qualifier) {
        return new Value(text, LanguageTag.UNDETERMINED, qualifier);
    }

    static Value of(Term term) {
        return new Value(term.value(), term.language(), term.qualifier());
    }

    /** The tag of its language; empty where nobody knows it. */
    public String tag() {
        return language.undetermined() ? "" : language.value();
    }
}
