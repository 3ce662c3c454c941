package org.thocam.index.analysis.query;

/** By which path an item was found, the farthest of its words. Better paths rank first, whatever the frequencies. */
public enum Tier {
    /** Some of what was asked is not there. */
    PARTIAL,
    /** Nearly the letters that were typed. */
    TYPO,
    /** Sounds alike, or a related language's spelling of what is likely the same word. */
    RELATED,
    /** The same word in another script, by a published table of transliteration or of readings. */
    TRANSLITERATED,
    /** Without tones and diacritics, as its writing system allows. */
    FOLDED,
    EXACT;

    /** The tier that a score of {@link TieredQuery} stands for. */
    public static Tier ofScore(double score) {
        int at = (int) Math.floor(score);
        return values()[Math.max(0, Math.min(values().length - 1, at))];
    }
}
