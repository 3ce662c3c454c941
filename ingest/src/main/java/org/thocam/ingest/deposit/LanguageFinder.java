package org.thocam.ingest.deposit;

import java.util.List;
import java.util.Map;
import org.thocam.index.analysis.Scripts;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageTag;

/**
 * The language of a text whose record names none: where one script is written by one language of Viet Nam the script decides;
 * else the language is {@code und}, with the script.
 */
final class LanguageFinder {
    /** Scripts that, in Viet Nam, one language is written in (ISO 15924 to BCP 47). */
    private static final Map<String, String> BY_SCRIPT = Map.of(
            "Cham", "cjm", "Talu", "khb", "Laoo", "lo", "Khmr", "km", "Hmnp", "hnj", "Tavt", "blt", "Yiii", "ii",
            "Thai", "th");

    private LanguageFinder() {}

    static Item withLanguage(Item item, String text) {
        if (!item.languages().equals(List.of(LanguageTag.UNDETERMINED))) return item;
        // the title of a file that nobody described is its name, which says nothing of its language
        if (text.isBlank() && !item.files().isEmpty()) return item;
        var sample = text.isBlank() ? item.title().shown() : text;
        var script = Scripts.dominantIn(sample.length() > 20_000 ? sample.substring(0, 20_000) : sample);
        if (script.equals("Zyyy")) return item;
        return item.withLanguages(List.of(new LanguageTag(BY_SCRIPT.getOrDefault(script, "und") + "-" + script)));
    }
}
