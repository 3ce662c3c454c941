package org.thocam.index.analysis.language;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of a text that is judged: its script, its words in the form that descriptions are written in, and, for scripts without
 * spaces, the run of its letters.
 *
 * @param words each word with how often it stands there, apostrophes kept ({@code 'long}, {@code k'tiếc})
 * @param parts the same, cut at apostrophes
 * @param run the letters and marks of the script with one space for anything else
 */
record Sample(String script, Map<String, Integer> words, Map<String, Integer> parts, String run, int letters) {
    static final int ENOUGH = 20_000;
    static final String NO_SCRIPT = "Zyyy";
    private static final int LONGEST_WORD = 60;
    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

    /** One Latin word can be a word, a name or a misprint in a hundred languages. */
    boolean saysEnough() {
        return !script.equals("Latn") || parts.size() > 1;
    }

    static Sample of(String text) {
        var read = text.length() > ENOUGH ? text.substring(0, ENOUGH) : text;
        var script = scriptOf(read);
        var words = new LinkedHashMap<String, Integer>();
        var parts = new LinkedHashMap<String, Integer>();
        var run = new StringBuilder();
        var word = new StringBuilder();
        int letters = 0;
        for (int at = 0, c; at <= read.length(); at += Character.charCount(c)) {
            c = at < read.length() ? read.codePointAt(at) : ' ';
            boolean letter = belongsTo(script, c);
            if (letter) {
                letters++;
                run.appendCodePoint(c);
            } else if (!run.isEmpty() && run.charAt(run.length() - 1) != ' ') run.append(' ');
            if (letter || apostrophe(c)) word.appendCodePoint(apostrophe(c) ? '\'' : c);
            else {
                count(word, words, parts);
                word.setLength(0);
            }
        }
        return new Sample(script, words, parts, run.toString(), letters);
    }

    private static void count(StringBuilder raw, Map<String, Integer> words, Map<String, Integer> parts) {
        if (raw.isEmpty() || raw.length() > LONGEST_WORD) return;
        var word = NFC.normalize(UCharacter.toLowerCase(raw.toString()))
                .replace("b\u0335", "ƀ")
                .replace('ð', 'đ')
                .replace('ǎ', 'ă')
                .replace('ǐ', 'ĭ')
                .replace('ǒ', 'ŏ')
                .replace('ǔ', 'ŭ')
                .replace('ě', 'ĕ');
        word = word.endsWith("'") ? word.replaceAll("'+$", "") : word;
        if (word.isEmpty()) return;
        words.merge(word, 1, Integer::sum);
        for (var part : word.split("'")) if (!part.isEmpty()) parts.merge(part, 1, Integer::sum);
    }

    /** Most letters decide; a text with kana is Japanese however many Han characters it has, and one with Hangul Korean. */
    private static String scriptOf(String text) {
        var count = new HashMap<String, Integer>();
        for (int at = 0, c; at < text.length(); at += Character.charCount(c)) {
            c = text.codePointAt(at);
            var script = scriptOf(c);
            if (!script.isEmpty()) count.merge(script, 1, Integer::sum);
        }
        int kana = count.getOrDefault("Hira", 0) + count.getOrDefault("Kana", 0);
        int han = count.getOrDefault("Hani", 0);
        if (kana > 0 && kana * 12 >= han) {
            count.remove("Hira");
            count.remove("Kana");
            count.remove("Hani");
            count.put("Jpan", kana + han);
        } else if (count.getOrDefault("Hang", 0) * 4 >= han && count.containsKey("Hang"))
            count.merge("Hang", han, Integer::sum);
        return count.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(NO_SCRIPT);
    }

    private static String scriptOf(int c) {
        // Tai Yo came with Unicode 17; an older ICU calls it unknown
        if (c >= 0x1E6C0 && c <= 0x1E6FF) return "Tayo";
        int script = UScript.getScript(c);
        return script == UScript.COMMON || script == UScript.INHERITED || script == UScript.UNKNOWN
                ? ""
                : UScript.getShortName(script);
    }

    private static boolean belongsTo(String script, int c) {
        var own = scriptOf(c);
        if (own.isEmpty()) {
            int type = UCharacter.getType(c);
            return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK || c == 0x0E46;
        }
        return own.equals(script);
    }

    private static boolean apostrophe(int c) {
        return switch (c) {
            case '\'', '`', 0x2018, 0x2019, 0x02BC, 0x02BB, 0xA78C, 0x2032, 0x00B4 -> true;
            default -> false;
        };
    }
}
