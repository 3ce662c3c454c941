package org.thocam.index.search;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * @param total how many match in all
 * @param next the cursor of the following page, empty on the last
 */
public record EntryResponse(long total, List<Hit> items, Optional<String> next) {
    /** @param match how it was found; empty where all were asked for */
    public record Hit(DictionaryEntry entry, Optional<Found> match) {
        public String id() {
            return entry.id();
        }
    }

    /** The nearest way in which an entry matches, the best first. */
    public enum Found {
        EXACT,
        /** Without tones and diacritics. */
        FOLDED,
        /** The whole form in another script. */
        TRANSLITERATED,
        WILDCARD,
        REGEX,
        PREFIX,
        FUZZY,
        WORD,
        GLOSS,
        DOMAIN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
