package org.thocam.index.analysis;

/** The forgiving form of a phrase whose language nobody knows: what suggestions are looked up by. */
public final class Folding {
    private Folding() {}

    /** With one space for whatever stands between its words; empty where there is no word. */
    public static String ofPhrase(String phrase) {
        var key = new StringBuilder(phrase.length());
        for (var word : WritingSystem.of("und").words(phrase)) {
            if (!key.isEmpty() && !word.touches()) key.append(' ');
            key.append(word.folded());
        }
        return key.toString();
    }
}
