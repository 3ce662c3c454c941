package org.thocam.ontology;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** One text in several languages, by BCP 47 tag; {@code und} where the language was not said. Never a guessed single string. */
public record LanguageMap(Map<LanguageTag, String> texts) {
    public static final LanguageMap EMPTY = new LanguageMap(Map.of());

    public LanguageMap {
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
    }

    public static LanguageMap of(LanguageTag tag, String text) {
        return new LanguageMap(Map.of(tag, text));
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /** The text to show where only one can be: Vietnamese, else English, else the first by tag; empty where there is none. */
    public String shown() {
        for (var tag : new String[] {"vi", "en"}) {
            var text = texts.get(new LanguageTag(tag));
            if (text != null) return text;
        }
        return texts.values().stream().findFirst().orElse("");
    }
}
