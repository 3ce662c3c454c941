package org.thocam.ontology.transcript;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Character references as HTML reads them outside of attributes (HTML Standard, section 13.2.5.72). */
final class CharacterReference {
    private static final Map<String, String> NAMED = named();
    private static final int LONGEST =
            NAMED.keySet().stream().mapToInt(String::length).max().orElseThrow();

    /** What the numbers 0x80 to 0x9F stand for: Windows-1252, 0 where it has nothing. */
    private static final char[] CONTROLS = {
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
                0x0178
    };

    private CharacterReference() {}

    /**
     * Appends what a reference stands for, or the ampersand itself where there is none.
     *
     * @param at behind the ampersand
     * @return behind the reference
     */
    static int consume(String input, int at, StringBuilder to) {
        if (at < input.length() && input.charAt(at) == '#') return number(input, at, to);
        int end = at;
        while (end < input.length() && end - at < LONGEST && isAlphanumeric(input.charAt(end))) end++;
        if (end < input.length() && input.charAt(end) == ';') end++;
        for (; end > at; end--) {
            var found = NAMED.get(input.substring(at, end));
            if (found != null) {
                to.append(found);
                return end;
            }
        }
        to.append('&');
        return at;
    }

    private static int number(String input, int at, StringBuilder to) {
        int digits = at + 1;
        boolean hex = digits < input.length() && (input.charAt(digits) | 0x20) == 'x';
        if (hex) digits++;
        int end = digits;
        int code = 0;
        for (; end < input.length(); end++) {
            char c = input.charAt(end);
            int digit = c < 0x80 ? Character.digit(c, hex ? 16 : 10) : -1;
            if (digit < 0) break;
            code = Math.min(0x110000, code * (hex ? 16 : 10) + digit);
        }
        if (end == digits) {
            to.append('&');
            return at;
        }
        if (code == 0 || code > 0x10FFFF || code >= 0xD800 && code < 0xE000) to.append('\uFFFD');
        else if (code >= 0x80 && code < 0xA0 && CONTROLS[code - 0x80] != 0) to.append(CONTROLS[code - 0x80]);
        else to.appendCodePoint(code);
        return end < input.length() && input.charAt(end) == ';' ? end + 1 : end;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static Map<String, String> named() {
        var named = new HashMap<String, String>();
        try (var in = new BufferedReader(new InputStreamReader(
                CharacterReference.class.getResourceAsStream("character-references.txt"), StandardCharsets.US_ASCII))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("#")) continue;
                var text = new StringBuilder();
                for (var code : line.substring(line.indexOf('\t') + 1).split(" "))
                    text.appendCodePoint(Integer.parseInt(code, 16));
                named.put(line.substring(0, line.indexOf('\t')), text.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return named;
    }
}
