package org.thocam.index.analysis;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.thocam.index.analysis.LetterList.Found;

/**
 * The order of a list of letters. A text is written anew with one private character for each letter of the list, and one collator orders
 * those, whatever the alphabet: what a linguist typed never becomes a rule of ICU, and a new alphabet costs no new collator.
 */
final class ListedOrder implements Alphabet.Order {
    /** The first of the private characters, in plane 16. */
    static final int FIRST = 0x10E000;

    private static final int LETTERS = 500;
    private static final int CASES = LetterList.Case.values().length;
    /** CLDR's Vietnamese: ngang, huyền, hỏi, ngã, sắc, nặng; behind them the apostrophe of Tai Dam. */
    private static final String TONES = "&\u0300<<\u0309<<\u0303<<\u0301<<\u0323<<\u0315";
    /** Keeps a vowel that was moved behind its consonant from the next one. */
    private static final String JOINER = "\u034F";

    private final LetterList letters;
    private final List<String> heads;
    private final Collator collator;
    /** Of what is not in the list. */
    private final Collator primary;

    ListedOrder(LetterList letters, Alphabet.Spaces spaces) {
        this.letters = letters;
        this.heads = IntStream.range(0, letters.letters().size())
                .mapToObj(letters::title)
                .toList();
        this.collator = spaces == Alphabet.Spaces.WORD_BY_WORD ? WordByWord.COLLATOR : LetterByLetter.COLLATOR;
        this.primary = spaces == Alphabet.Spaces.WORD_BY_WORD ? WordByWord.PRIMARY : LetterByLetter.PRIMARY;
    }

    private static final class WordByWord {
        static final Collator COLLATOR = tailored().freeze();
        static final Collator PRIMARY = collator(false, Collator.PRIMARY);
    }

    private static final class LetterByLetter {
        static final Collator COLLATOR = collator(true, Collator.QUATERNARY);
        static final Collator PRIMARY = collator(true, Collator.PRIMARY);
    }

    private static Collator collator(boolean leavesSpacesOut, int strength) {
        var collator = (RuleBasedCollator) WordByWord.COLLATOR.cloneAsThawed();
        collator.setAlternateHandlingShifted(leavesSpacesOut);
        collator.setStrength(strength);
        return collator.freeze();
    }

    private static RuleBasedCollator tailored() {
        var rules = new StringBuilder(TONES).append("&[before 1]a");
        for (int at = 0; at < LETTERS * CASES; at++)
            rules.append(at % CASES == 0 ? "<" : "<<<").appendCodePoint(FIRST + at);
        try {
            return new RuleBasedCollator(rules.toString());
        } catch (Exception e) { // RuleBasedCollator declares no narrower one
            throw new IllegalStateException("the rules for letters make no collator", e);
        }
    }

    @Override
    public byte[] key(String text) {
        var read = letters.read(text);
        var written = new StringBuilder(text.length() + 8);
        for (var found : read) {
            if (found.listed())
                written.appendCodePoint(
                                FIRST + found.letter() * CASES + found.written().ordinal())
                        .append(found.tones());
            else written.append(joined(found.text())).append(found.prevowel() ? JOINER : "");
        }
        return collator.getCollationKey(written.toString()).toByteArray();
    }

    /** The tone letters of Tai Viet count as the tone marks do: both are in use. */
    private static String joined(String text) {
        return switch (text) {
            case "ꫀ" -> "꪿";
            case "ꫂ" -> "꫁";
            default -> text;
        };
    }

    private boolean behind(Found found) {
        return !found.listed() && primary.compare(joined(found.text()), "a") >= 0;
    }

    @Override
    public String head(String text) {
        for (var found : letters.read(text)) {
            if (found.listed()) return heads.get(found.letter());
            if (behind(found)) return Alphabet.BEHIND;
            if (primary.compare(joined(found.text()), "") != 0) return Alphabet.BEFORE;
        }
        return Alphabet.BEFORE;
    }

    @Override
    public List<String> heads() {
        return heads;
    }

    @Override
    public List<String> outside(String text) {
        var outside = new LinkedHashSet<String>();
        for (var found : letters.read(text)) if (behind(found)) outside.add(found.composed());
        return List.copyOf(outside);
    }

    @Override
    public List<String> letters() {
        return letters.letters();
    }
}
