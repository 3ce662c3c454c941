package org.thocam.index.analysis;

import com.ibm.icu.text.Normalizer2;

/** How a language is written. Keys are for comparing, never for showing: the stored text stays as it was written. */
public final class WritingSystem {
    private final String tag;

    private WritingSystem(String tag) {
        this.tag = tag;
    }

    /** The writing system of a BCP 47 tag such as {@code blt-Tavt}; where none is described for it, what is known of its script. */
    public static WritingSystem of(String tag) {
        return new WritingSystem(tag);
    }

    /** BCP 47 with script, such as {@code blt-Tavt}. */
    public String tag() {
        return tag;
    }

    /** The key of the exact tier: spellings that a reader takes for the same have the same one. */
    public String normalForm(String text) {
        return Normalizer2.getNFKCCasefoldInstance().normalize(text).strip();
    }

    /** The key of the forgiving tier: without the tones and diacritics that this writing system lets a searcher leave out. */
    public String folded(String text) {
        return Folding.ofPhrase(text);
    }

    /** A key that puts texts in the order of this writing system's alphabet when compared as plain strings. */
    public String sortKey(String text) {
        return SortKey.of(text);
    }
}
