package org.thocam.ontology.exchange.cite;

import java.text.Normalizer;
import java.util.Map;

/**
 * The characters that TeX's commands stand for, those of VnTeX among them; an apostrophe stays one, for in our orthographies it is a
 * letter. No command is run: one that is not known leaves its argument. The TeXbook, chapter 9; VnTeX 3, \\h, \\d, \\ohorn, \\uhorn, \\dj.
 */
final class TexText {
    private static final Map<String, Character> ACCENTS = Map.ofEntries(
            Map.entry("`", '\u0300'),
            Map.entry("'", '\u0301'),
            Map.entry("^", '\u0302'),
            Map.entry("~", '\u0303'),
            Map.entry("=", '\u0304'),
            Map.entry("u", '\u0306'),
            Map.entry(".", '\u0307'),
            Map.entry("\"", '\u0308'),
            Map.entry("h", '\u0309'),
            Map.entry("r", '\u030A'),
            Map.entry("H", '\u030B'),
            Map.entry("v", '\u030C'),
            Map.entry("d", '\u0323'),
            Map.entry("c", '\u0327'),
            Map.entry("k", '\u0328'),
            Map.entry("b", '\u0331'));
    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("textbackslash", "\\"),
            Map.entry("textasciitilde", "~"),
            Map.entry("textasciicircum", "^"),
            Map.entry("textquotesingle", "'"),
            Map.entry("i", "i"),
            Map.entry("j", "j"),
            Map.entry("ss", "ß"),
            Map.entry("o", "ø"),
            Map.entry("O", "Ø"),
            Map.entry("l", "ł"),
            Map.entry("L", "Ł"),
            Map.entry("ae", "æ"),
            Map.entry("AE", "Æ"),
            Map.entry("oe", "œ"),
            Map.entry("OE", "Œ"),
            Map.entry("aa", "å"),
            Map.entry("AA", "Å"),
            Map.entry("dj", "đ"),
            Map.entry("DJ", "Đ"),
            Map.entry("ohorn", "ơ"),
            Map.entry("OHORN", "Ơ"),
            Map.entry("uhorn", "ư"),
            Map.entry("UHORN", "Ư"));

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private TexText(String text) {
        this.text = text;
    }

    static String plain(String text) {
        var tex = new TexText(text);
        while (tex.at < text.length()) tex.out.append(tex.next());
        return Normalizer.normalize(tex.out.toString().replaceAll("\\s+", " "), Normalizer.Form.NFC)
                .strip();
    }

    /** What the next character or command is; braces are nothing. */
    private String next() {
        var marks = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '{' || c == '}') {
                // an accent stands before its letter, with a brace or space between them or not
                if (marks.length() > 0 && c == '{') continue;
                return marks.toString();
            }
            if (c == ' ' && marks.length() > 0) continue;
            if (c != '\\') {
                at--;
                int point = text.codePointAt(at);
                at += Character.charCount(point);
                return point == '~' ? " " : Character.toString(point) + marks.reverse();
            }
            var command = command();
            if (ACCENTS.containsKey(command)) {
                marks.append(ACCENTS.get(command));
                continue;
            }
            if (SYMBOLS.containsKey(command)) return SYMBOLS.get(command) + marks.reverse();
            // an escaped character is itself; of a command of another kind only its argument counts
            if (command.length() == 1 && !Character.isLetter(command.charAt(0))) return command + marks.reverse();
        }
        return marks.toString();
    }

    /** A name of letters, with the space that ends it, or a single other character. */
    private String command() {
        int from = at;
        while (at < text.length() && (text.charAt(at) < 0x80 && Character.isLetter(text.charAt(at)))) at++;
        if (at == from) return at < text.length() ? String.valueOf(text.charAt(at++)) : "";
        var name = text.substring(from, at);
        if (at < text.length() && text.charAt(at) == ' ') at++;
        return name;
    }
}
