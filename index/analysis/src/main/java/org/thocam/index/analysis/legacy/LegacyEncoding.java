package org.thocam.index.analysis.legacy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The four encodings that Vietnamese was mostly written in before Unicode. A text in one of them usually reaches us as bytes that
 * somebody took for ISO 8859-1 or windows-1252; both readings are undone here.
 *
 * <p>The tables have the order of {@link Syllables#LETTERS}: a row for each vowel, in it the tones ngang, sắc, huyền, hỏi, ngã, nặng.
 * {@code docs/legacy-encodings.md} says where they come from and what they were compared with.
 */
public enum LegacyEncoding {
    /**
     * TCVN 5712:1993, as its third set (VN3, the ABC fonts {@code .VnTime} ...) and with the capitals of the first (VN1). VN3 has no
     * capitals with tones: they are lower-case letters in a font such as {@code .VnTimeH}.
     */
    TCVN3(
            """
            61 B8 B5 B6 B7 B9  A8 BE BB BC BD C6  A9 CA C7 C8 C9 CB
            65 D0 CC CE CF D1  AA D5 D2 D3 D4 D6  69 DD D7 D8 DC DE
            6F E3 DF E1 E2 E4  AB E8 E5 E6 E7 E9  AC ED EA EB EC EE
            75 F3 EF F1 F2 F4  AD F8 F5 F6 F7 F9  79 FD FA FB FC FE  AE
            """,
            """
            41 83 80 81 82 84  A1 C0 AF BA BF 85  A2 C4 C1 C2 C3 86
            45 8A 87 88 89 8B  A3 DA C5 CD D9 8C  49 90 8D 8E 8F 91
            4F 95 92 93 94 96  A4 FF DB E0 F0 97  A5 9B 98 99 9A 9C
            55 01 9D 9E 9F 02  A6 11 04 05 06 12  59 16 13 14 15 17  A7
            """),
    /** VNI for Windows: a letter, then for most a second one that stands for its marks. */
    VNI(
            """
            61 61F9 61F8 61FB 61F5 61EF  61EA 61E9 61E8 61FA 61FC 61EB  61E2 61E1 61E0 61E5 61E3 61E4
            65 65F9 65F8 65FB 65F5 65EF  65E2 65E1 65E0 65E5 65E3 65E4  69 ED EC E6 F3 F2
            6F 6FF9 6FF8 6FFB 6FF5 6FEF  6FE2 6FE1 6FE0 6FE5 6FE3 6FE4  F4 F4F9 F4F8 F4FB F4F5 F4EF
            75 75F9 75F8 75FB 75F5 75EF  F6 F6F9 F6F8 F6FB F6F5 F6EF  79 79F9 79F8 79FB 79F5 EE  F1
            """,
            """
            41 41D9 41D8 41DB 41D5 41CF  41CA 41C9 41C8 41DA 41DC 41CB  41C2 41C1 41C0 41C5 41C3 41C4
            45 45D9 45D8 45DB 45D5 45CF  45C2 45C1 45C0 45C5 45C3 45C4  49 CD CC C6 D3 D2
            4F 4FD9 4FD8 4FDB 4FD5 4FCF  4FC2 4FC1 4FC0 4FC5 4FC3 4FC4  D4 D4D9 D4D8 D4DB D4D5 D4CF
            55 55D9 55D8 55DB 55D5 55CF  D6 D6D9 D6D8 D6DB D6D5 D6CF  59 59D9 59D8 59DB 59D5 CE  D1
            """),
    /** The encoding of the Vietnamese Professionals Society. */
    VPS(
            """
            61 E1 E0 E4 E3 E5  E6 A1 A2 A3 A4 A5  E2 C3 C0 C4 C5 C6
            65 E9 E8 C8 EB CB  EA 89 8A 8B CD 8C  69 ED EC CC EF CE
            6F F3 F2 D5 F5 86  F4 D3 D2 B0 87 B6  D6 A7 A9 AA AB AE
            75 FA F9 FB DB F8  DC D9 D8 BA BB BF  79 9A FF 9B CF 9C  C7
            """,
            """
            41 C1 80 81 82 02  88 8D 8E 8F F0 04  C2 83 84 85 1C 03
            45 C9 D7 DE FE 05  CA 90 93 94 95 06  49 B4 B5 B7 B8 10
            4F B9 BC BD BE 11  D4 96 97 98 99 12  F7 9D 9E 9F A6 13
            55 DA A8 D1 AC 14  D0 AD AF B1 1D 15  59 DD B2 FD B3 19  F1
            """),
    /** RFC 1456. */
    VISCII(
            """
            61 E1 E0 E4 E3 D5  E5 A1 A2 C6 C7 A3  E2 A4 A5 A6 E7 A7
            65 E9 E8 EB A8 A9  EA AA AB AC AD AE  69 ED EC EF EE B8
            6F F3 F2 F6 F5 F7  F4 AF B0 B1 B2 B5  BD BE B6 B7 DE FE
            75 FA F9 FC FB F8  DF D1 D7 D8 E6 F1  79 FD CF D6 DB DC  F0
            """,
            """
            41 C1 C0 C4 C3 80  C5 81 82 02 05 83  C2 84 85 86 06 87
            45 C9 C8 CB 88 89  CA 8A 8B 8C 8D 8E  49 CD CC 9B CE 98
            4F D3 D2 99 A0 9A  D4 8F 90 91 92 93  B4 95 96 97 B3 94
            55 DA D9 9C 9D 9E  BF BA BB BC FF B9  59 DD 9F 14 19 1E  D0
            """);

    private static final int SPAN = 1 << 8;

    /** By the one code of a letter, or the first times {@link #SPAN} plus the second. */
    private final char[] letters = new char[SPAN * SPAN];

    private final Map<Character, String> codes = new HashMap<>();

    LegacyEncoding(String small, String capital) {
        fill(Syllables.LETTERS, small);
        fill(Syllables.LETTERS.toUpperCase(Locale.ROOT), capital);
    }

    private void fill(String alphabet, String table) {
        var cells = table.strip().split("\\s+");
        if (cells.length != alphabet.length())
            throw new IllegalStateException(this + ": want " + alphabet.length() + " codes, found " + cells.length);
        for (int i = 0; i < cells.length; i++) {
            int code = Integer.parseInt(cells[i], 16);
            letters[code] = alphabet.charAt(i);
            codes.put(
                    alphabet.charAt(i),
                    code < SPAN ? "" + (char) code : "" + (char) (code / SPAN) + (char) (code % SPAN));
        }
    }

    /**
     * All of {@code misread} as this encoding has it; what it has no letter for stays. Composed (NFC).
     *
     * @param misread bytes read as ISO 8859-1 or windows-1252, or as fonts with a charset of symbols give them (U+F000 to U+F0FF)
     */
    public String decode(String misread) {
        var decoded = new StringBuilder(misread.length());
        new Decoder(this, decoded).decode(misread, 0, misread.length());
        return decoded.toString();
    }

    /** The letter that is encoded at {@code at}, or 0. */
    char letter(CharSequence text, int at) {
        int code = Misread.code(text.charAt(at));
        if (code < 0) return 0;
        return width(text, at) == 2 ? pair(code, text, at) : letters[code];
    }

    /** How many characters of {@code text} that letter takes. */
    int width(CharSequence text, int at) {
        int code = Misread.code(text.charAt(at));
        return this == VNI && code >= 0 && pair(code, text, at) != 0 ? 2 : 1;
    }

    /** A small mark follows a capital where somebody typed in haste; the fonts show it all the same. */
    private char pair(int code, CharSequence text, int at) {
        if (at + 1 >= text.length()) return 0;
        int mark = Misread.code(text.charAt(at + 1));
        if (code == 0 || mark < 0x80) return 0;
        char letter = letters[code * SPAN + mark];
        return letter != 0 || mark < 0xE0 ? letter : letters[code * SPAN + mark - 0x20];
    }

    /** What windows-1252 has at the place of a control character, where this encoding has no letter. */
    static char plain(char c) {
        return c >= 0x80 && c < 0xA0 ? Misread.asWindows(c) : c >= 0xF020 && c <= 0xF0FF ? (char) (c - 0xF000) : c;
    }

    /** The codes of a letter, read as ISO 8859-1. */
    String encode(char letter) {
        return codes.getOrDefault(letter, "" + letter);
    }
}
