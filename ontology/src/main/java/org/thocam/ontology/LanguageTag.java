package org.thocam.ontology;

import java.util.IllformedLocaleException;
import java.util.Locale;

/**
 * A BCP 47 tag in its canonical case, with the script where it is known: {@code vi}, {@code blt-Tavt}. {@link #UNDETERMINED} says
 * that nobody knows the language yet.
 */
public record LanguageTag(String value) implements Comparable<LanguageTag> {
    public static final LanguageTag UNDETERMINED = new LanguageTag("und");

    public LanguageTag {
        try {
            var locale = new Locale.Builder()
                    .setLanguageTag(value == null ? "" : value)
                    .build();
            if (locale.getLanguage().isEmpty() && !"und".equalsIgnoreCase(value == null ? "" : value.split("-")[0]))
                throw new IllformedLocaleException("no language");
            var tag = locale.toLanguageTag();
            // Java leaves "und" away before a private use, and would not read what it wrote
            value = tag.startsWith("x-") ? "und-" + tag : tag;
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException(
                    "language '" + Shown.of(value) + "': want a BCP 47 tag, such as vi or blt-Tavt", e);
        }
    }

    /** The primary language subtag, {@code und} where the language is not known. */
    public String language() {
        return value.split("-")[0];
    }

    /** The ISO 15924 script that the tag names, {@code Zyyy} (undetermined) where it names none. */
    public String script() {
        var script = Locale.forLanguageTag(value).getScript();
        return script.isEmpty() ? "Zyyy" : script;
    }

    public boolean undetermined() {
        return language().equals("und");
    }

    @Override
    public int compareTo(LanguageTag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
