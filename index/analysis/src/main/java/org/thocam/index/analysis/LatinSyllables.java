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
    private static final int[] WITHOUT = {0};
    private static final int[] TONE_FIRST = {1, 0};
    private static final int[] ONSET_FIRST = {0, 1};

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

    /**
     * The longest onset and rime first. A letter that may be a tone is one, unless it can begin the next syllable, which would have no
     * onset otherwise: {@code A mes lis kas}, not {@code Am es lis kas}.
     */
    private Optional<List<Integer>> from(String word, int at, boolean[] failed) {
        if (at == word.length()) return Optional.of(new ArrayList<>());
        if (failed[at]) return Optional.empty();
        for (var onset : onsets) {
            if (!onset.equals("-") && !word.startsWith(onset, at)) continue;
            int rimeAt = at + (onset.equals("-") ? 0 : onset.length());
            for (var rime : rimes) {
                if (!word.startsWith(rime, rimeAt)) continue;
                int end = rimeAt + rime.length();
                boolean toned = end < word.length() && tones.indexOf(word.charAt(end)) >= 0;
                boolean begins = toned && onsets.contains(word.substring(end, end + 1)) && rimeAt(word, end + 1);
                int[] tries = !toned ? WITHOUT : begins ? ONSET_FIRST : TONE_FIRST;
                for (int with : tries) {
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

    /** Whether a rime stands here that no onset could take: letters such as w are both. */
    private boolean rimeAt(String word, int at) {
        return rimes.stream().anyMatch(rime -> word.startsWith(rime, at))
                && onsets.stream().noneMatch(onset -> !onset.equals("-") && word.startsWith(onset, at));
    }
}
