package org.thocam.index.analysis;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.ULocale;
import java.util.HexFormat;
import java.util.List;

/** The order of an alphabet, as keys that can be compared as plain strings. UTS #10; the rules are made from the published alphabet. */
final class SortOrder {
    private static final int LONGEST = 512;
    /** CLDR's Vietnamese: tones are told apart only after all letters, in the order ngang, huyền, hỏi, ngã, sắc, nặng. */
    private static final String TONES = "&\u0300<<\u0309<<\u0303<<\u0301<<\u0323";

    private final Collator collator;
    private final boolean latin;

    private SortOrder(Collator collator, boolean latin) {
        this.collator = collator.freeze();
        this.latin = latin;
    }

    static SortOrder of(Description description) {
        var alphabet = description.words("alphabet");
        boolean latin = description.value("script").equals("Latn");
        if (alphabet.isEmpty()) {
            var locale =
                    ULocale.forLanguageTag(description.optional("collation").orElse("und"));
            return new SortOrder(Collator.getInstance(locale), latin);
        }
        try {
            return new SortOrder(new RuleBasedCollator((latin ? TONES : "") + rules(alphabet)), latin);
        } catch (Exception e) { // RuleBasedCollator declares no narrower one
            throw new IllegalStateException(
                    "the alphabet of " + description.value("tags") + " makes no order: " + e.getMessage(), e);
        }
    }

    private static String rules(List<String> alphabet) {
        var rules = new StringBuilder();
        for (var letter : alphabet) {
            var lower = letter.replace('\'', LatinSpelling.APOSTROPHE);
            var upper = upper(lower);
            var title = title(lower);
            rules.append(rules.isEmpty() ? "&" : "<").append(lower);
            if (!title.equals(lower)) rules.append("<<<").append(title);
            if (!upper.equals(lower) && !upper.equals(title))
                rules.append("<<<").append(upper);
        }
        return rules.toString();
    }

    private static String upper(String letter) {
        return letter.toUpperCase(java.util.Locale.ROOT);
    }

    private static String title(String letter) {
        int at = 0;
        while (at < letter.length() - 1 && !Character.isLowerCase(letter.charAt(at))) at++;
        return letter.substring(0, at) + upper(letter.substring(at, at + 1)) + letter.substring(at + 1);
    }

    /** Long texts are ordered by their beginning. */
    String key(String text) {
        int end = Math.min(text.length(), LONGEST);
        var begin = new StringBuilder(end);
        Normalizer2.getNFCInstance()
                .normalize(text.substring(0, end))
                .codePoints()
                .forEach(c -> begin.appendCodePoint(Characters.apostrophe(c) ? LatinSpelling.APOSTROPHE : c));
        var ordered = latin ? LatinSpelling.marksInOrder(begin.toString()) : begin.toString();
        return HexFormat.of().formatHex(collator.getCollationKey(ordered).toByteArray());
    }
}
