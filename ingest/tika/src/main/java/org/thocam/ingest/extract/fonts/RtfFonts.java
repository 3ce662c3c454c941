package org.thocam.ingest.extract.fonts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thocam.index.analysis.legacy.LegacyFont;

/**
 * The fonts of an RTF file (specification 1.9.1): its font table, and {@code \f} in its groups. The codes of text in an old font are
 * written as Unicode, so that no charset that the font table claims can make something else of them.
 */
final class RtfFonts {
    /** Destinations whose text is none of the document's. */
    private static final Set<String> OTHER = Set.of(
            "colortbl",
            "stylesheet",
            "info",
            "pict",
            "objdata",
            "listtable",
            "listoverridetable",
            "revtbl",
            "rsidtbl",
            "fldinst",
            "filetbl",
            "template",
            "generator",
            "bkmkstart",
            "bkmkend",
            "themedata",
            "colorschememapping");

    private static final int DEEPEST = 10_000;

    private record State(int font, int fallback, boolean other, boolean table) {}

    private final byte[] rtf;
    private final ByteArrayOutputStream out;
    private final Map<Integer, String> names = new HashMap<>();
    private final Deque<State> outer = new ArrayDeque<>();
    private State state = new State(-1, 1, false, false);
    private int defaultFont = -1;
    private int entry = -1;
    private final StringBuilder name = new StringBuilder();
    private int at;
    /** Characters that stand for a Unicode one before them. */
    private int skip;

    private boolean marked;

    private RtfFonts(byte[] rtf) {
        this.rtf = rtf;
        this.out = new ByteArrayOutputStream(rtf.length + rtf.length / 4);
    }

    /** The file with its marks, or empty where there was nothing to mark. */
    static Optional<byte[]> mark(byte[] rtf) {
        var fonts = new RtfFonts(rtf);
        fonts.read();
        return fonts.marked ? Optional.of(fonts.out.toByteArray()) : Optional.empty();
    }

    private void read() {
        while (at < rtf.length) {
            int c = rtf[at] & 0xFF;
            switch (c) {
                case '{' -> {
                    if (outer.size() > DEEPEST) throw new IllegalArgumentException("groups are too deep");
                    outer.push(state);
                    skip = 0;
                    copy(1);
                }
                case '}' -> {
                    if (!outer.isEmpty()) state = outer.pop();
                    skip = 0;
                    copy(1);
                }
                case '\\' -> control();
                case '\r', '\n' -> copy(1);
                default -> character(c, 1);
            }
        }
    }

    private void copy(int length) {
        int until = Math.min(rtf.length, at + length);
        out.write(rtf, at, until - at);
        at = until;
    }

    private void control() {
        int next = at + 1 < rtf.length ? rtf[at + 1] & 0xFF : 0;
        if (next == '\'') {
            int code =
                    at + 3 < rtf.length ? Character.digit(rtf[at + 2], 16) * 16 + Character.digit(rtf[at + 3], 16) : -1;
            if (code < 0) copy(2);
            else character(code, 4);
            return;
        }
        if (soft(next)) {
            character(next == '-' ? 0xAD : 0xA0, 2);
            return;
        }
        if (!(next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z')) {
            if (next == '*') state = new State(state.font, state.fallback, true, state.table);
            copy(2);
            return;
        }
        int end = at + 1;
        while (end < rtf.length && Character.isLetter(rtf[end]) && rtf[end] > 0) end++;
        var word = new String(rtf, at + 1, end - at - 1, StandardCharsets.US_ASCII);
        int digits = end;
        if (end < rtf.length && rtf[end] == '-') end++;
        while (end < rtf.length && rtf[end] >= '0' && rtf[end] <= '9' && end - digits < 10) end++;
        int number = 0;
        try {
            number = end == digits
                    ? 0
                    : Integer.parseInt(new String(rtf, digits, end - digits, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            number = 0;
        }
        if (end < rtf.length && rtf[end] == ' ') end++;
        var font = word.equals("u") ? legacy() : Optional.<LegacyFont>empty();
        if (font.isPresent()) {
            at = end;
            marked = true;
            unicode(font.get().opening());
            unicode((char) number);
            unicode(LegacyFont.CLOSING);
            for (int left = state.fallback; left > 0 && fallback(); left--) {}
            return;
        }
        copy(end - at);
        word(word, number);
    }

    /** An optional hyphen and a no-break space: codes of letters in the old fonts. */
    private static boolean soft(int c) {
        return c == '-' || c == '~';
    }

    /** Passes over one character that stands for a Unicode one. */
    private boolean fallback() {
        if (at >= rtf.length || rtf[at] == '{' || rtf[at] == '}') return false;
        if (rtf[at] != '\\') at++;
        else if (at + 3 < rtf.length && rtf[at + 1] == '\'') at += 4;
        else return false;
        return true;
    }

    private Optional<LegacyFont> legacy() {
        return state.other || state.table ? Optional.empty() : LegacyFont.of(names.getOrDefault(state.font, ""));
    }

    private void word(String word, int number) {
        switch (word) {
            case "f" -> {
                if (state.table) {
                    entry = number;
                    name.setLength(0);
                } else state = new State(number, state.fallback, state.other, false);
            }
            case "deff" -> {
                defaultFont = number;
                state = new State(number, state.fallback, state.other, state.table);
            }
            case "plain" -> state = new State(defaultFont, state.fallback, state.other, state.table);
            case "uc" -> state = new State(state.font, Math.max(0, number), state.other, state.table);
            case "u" -> skip = state.fallback;
            case "fonttbl" -> state = new State(state.font, state.fallback, state.other, true);
            case "bin" -> copy(Math.max(0, number));
            default -> {
                if (OTHER.contains(word)) state = new State(state.font, state.fallback, true, state.table);
            }
        }
    }

    private void character(int c, int length) {
        if (skip > 0) {
            skip--;
            copy(length);
        } else if (state.table) {
            if (c == ';' && !state.other)
                names.putIfAbsent(entry, name.toString().strip());
            else if (!state.other && name.length() < 200) name.append((char) c);
            copy(length);
        } else {
            var font = legacy();
            if (font.isEmpty()) copy(length);
            else run(font.get());
        }
    }

    /** All characters that follow, up to what is none. */
    private void run(LegacyFont font) {
        marked = true;
        unicode(font.opening());
        while (at < rtf.length) {
            int c = rtf[at] & 0xFF;
            int length = 1;
            if (c == '\\' && at + 3 < rtf.length && rtf[at + 1] == '\'') {
                c = Character.digit(rtf[at + 2], 16) * 16 + Character.digit(rtf[at + 3], 16);
                if (c < 0) break;
                length = 4;
            } else if (c == '\\' && at + 1 < rtf.length && soft(rtf[at + 1])) {
                c = rtf[at + 1] == '-' ? 0xAD : 0xA0;
                length = 2;
            } else if (c == '\\' || c == '{' || c == '}' || c == '\r' || c == '\n') break;
            if (c < 0x80) copy(length);
            else {
                unicode((char) c);
                at += length;
            }
        }
        unicode(LegacyFont.CLOSING);
    }

    private void unicode(char c) {
        out.writeBytes(("{\\uc0\\u" + (short) c + " }").getBytes(StandardCharsets.US_ASCII));
    }
}
