package org.thocam.ontology.entity;

import java.util.Collection;
import java.util.Comparator;

/** What a mistyped word was meant to be. */
final class Nearest {
    private static final int LONGEST = 100;

    private Nearest() {}

    /** The one of {@code known} that takes the fewest changes of a letter; of several the first in the alphabet. */
    static String of(String word, Collection<String> known) {
        var typed = word.length() > LONGEST ? word.substring(0, LONGEST) : word;
        return known.stream()
                .min(Comparator.comparingInt((String one) -> changes(typed, one))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static int changes(String from, String to) {
        var last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) last[j] = j;
        for (int i = 1; i <= from.length(); i++) {
            var next = new int[to.length() + 1];
            next[0] = i;
            for (int j = 1; j <= to.length(); j++)
                next[j] = Math.min(
                        Math.min(next[j - 1], last[j]) + 1,
                        last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1));
            last = next;
        }
        return last[to.length()];
    }
}
