package org.thocam.index.analysis;

/**
 * A word as the index holds it: its folded key, then its exact key. One term does for both tiers: the exact tier asks for the whole
 * of it, the forgiving tier for all terms that begin with the folded key, which stand side by side in the dictionary of terms.
 */
public final class Term {
    /** Between the keys: below every character of a word, so that the spellings of one folded key stand together. */
    public static final char BETWEEN = '\u0001';

    private Term() {}

    static String of(String folded, String exact) {
        return exact.equals(folded) ? folded + BETWEEN : folded + BETWEEN + exact;
    }

    /** The key of the exact tier. */
    public static String exact(String term) {
        int between = term.indexOf(BETWEEN);
        return between == term.length() - 1 ? term.substring(0, between) : term.substring(between + 1);
    }

    /** The key of the forgiving tier. */
    public static String folded(String term) {
        return term.substring(0, term.indexOf(BETWEEN));
    }
}
