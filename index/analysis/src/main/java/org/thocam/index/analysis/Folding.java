package org.thocam.index.analysis;

import com.ibm.icu.text.Normalizer2;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;

/** What folds into what, for single words and for whole phrases. */
public final class Folding {
    private static final Normalizer2 PLAIN = ICUFoldingFilter.NORMALIZER;

    private Folding() {}

    /** Without tones, diacritics and case. A word of marks alone stays as it is: folding never makes a word vanish. */
    static String ofWord(CharSequence word) {
        var folded = PLAIN.normalize(word).replace('đ', 'd').replace('Đ', 'd');
        return folded.isEmpty() ? word.toString() : folded;
    }

    /** A phrase folded as a whole, with one space for whatever stands between its words: the key of a completion. */
    public static String ofPhrase(String phrase) {
        var folded = ofWord(Normalizer2.getNFKCCasefoldInstance().normalize(phrase));
        var key = new StringBuilder(folded.length());
        boolean gap = false;
        for (int at = 0, c; at < folded.length(); at += Character.charCount(c)) {
            c = folded.codePointAt(at);
            if (inWord(c)) {
                if (gap && !key.isEmpty()) key.append(' ');
                key.appendCodePoint(c);
                gap = false;
            } else gap = true;
        }
        return key.toString();
    }

    private static boolean inWord(int c) {
        if (Character.isLetterOrDigit(c)) return true;
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.OTHER_SYMBOL
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED;
    }
}
