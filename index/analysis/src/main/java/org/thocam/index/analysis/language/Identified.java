package org.thocam.index.analysis.language;

/**
 * The language a text is in, as far as the text tells.
 *
 * @param tag BCP 47 with the script, as in {@code blt-Tavt}; {@code und-Latn} where only the script is known, {@code und} where not even that is
 * @param confidence from 0 to 1: how the winning description stands against the others and against "none of them"
 */
public record Identified(String tag, double confidence) {
    static final Identified NOTHING = new Identified("und", 0);

    /** Whether the text told its language, and not only its script. */
    public boolean known() {
        return !tag.startsWith("und");
    }
}
