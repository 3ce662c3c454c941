package org.thocam.index.analysis;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import java.util.Arrays;

/** What each character of Unicode is to {@link Segmenter}, in one table: its kind, and for letters their script. */
final class Characters {
    /** Stands between words. */
    static final int SEPARATOR = 0;
    /** Of a script that puts spaces between words. */
    static final int LETTER = 1;

    static final int DIGIT = 2;
    /** Belongs to the letter before it, whatever the script. */
    static final int MARK = 3;
    /** Cannot be seen, such as ZERO WIDTH SPACE: no key has it. */
    static final int IGNORED = 4;

    static final int APOSTROPHE = 5;
    /** Belongs to a number between two digits. */
    static final int POINT = 6;
    /** A word or morpheme by itself, such as a Han or Yi character. */
    static final int ALONE = 7;
    /** Of a script without reliable spaces: {@link Syllables} says how far the syllable goes. */
    static final int SYLLABIC = 8;

    private static final int KIND_BITS = 4;
    private static final int BLOCK = 256;
    private static final int PLANES_WITH_LETTERS = 0x40000;
    private static final int TAGS = 0xE0000;
    private static final String APOSTROPHES =
            "'\u2018\u2019\u201B\u02BC\u02BB\u02B9\u02BE\u02BF\u02C8\u02CA\u02CB\u02BD\u00B4`\u2032\uA78B\uA78C\uFF07";

    private static final short[][] TABLE = table();

    private Characters() {}

    static int kind(int c) {
        return of(c) & (1 << KIND_BITS) - 1;
    }

    /** {@link UScript}'s number; 0 for what belongs to no script. */
    static int script(int c) {
        return of(c) >> KIND_BITS;
    }

    private static int of(int c) {
        return c < PLANES_WITH_LETTERS ? TABLE[c >> 8][c & BLOCK - 1] : far(c);
    }

    static boolean apostrophe(int c) {
        return kind(c) == APOSTROPHE;
    }

    /** Behind the planes that letters stand in: tags and variation selectors, private use, and what is not assigned yet. */
    private static int far(int c) {
        return compute(c);
    }

    private static short[][] table() {
        var table = new short[PLANES_WITH_LETTERS / BLOCK][];
        short[] last = new short[0];
        for (int block = 0; block < table.length; block++) {
            var here = new short[BLOCK];
            for (int at = 0; at < BLOCK; at++) here[at] = (short) compute(block * BLOCK + at);
            last = Arrays.equals(here, last) ? last : here;
            table[block] = last;
        }
        return table;
    }

    private static int compute(int c) {
        int script = UScript.getScript(c);
        int kind = kind(c, script);
        boolean scripted = kind == LETTER || kind == ALONE || kind == SYLLABIC;
        boolean known = script != UScript.COMMON && script != UScript.INHERITED && script != UScript.UNKNOWN;
        return kind | (scripted && known ? script : 0) << KIND_BITS;
    }

    private static int kind(int c, int script) {
        if (APOSTROPHES.indexOf(c) >= 0) return APOSTROPHE;
        int type = UCharacter.getType(c);
        if (c >= TAGS && c < TAGS + 0x1000 && type != UCharacterCategory.UNASSIGNED) return IGNORED;
        if (ignorable(c, type)) return IGNORED;
        if (c == '.' || c == ',' || c == '\u066B' || c == '\u066C') return POINT;
        if (WritingSystems.listed(c)) return SYLLABIC;
        return switch (type) {
            case UCharacterCategory.NON_SPACING_MARK,
                    UCharacterCategory.ENCLOSING_MARK,
                    UCharacterCategory.COMBINING_SPACING_MARK -> described(script) ? SYLLABIC : MARK;
            case UCharacterCategory.DECIMAL_DIGIT_NUMBER -> DIGIT;
            case UCharacterCategory.LETTER_NUMBER, UCharacterCategory.OTHER_NUMBER -> DIGIT;
            case UCharacterCategory.UPPERCASE_LETTER,
                    UCharacterCategory.LOWERCASE_LETTER,
                    UCharacterCategory.TITLECASE_LETTER,
                    UCharacterCategory.MODIFIER_LETTER,
                    UCharacterCategory.OTHER_LETTER -> letter(c, script);
            case UCharacterCategory.OTHER_SYMBOL -> ALONE;
            case UCharacterCategory.MODIFIER_SYMBOL -> UScript.getScript(c) == UScript.COMMON ? SEPARATOR : ALONE;
            case UCharacterCategory.PRIVATE_USE -> SYLLABIC;
            case UCharacterCategory.UNASSIGNED ->
                UCharacter.hasBinaryProperty(c, UProperty.NONCHARACTER_CODE_POINT) ? SEPARATOR : SYLLABIC;
            default -> SEPARATOR;
        };
    }

    /** Unicode's default ignorable characters, but not the Hangul and Mongolian fillers, which are letters. */
    private static boolean ignorable(int c, int type) {
        if (c == '\u00AD') return true;
        if (!UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) return false;
        return type != UCharacterCategory.OTHER_LETTER && type != UCharacterCategory.UNASSIGNED;
    }

    private static int letter(int c, int script) {
        if (UCharacter.hasBinaryProperty(c, UProperty.IDEOGRAPHIC)
                || script == UScript.HAN
                || script == UScript.YI
                || script == UScript.HIRAGANA
                || script == UScript.KATAKANA
                || script == UScript.BOPOMOFO) return ALONE;
        boolean unspaced = described(script) || script == UScript.UNKNOWN || UScript.breaksBetweenLetters(script);
        return unspaced || breaksWithoutSpaces(c) ? SYLLABIC : LETTER;
    }

    /** UAX #14: scripts whose lines break between syllables, such as Javanese, put no spaces between words. */
    private static boolean breaksWithoutSpaces(int c) {
        return switch (UCharacter.getIntPropertyValue(c, UProperty.LINE_BREAK)) {
            case UCharacter.LineBreak.COMPLEX_CONTEXT,
                    UCharacter.LineBreak.AKSARA,
                    UCharacter.LineBreak.AKSARA_START,
                    UCharacter.LineBreak.AKSARA_PREBASE -> true;
            default -> false;
        };
    }

    private static boolean described(int script) {
        return WritingSystems.syllabic(script);
    }
}
