package org.thocam.index.analysis.legacy;

import java.util.Locale;

/**
 * One run of letters of a text as one encoding has it. Codes that windows-1252 has punctuation at are letters where that makes a
 * syllable, and punctuation elsewhere: {@code “anh”} keeps its quotes.
 */
final class Words {
    private static final int LONGEST = 64;

    private final LegacyEncoding encoding;
    private final char[] letters = new char[LONGEST];
    private final char[] codes = new char[LONGEST];
    /** Two characters stand for the letter. */
    private final boolean[] paired = new boolean[LONGEST];

    private int length;

    Words(LegacyEncoding encoding) {
        this.encoding = encoding;
    }

    /** Whether {@code text} has part of a word there, in any of the encodings. */
    static boolean part(CharSequence text, int at) {
        char c = text.charAt(at);
        if (ascii(c)) return true;
        // the Õ of VISCII; elsewhere a no-break space is one
        if (c == 0xA0)
            return at > 0 && at + 1 < text.length() && capital(text.charAt(at - 1)) && capital(text.charAt(at + 1));
        if (c < 0x20) return c > 0 && c < 0x07 || c > 0x0F && c != 0x1A && c != 0x1B;
        return c > 0x7F && Misread.code(c) >= 0;
    }

    static boolean ascii(char c) {
        return c >= 'a' && c <= 'z' || capital(c);
    }

    private static boolean capital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** Reads the run; false where it is too long to be words. */
    boolean read(CharSequence text, int from, int to) {
        length = 0;
        if (to - from > LONGEST) return false;
        for (int at = from; at < to; ) {
            int width = Math.min(encoding.width(text, at), to - at);
            codes[length] = (char) Misread.code(text.charAt(at));
            letters[length] = encoding.letter(text, at);
            paired[length] = width == 2;
            // where windows-1252 was read, the ABC fonts were meant, which have their punctuation where Windows has it
            if (encoding == LegacyEncoding.TCVN3 && text.charAt(at) > 0xFF && codes[length] < 0xA0) letters[length] = 0;
            length++;
            at += width;
        }
        int lead = 0;
        while (lead < length && unsure(lead)) lead++;
        int trail = 0;
        while (trail < length - lead && unsure(length - 1 - trail)) trail++;
        if (lead > 0 || trail > 0 || anyUnsure()) settle(lead, trail);
        return true;
    }

    private boolean unsure(int at) {
        return letters[at] != 0 && Misread.punctuation(codes[at]);
    }

    private boolean anyUnsure() {
        for (int at = 0; at < length; at++) if (unsure(at)) return true;
        return false;
    }

    private void settle(int lead, int trail) {
        if (length == 1) {
            letters[0] = 0;
            return;
        }
        boolean quoted = codes[0] == 0x91 || codes[0] == 0x93;
        for (int from : quoted ? new int[] {lead} : new int[] {0, lead})
            for (int to : new int[] {length, length - trail})
                if (from < to && wellFormed(from, to)) {
                    for (int at = 0; at < from; at++) letters[at] = 0;
                    for (int at = to; at < length; at++) letters[at] = 0;
                    return;
                }
        for (int at = 0; at < length; at++) if (unsure(at) && Character.isUpperCase(letters[at])) letters[at] = 0;
    }

    int length() {
        return length;
    }

    /** The character at {@code at}, decoded. */
    char at(int at) {
        return letters[at] != 0 ? letters[at] : LegacyEncoding.plain(codes[at]);
    }

    boolean high(int at) {
        return codes[at] > 0x7F || codes[at] < 0x20 || paired[at];
    }

    /** Whether what stands there is a letter in this encoding alone. */
    boolean odd(int at) {
        return letters[at] != 0 && high(at) && !paired[at] && !Misread.letter(codes[at]);
    }

    /** Whether it reads otherwise than as it stands. */
    boolean changed(int at) {
        return letters[at] != 0 && letters[at] != codes[at];
    }

    boolean paired(int at) {
        return paired[at];
    }

    /** The end of the word that starts at {@code from}, or {@code from} where none does. */
    int end(int from) {
        int at = from;
        while (at < length && Character.isLetter(at(at))) at++;
        return at;
    }

    /** A syllable in small letters, in capitals or with a capital at its start; or in the capitals of a capital font (see {@link #raised}). */
    boolean wellFormed(int from, int to) {
        boolean capitals = true;
        boolean small = true;
        for (int at = from; at < to; at++) {
            boolean upper = Character.isUpperCase(at(at));
            capitals &= upper;
            small &= !upper || at == from;
        }
        return (capitals || small || raised(from, to))
                && Syllables.wellFormed(text(from, to).toLowerCase(Locale.ROOT));
    }

    /** Whether ASCII capitals stand beside small letters with marks, as in {@code CéNG}: typed for a capital font. */
    boolean raised(int from, int to) {
        if (encoding == LegacyEncoding.VNI) return false;
        int capitals = 0;
        boolean marked = false;
        for (int at = from; at < to; at++) {
            if (high(at)) marked |= Character.isLowerCase(at(at));
            else if (Character.isUpperCase(at(at))) capitals++;
            else return false;
        }
        return marked && capitals > 1;
    }

    /** Whether it has no small ASCII letter, so that it may be capitals of a capital font. */
    boolean mayBeRaised(int from, int to) {
        for (int at = from; at < to; at++) if (!high(at) && Character.isLowerCase(at(at))) return false;
        return encoding != LegacyEncoding.VNI;
    }

    String text(int from, int to) {
        var text = new StringBuilder(to - from);
        for (int at = from; at < to; at++) text.append(at(at));
        return text.toString();
    }
}
