package org.thocam.index.analysis.query;

/** By which path an item was found, the farthest of its words. Better paths rank first, whatever the frequencies. */
public enum Tier {
    /** Sounds alike, or a related language's spelling of what is likely the same word; all or some of what was asked. */
    RELATED,
    /** Some of what was asked is not there. */
    PARTIAL,
    /** Nearly the letters that were typed. */
    TYPO,
    /** The same word in another script, by a published table of transliteration or of readings. */
    TRANSLITERATED,
    /** Without tones and diacritics, as its writing system allows. */
    FOLDED,
    EXACT;

    /** Whether it is found in the script that was typed. */
    boolean own() {
        return this == EXACT || this == FOLDED || this == TYPO;
    }

    /** The tier that a score of {@link TieredQuery} stands for. */
    public static Tier ofScore(double score) {
        int at = (int) Math.floor(score);
        return values()[Math.max(0, Math.min(values().length - 1, at))];
    }
}
