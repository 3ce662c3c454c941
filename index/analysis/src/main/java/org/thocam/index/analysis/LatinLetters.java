package org.thocam.index.analysis;

import java.util.function.UnaryOperator;

/** What single letters become, looked up once: most words are made of letters that no rule joins, and need no normal form. */
final class LatinLetters {
    private static final int BASIC = 0x250;
    private static final int ADDITIONAL = 0x1E00;
    private static final int SIZE = BASIC + 0x100;

    private final char[] exact = new char[SIZE];
    private final char[] folded = new char[SIZE];

    private LatinLetters() {}

    /**
     * @param exactly the exact key of a word by all rules
     * @param folding the folded key of an exact key
     */
    static LatinLetters of(UnaryOperator<String> exactly, UnaryOperator<String> folding) {
        var letters = new LatinLetters();
        for (int at = 0; at < SIZE; at++) {
            char c = (char) (at < BASIC ? at : ADDITIONAL + at - BASIC);
            if (!Character.isLetter(c) || Characters.apostrophe(c)) continue;
            var key = exactly.apply(String.valueOf(c));
            if (key.length() != 1 || place(key.charAt(0)) < 0) continue;
            letters.exact[at] = key.charAt(0);
            var base = folding.apply(key);
            if (base.length() == 1) letters.folded[at] = base.charAt(0);
        }
        return letters;
    }

    private static int place(char c) {
        if (c < BASIC) return c;
        return c >= ADDITIONAL && c < ADDITIONAL + SIZE - BASIC ? BASIC + c - ADDITIONAL : -1;
    }

    /** Null where it has a character that a rule has to look at. */
    String exact(String token) {
        return mapped(token, exact);
    }

    /** The same for the folded key of an exact one. */
    String folded(String key) {
        return mapped(key, folded);
    }

    /** The letter without its marks; 0 where that is not one letter. */
    char base(char c) {
        int place = place(c);
        return place < 0 ? 0 : folded[place];
    }

    private static String mapped(String word, char[] table) {
        char[] changed = null;
        for (int at = 0; at < word.length(); at++) {
            int place = place(word.charAt(at));
            char to = place < 0 ? 0 : table[place];
            if (to == 0) return null;
            if (to == word.charAt(at)) continue;
            if (changed == null) changed = word.toCharArray();
            changed[at] = to;
        }
        return changed == null ? word : new String(changed);
    }
}
