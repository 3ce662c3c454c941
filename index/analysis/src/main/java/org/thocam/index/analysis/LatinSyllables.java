package org.thocam.index.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A spelling whose syllables may be written with or without spaces, such as Hmong RPA: {@code nyob zoo} and {@code nyobzoo}. Each is
 * an onset, a rime and a tone letter from finite lists, so that a word can be cut without a dictionary.
 */
final class LatinSyllables {
    private static final int LONGEST_WORD = 40;

    private final List<String> onsets;
    private final List<String> rimes;
    private final String tones;

    LatinSyllables(Description description) {
        onsets = longestFirst(description.words("onsets"));
        rimes = longestFirst(description.words("rimes"));
        tones = String.join("", description.words("tones"));
    }

    private static List<String> longestFirst(List<String> parts) {
        return parts.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Where each of the word's syllables ends; empty where the word is not made of such syllables. */
    List<Integer> ends(String word) {
        if (word.length() > LONGEST_WORD) return List.of();
        return from(word, 0, new boolean[word.length() + 1]).orElse(List.of());
    }

    /** The longest onset and rime first; a tone letter belongs to the syllable it can end unless the rest then has no rime. */
    private Optional<List<Integer>> from(String word, int at, boolean[] failed) {
        if (at == word.length()) return Optional.of(new ArrayList<>());
        if (failed[at]) return Optional.empty();
        for (var onset : onsets) {
            if (!onset.equals("-") && !word.startsWith(onset, at)) continue;
            int rimeAt = at + (onset.equals("-") ? 0 : onset.length());
            for (var rime : rimes) {
                if (!word.startsWith(rime, rimeAt)) continue;
                int end = rimeAt + rime.length();
                for (int with = end < word.length() && tones.indexOf(word.charAt(end)) >= 0 ? 1 : 0;
                        with >= 0;
                        with--) {
                    var rest = from(word, end + with, failed);
                    if (rest.isEmpty()) continue;
                    rest.get().add(0, end + with);
                    return rest;
                }
            }
        }
        failed[at] = true;
        return Optional.empty();
    }
}
