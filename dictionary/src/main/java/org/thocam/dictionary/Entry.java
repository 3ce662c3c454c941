package org.thocam.dictionary;

import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;

/**
 * What a lexicon says of one headword.
 *
 * @param headword as it was written, never rewritten
 * @param language that the headword is written in
 * @param glosses its short translations; empty where none was given
 */
public record Entry(EntryId id, String headword, LanguageTag language, LanguageMap glosses) {
    static final int LONGEST_HEADWORD = 500;
    static final int LONGEST_GLOSS = 10_000;

    public Entry {
        if (headword.isBlank()) throw new IllegalArgumentException("headword: want a word, found nothing");
        notLonger("headword", headword, LONGEST_HEADWORD);
        glosses.texts().forEach((tag, gloss) -> notLonger("gloss@" + tag, gloss, LONGEST_GLOSS));
    }

    private static void notLonger(String name, String text, int longest) {
        int length = text.codePointCount(0, text.length());
        if (length > longest)
            throw new IllegalArgumentException(name + ": want at most " + longest + " characters, found " + length);
    }
}
