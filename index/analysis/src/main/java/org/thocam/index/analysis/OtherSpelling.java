package org.thocam.index.analysis;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.text.Normalizer2;

/** Words of the other scripts that put spaces between them, such as Arabic, and characters that stand alone, such as Han. */
final class OtherSpelling implements Spelling {
    private static final Normalizer2 COMPATIBLE = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();
    private static final Normalizer2 COMPOSED = Normalizer2.getNFCInstance();

    private final Replacements same;
    private final Replacements fold;
    private final boolean foldsMarks;
    private final String reduplication;

    OtherSpelling(Description description) {
        same = Replacements.of(description, "same");
        fold = Replacements.of(description, "fold");
        foldsMarks = description.is("fold-marks");
        reduplication = description.optional("reduplication").orElse("");
    }

    @Override
    public String exact(String token) {
        var word = digits(same.in(COMPATIBLE.normalize(token)));
        if (word.isEmpty()) return token;
        int last = word.length() - 1;
        if (last > 0 && reduplication.indexOf(word.charAt(last)) >= 0) {
            var once = word.substring(0, last);
            if (once.chars().allMatch(Character::isLetter)) return once + once;
        }
        return word;
    }

    /** Digits of all scripts by their value, so that ២០២៤ is 2024. */
    private static String digits(String word) {
        if (word.chars().noneMatch(c -> c > 0x7F && (Character.isDigit(c) || Character.isSurrogate((char) c))))
            return word;
        var plain = new StringBuilder(word.length());
        word.codePoints().forEach(c -> {
            int value = UCharacter.getType(c) == UCharacterCategory.DECIMAL_DIGIT_NUMBER ? UCharacter.digit(c, 10) : -1;
            plain.appendCodePoint(value >= 0 ? '0' + value : c);
        });
        return plain.toString();
    }

    @Override
    public String folded(String exact) {
        var folded = fold.in(foldsMarks ? withoutMarks(exact) : exact);
        return folded.isEmpty() ? exact : folded;
    }

    private static String withoutMarks(String text) {
        var apart = DECOMPOSED.normalize(text);
        var letters = new StringBuilder(apart.length());
        apart.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(letters::appendCodePoint);
        return COMPOSED.normalize(letters);
    }
}
