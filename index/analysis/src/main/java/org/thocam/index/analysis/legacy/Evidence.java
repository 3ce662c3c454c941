package org.thocam.index.analysis.legacy;

import java.util.Locale;

/**
 * What the words of a text say for each encoding, for Unicode as it stands, and for another language: logarithms of odds, summed over
 * different words. A word with letters beyond ASCII is a well-formed syllable of Vietnamese nearly always if the encoding is the right
 * one, and seldom if not; more seldom still where signs such as {@code ®} become letters inside it.
 */
final class Evidence {
    private static final double SYLLABLE = 1.5;
    private static final double SYLLABLE_OF_PAIRS = 2.5;
    private static final double SYLLABLE_OF_SIGNS = 4;
    private static final double NO_SYLLABLE = -2.5;
    /** A list of letters is no text. */
    private static final double LONE_LETTER = 0.25;

    private static final double ASCII_SYLLABLE = 0.5;
    private static final double ASCII_NO_SYLLABLE = -1;
    private static final double LEAST_OF_ASCII = -4;
    private static final double MOST_OF_ASCII = 3;
    private static final LegacyEncoding[] ENCODINGS = LegacyEncoding.values();

    /** Slots for words seen, of which half are filled at most: what comes then says nothing new. */
    private static final int SLOTS = 1 << 14;

    private final Words[] words = new Words[ENCODINGS.length];
    private final double[] scores = new double[ENCODINGS.length];
    private final int[] changed = new int[ENCODINGS.length];
    private final int[] syllables = new int[ENCODINGS.length];
    private final long[] seen = new long[SLOTS];
    private int filled;
    /** From 1, so that an empty slot is of no round. */
    private long round = 1;

    private double asItIs;
    private double ascii;
    private boolean unicode;
    private int high;

    Evidence() {
        for (var encoding : ENCODINGS) words[encoding.ordinal()] = new Words(encoding);
    }

    void clear() {
        round++;
        filled = 0;
        asItIs = 0;
        ascii = 0;
        unicode = false;
        high = 0;
        java.util.Arrays.fill(scores, 0);
        java.util.Arrays.fill(changed, 0);
        java.util.Arrays.fill(syllables, 0);
    }

    /** Different words with letters beyond ASCII. */
    int high() {
        return high;
    }

    /** How many of them an encoding makes syllables that were none. */
    int changed(LegacyEncoding encoding) {
        return changed[encoding.ordinal()];
    }

    /** How many of them are syllables in an encoding. */
    int syllables(LegacyEncoding encoding) {
        return syllables[encoding.ordinal()];
    }

    boolean betterThanAsItIs(LegacyEncoding encoding) {
        return scores[encoding.ordinal()] > asItIs;
    }

    /** Whether there are Latin letters that no misreading gives: it is Unicode already. */
    boolean unicode() {
        return unicode;
    }

    void add(CharSequence text, int from, int to) {
        for (int at = from; at < to; ) {
            char c = text.charAt(at);
            if (!Words.part(text, at)) {
                unicode |= latin(c);
                at++;
                continue;
            }
            int end = at;
            boolean plain = true;
            int hash = 0;
            while (end < to && Words.part(text, end)) {
                plain &= Words.ascii(text.charAt(end));
                hash = 31 * hash + text.charAt(end++);
            }
            if (isNew(hash)) {
                if (plain) ascii(text, at, end);
                else if (end - at > 1 || Misread.letter(Misread.code(c))) high(text, at, end);
            }
            at = end;
        }
    }

    /** A Latin letter or its mark that no misreading gives. */
    static boolean latin(char c) {
        return c > 0xFF && (c < 0x250 || c >= 0x300 && c < 0x370 || c >= 0x1E00 && c < 0x1F00) && Misread.code(c) < 0;
    }

    private boolean isNew(int hash) {
        if (filled > SLOTS / 2) return false;
        long key = round << 32 | hash & 0xFFFFFFFFL;
        for (int slot = (hash ^ hash >>> 15) & SLOTS - 1; ; slot = slot + 1 & SLOTS - 1) {
            if (seen[slot] == key) return false;
            if (seen[slot] >>> 32 == round) continue;
            seen[slot] = key;
            filled++;
            return true;
        }
    }

    private void ascii(CharSequence text, int from, int to) {
        if (to - from > 64) return;
        var word = text.subSequence(from, to).toString();
        var small = word.toLowerCase(Locale.ROOT);
        // initials such as TP or UBND are no words of any language
        if (word.length() == 1
                || word.chars().allMatch(Character::isUpperCase)
                        && small.chars().noneMatch(c -> "aeiouy".indexOf(c) >= 0)) return;
        ascii += Syllables.wellFormed(small) ? ASCII_SYLLABLE : ASCII_NO_SYLLABLE;
    }

    private void high(CharSequence text, int from, int to) {
        high++;
        boolean stands = stands(text, from, to);
        asItIs += stands ? SYLLABLE : NO_SYLLABLE;
        for (var encoding : ENCODINGS) {
            var run = words[encoding.ordinal()];
            double score = run.read(text, from, to) ? score(run) : NO_SYLLABLE;
            scores[encoding.ordinal()] += score;
            if (score > 0) syllables[encoding.ordinal()]++;
            if (score > LONE_LETTER && changes(run)) changed[encoding.ordinal()]++;
        }
    }

    /** Whether it is a syllable as it stands. */
    private static boolean stands(CharSequence text, int from, int to) {
        return to - from < 8
                && Syllables.wellFormed(text.subSequence(from, to).toString().toLowerCase(Locale.ROOT));
    }

    private static boolean changes(Words run) {
        for (int at = 0; at < run.length(); at++) if (run.changed(at)) return true;
        return false;
    }

    private static double score(Words run) {
        double best = 0;
        for (int from = 0; from < run.length(); from++) {
            int to = run.end(from);
            boolean high = false;
            boolean odd = false;
            boolean paired = false;
            for (int at = from; at < to; at++) {
                high |= run.high(at);
                odd |= run.odd(at);
                paired |= run.paired(at);
            }
            if (high) {
                if (!run.wellFormed(from, to)) return NO_SYLLABLE;
                best = Math.max(
                        best,
                        to - from == 1 && !paired
                                ? LONE_LETTER
                                : odd ? SYLLABLE_OF_SIGNS : paired ? SYLLABLE_OF_PAIRS : SYLLABLE);
            }
            from = Math.max(from, to);
        }
        return best;
    }

    /** The encoding that most speaks for, whatever the rest says. */
    LegacyEncoding best(double[] priors) {
        var best = ENCODINGS[0];
        for (var encoding : ENCODINGS) if (odds(encoding, priors) > odds(best, priors)) best = encoding;
        return best;
    }

    private double odds(LegacyEncoding encoding, double[] priors) {
        return scores[encoding.ordinal()] + priors[encoding.ordinal()];
    }

    /** How probable an encoding is, 0 to 1, where the others, Unicode and another language are possible too. */
    double probability(LegacyEncoding encoding, double[] priors) {
        double shared = Math.max(LEAST_OF_ASCII, Math.min(MOST_OF_ASCII, ascii));
        double mine = odds(encoding, priors) + shared;
        double most = Math.max(0, asItIs + shared);
        for (var other : ENCODINGS) if (other != encoding) most = Math.max(most, odds(other, priors) + shared);
        double sum = Math.exp(-most) + Math.exp(asItIs + shared - most);
        for (var other : ENCODINGS) if (other != encoding) sum += Math.exp(odds(other, priors) + shared - most);
        return 1 / (1 + sum * Math.exp(Math.min(500, most - mine)));
    }
}
