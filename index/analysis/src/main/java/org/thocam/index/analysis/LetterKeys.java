package org.thocam.index.analysis;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keys that keep to the letter what was written, unlike {@link WritingSystem#normalForm}, whose rules look at whole words: a piece of a
 * text has the same letters as that piece of the text's key. So patterns, beginnings and distances in letters can be told by them.
 *
 * @param folded whether tones and diacritics are left out, as the writing system allows
 */
public record LetterKeys(WritingSystem writing, boolean folded) {
    private static final Normalizer2 COMPOSED = Normalizer2.getNFCInstance();
    private static final Normalizer2 COMPATIBLE = Normalizer2.getNFKCCasefoldInstance();

    /** The key of a whole text; empty where nothing of it can be seen. */
    public String of(String text) {
        return String.join("", each(text)).strip().replaceAll(" {2,}", " ");
    }

    /** A text letter by letter, each as the key has it; a letter of Latin keeps the marks that it carries. */
    public List<String> each(String text) {
        var keys = new ArrayList<String>(text.length());
        var composed = plain(text) ? text : COMPOSED.normalize(text);
        int before = -1;
        for (int at = 0; at < composed.length(); ) {
            int c = composed.codePointAt(at);
            int end = at + Character.charCount(c);
            if (latin(c)) while (end < composed.length() && diacritic(composed.charAt(end))) end++;
            var key = key(c, composed.substring(at, end), before);
            if (!key.isEmpty()) keys.add(key);
            if (Characters.kind(c) != Characters.IGNORED && Character.getType(c) != Character.NON_SPACING_MARK)
                before = c;
            at = end;
        }
        return keys;
    }

    private static boolean plain(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private String key(int c, String letter, int before) {
        if (c < 0x80 && letter.length() == 1) {
            if (c == '\'' || c == '`') return apostrophe();
            if (c <= ' ' || c == 0x7F) return Character.isWhitespace(c) ? " " : "";
            return letter.toLowerCase(Locale.ROOT);
        }
        if (Characters.kind(c) == Characters.APOSTROPHE) return apostrophe();
        if (Characters.kind(c) == Characters.IGNORED) return "";
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) return " ";
        if (c >= 0xD800 && c < 0xE000) return "\uFFFD";
        if (latin(c)) return folded ? writing.folded(letter) : writing.normalForm(letter);
        var key = COMPATIBLE.normalize(letter);
        if (!folded || key.isEmpty()) return key;
        // a mark that the folded key of the letter before it lacks is one that may be left out
        if (Character.getType(c) == Character.NON_SPACING_MARK && before >= 0) {
            var bare = Character.toString(before);
            return writing.folded(bare + letter).equals(writing.folded(bare)) ? "" : key;
        }
        return writing.folded(key);
    }

    private String apostrophe() {
        return folded ? "" : String.valueOf(LatinSpelling.APOSTROPHE);
    }

    private static boolean latin(int c) {
        return Characters.script(c) == UScript.LATIN;
    }

    /** Whether it stands on the letter before it and is part of it. */
    public static boolean diacritic(int c) {
        return c >= 0x0300 && c <= 0x036F;
    }
}
