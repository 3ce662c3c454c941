package org.thocam.ontology.linking;

import java.util.List;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.analysis.WritingSystem.Word;

/** The words of a name or a text as the index has them, the same for names and texts, whatever language either is in. */
final class Keys {
    private static final WritingSystem ANY = WritingSystem.of("und");

    private Keys() {}

    static List<Word> words(String text) {
        return ANY.words(text);
    }

    static List<String> exact(String text) {
        return words(text).stream().map(Word::exact).toList();
    }

    static List<String> folded(String text) {
        return words(text).stream().map(Word::folded).toList();
    }

    static boolean ascii(String key) {
        for (int at = 0; at < key.length(); at++) if (key.charAt(at) >= 0x80 && key.charAt(at) != 'ı') return false;
        return true;
    }

    static boolean capital(String word) {
        for (int at = 0; at < word.length(); at += Character.charCount(word.codePointAt(at))) {
            int c = word.codePointAt(at);
            if (Character.isLetter(c)) return Character.isUpperCase(c) || Character.isTitleCase(c);
        }
        return false;
    }

    /** Every letter of it, and it has two or more. */
    static boolean capitals(String word) {
        int letters = 0;
        for (int at = 0; at < word.length(); at += Character.charCount(word.codePointAt(at))) {
            int c = word.codePointAt(at);
            if (!Character.isLetter(c)) continue;
            if (!Character.isUpperCase(c)) return false;
            letters++;
        }
        return letters > 1;
    }

    /** Of any width, breaking or not. */
    static boolean space(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** What stands between two words of one name: nothing, spaces, marks of direction and others that nobody sees, a hyphen or a dash with or without spaces, a point without. */
    static boolean joins(String text, int from, int to) {
        if (to - from > 4) return false;
        boolean space = false;
        boolean point = false;
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (c == '.') point = true;
            else if (space(c)) space = true;
            else if (Character.getType(c) != Character.DASH_PUNCTUATION
                    && c != '/'
                    && !WritingSystem.apostrophe(c)
                    && Character.getType(c) != Character.FORMAT) return false;
        }
        return !(point && space);
    }
}
