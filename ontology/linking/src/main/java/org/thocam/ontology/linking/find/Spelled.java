package org.thocam.ontology.linking.find;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.thocam.index.analysis.Folding;
import org.thocam.index.analysis.WritingSystem;

/**
 * A name in the forms that it is compared in.
 *
 * @param exact the key of the exact tier: case, normal form and place of the tone mark are gone, tones stay
 * @param folded without tones and diacritics
 * @param words of {@code folded}
 * @param latin the Latin spellings, without spaces, of a name in another script; empty for one in Latin letters
 */
record Spelled(String exact, String folded, List<String> words, Set<String> latin) {
    /** Words beyond these are not compared one by one. */
    private static final int MOST_WORDS = 20;

    static Spelled of(String text) {
        var folded = Folding.ofPhrase(text);
        return new Spelled(
                exactly(text),
                folded,
                List.of(folded.split(" ")).stream()
                        .filter(word -> !word.isEmpty())
                        .limit(MOST_WORDS)
                        .toList(),
                WritingSystem.inLatin(text).stream()
                        .map(Spelled::run)
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    static String exactly(String text) {
        return WritingSystem.of("vi-Latn").normalForm(text);
    }

    /** The folded name in one run: {@code dienbien}. */
    String run() {
        return run(folded);
    }

    private static String run(String text) {
        return text.replace(" ", "");
    }
}
