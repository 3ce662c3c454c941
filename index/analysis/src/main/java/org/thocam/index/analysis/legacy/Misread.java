package org.thocam.index.analysis.legacy;

/** Bytes that were read as ISO 8859-1 or as windows-1252. The two differ from 80 to 9F alone. */
final class Misread {
    /** What windows-1252 makes of 80 to 9F; a space where it has nothing. */
    private static final String WINDOWS = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    private Misread() {}

    /** The byte that {@code c} was, or -1 where it can have been none. */
    static int code(char c) {
        if (c < 0x100) return c;
        if (c >= 0xF020 && c <= 0xF0FF) return c - 0xF000;
        int at = c > 0x2122 ? -1 : WINDOWS.indexOf(c);
        return at < 0 ? -1 : 0x80 + at;
    }

    static char asWindows(char control) {
        char c = WINDOWS.charAt(control - 0x80);
        return c == ' ' ? control : c;
    }

    /** Whether windows-1252 has punctuation there: more often that than a letter. */
    static boolean punctuation(int code) {
        return code >= 0x80
                && code < 0xA0
                && !Character.isLetter(WINDOWS.charAt(code - 0x80))
                && WINDOWS.charAt(code - 0x80) != ' ';
    }

    /** Whether, as it stands, it is a letter. */
    static boolean letter(int code) {
        return Character.isLetter(code >= 0x80 && code < 0xA0 ? WINDOWS.charAt(code - 0x80) : (char) code);
    }
}
