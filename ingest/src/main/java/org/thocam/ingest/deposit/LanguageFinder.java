package org.thocam.ingest.deposit;

import java.util.List;
import org.thocam.index.analysis.language.Languages;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageTag;

/**
 * The language of an item whose record names none, as its text tells it; {@code und}, with the script, where the text does not tell. What
 * a record says is never overruled.
 */
final class LanguageFinder {
    private LanguageFinder() {}

    static Item withLanguage(Item item, String text) {
        if (!item.languages().equals(List.of(LanguageTag.UNDETERMINED))) return item;
        // the title of a file that nobody described is its name, which says nothing of its language
        if (text.isBlank() && !item.files().isEmpty()) return item;
        var found = Languages.identify(text.isBlank() ? item.title().shown() : text);
        return item.withLanguages(List.of(new LanguageTag(found.tag())));
    }
}
