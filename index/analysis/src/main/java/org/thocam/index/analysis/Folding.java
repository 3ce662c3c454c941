package org.thocam.index.analysis;

import com.ibm.icu.lang.UScript;

/** The forgiving form of a phrase whose language nobody knows: what suggestions are looked up by. */
public final class Folding {
    private Folding() {}

    /** With one space for whatever stands between its words; empty where there is no word. */
    public static String ofPhrase(String phrase) {
        var key = new StringBuilder(phrase.length());
        for (var word : WritingSystem.of("und").words(phrase)) {
            if (!key.isEmpty() && !word.touches()) key.append(' ');
            boolean latin = word.script() == UScript.LATIN;
            // a beginning is not a whole word yet: the y of quy is not the i that it may be written with
            key.append(latin ? WritingSystem.of("en-Latn").folded(word.text()) : word.folded());
        }
        return key.toString();
    }
}
