package org.thocam.index.analysis;

import com.ibm.icu.text.Normalizer2;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Words in Latin letters. Exact: without case, with the marks of a letter in one order, one apostrophe, and what the description's
 * rules make one, such as the place of the Vietnamese tone mark. Folded: base letters alone.
 */
final class LatinSpelling implements Spelling {
    /** U+02BC, the letter; all apostrophes become it, and it stands only where it is a letter. */
    static final char APOSTROPHE = '\u02BC';

    private static final Normalizer2 COMPATIBLE = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();
    private static final Normalizer2 COMPOSED = Normalizer2.getNFCInstance();
    /** Marks that make another letter, in the order they are written: horn, circumflex, breve. Tones come behind them. */
    private static final String LETTER_MARKS = "\u031B\u0302\u0306";

    /** Grave, acute, tilde, hook above and dot below: the tones of Vietnamese. */
    private static final String TONES = "\u0300\u0301\u0303\u0309\u0323";

    private static final String VOWELS = "aeiouy";
    /** Dotless: what y and i are in the key where Vietnamese writes either, so that no other language's i is taken for a y. */
    static final char I_OR_Y = '\u0131';

    /** Onsets of Vietnamese that are written with two letters. */
    private static final Set<String> DIGRAPHS = Set.of("ch", "gh", "kh", "ng", "nh", "ph", "th", "tr", "gi", "qu");

    private final Replacements same;
    private final Replacements fold;
    private final boolean apostropheIsLetter;
    private final String possessive;
    private final List<String> movable;
    private final List<String> glides;
    private final Set<String> yAfter;
    /** Null while it is made, and where rules join letters. */
    private final LatinLetters letters;

    LatinSpelling(Description base, Description own) {
        same = Replacements.of(base, "same");
        fold = Replacements.of(base, "fold");
        if (own != base) {
            same.with(own, "same");
            fold.with(own, "fold");
        }
        apostropheIsLetter = own.optional("apostrophe").filter("letter"::equals).isPresent();
        possessive = own.optional("possessive").orElse("");
        movable = own.words("tone-on-either");
        glides = own.words("glides");
        yAfter = new HashSet<>(own.words("y-is-i-after"));
        letters = same.ofLetters() || fold.ofLetters() ? null : LatinLetters.of(this::byRules, this::folded);
    }

    @Override
    public String exact(String token) {
        if (plain(token)) return iForY(token);
        var quick = letters == null ? null : letters.exact(token);
        if (quick != null) return rules() && mayBeRespelled(quick) ? vietnamese(quick) : quick;
        var word = byRules(token);
        return rules() ? vietnamese(word) : word;
    }

    private boolean rules() {
        return !movable.isEmpty() || !yAfter.isEmpty();
    }

    /** Whether a rule of Vietnamese spelling could touch it: few words are worth taking apart. */
    private boolean mayBeRespelled(String word) {
        int length = word.length();
        char last = letters.base(word.charAt(length - 1));
        if (last == 'i' || last == 'y' || length < 2) return true;
        for (var glide : glides) if (letters.base(word.charAt(0)) == glide.charAt(0)) return true;
        char before = letters.base(word.charAt(length - 2));
        for (var pair : movable) if (pair.charAt(0) == before && pair.charAt(1) == last) return true;
        return false;
    }

    private String byRules(String token) {
        var word = COMPATIBLE.normalize(token);
        word = apostrophes(withoutPossessive(word));
        word = same.in(marksInOrder(word));
        return word.isEmpty() ? token : word;
    }

    private static boolean plain(String token) {
        for (int at = 0; at < token.length(); at++) {
            char c = token.charAt(at);
            if (c < 'a' || c > 'z') return false;
        }
        return true;
    }

    private String apostrophes(String word) {
        StringBuilder changed = null;
        for (int at = 0; at < word.length(); at++) {
            char c = word.charAt(at);
            if (!Characters.apostrophe(c)) {
                if (changed != null) changed.append(c);
                continue;
            }
            if (changed == null) changed = new StringBuilder(word.length()).append(word, 0, at);
            if (apostropheIsLetter || parts(word, at)) changed.append(APOSTROPHE);
        }
        return changed == null ? word : changed.toString();
    }

    /** {@code Vietnam's} is found as {@code Vietnam}. */
    private String withoutPossessive(String word) {
        int at = word.length() - 1 - possessive.length();
        boolean has =
                !possessive.isEmpty() && at > 0 && word.endsWith(possessive) && Characters.apostrophe(word.charAt(at));
        return has ? word.substring(0, at) : word;
    }

    /** Whether the letters around it would be read as one without it: {@code K'Ho} is not {@code kho}, but {@code H'Mông} is Hmông. */
    private static boolean parts(String word, int apostrophe) {
        if (apostrophe == 0 || apostrophe + 1 >= word.length()) return false;
        return DIGRAPHS.contains(word.substring(apostrophe - 1, apostrophe) + word.charAt(apostrophe + 1));
    }

    /** Breve and circumflex on one letter have two orders that Unicode does not call the same; carons on vowels are breves. */
    static String marksInOrder(String word) {
        boolean needs = false;
        for (int at = 0; at < word.length() && !needs; at++) needs = word.charAt(at) > 0x17F;
        if (!needs && word.indexOf('\u011B') < 0) return word;
        var apart = DECOMPOSED.normalize(word);
        var ordered = new StringBuilder(apart.length());
        var letterMarks = new StringBuilder();
        var others = new StringBuilder();
        char base = 0;
        for (int at = 0; at <= apart.length(); at++) {
            char c = at < apart.length() ? apart.charAt(at) : 'x';
            if (c == '\u030C' && VOWELS.indexOf(Character.toLowerCase(base)) >= 0) c = '\u0306';
            boolean mark = c >= '\u0300' && c <= '\u036F';
            if (mark) {
                int rank = LETTER_MARKS.indexOf(c);
                if (rank < 0) others.append(c);
                else insert(letterMarks, c, rank);
                continue;
            }
            ordered.append(letterMarks).append(others);
            letterMarks.setLength(0);
            others.setLength(0);
            if (at < apart.length()) ordered.append(c);
            base = c;
        }
        return COMPOSED.normalize(ordered);
    }

    private static void insert(StringBuilder marks, char mark, int rank) {
        int at = marks.length();
        while (at > 0 && LETTER_MARKS.indexOf(marks.charAt(at - 1)) > rank) at--;
        marks.insert(at, mark);
    }

    private String iForY(String word) {
        boolean neither = yAfter.isEmpty() || word.isEmpty() || "iy".indexOf(word.charAt(word.length() - 1)) < 0;
        return neither ? word : vietnamese(word);
    }

    /** The tone mark and the y of a syllable in one place each. */
    private String vietnamese(String word) {
        if (word.length() > 8) return word;
        var apart = DECOMPOSED.normalize(word);
        var letters = new StringBuilder(apart.length());
        char tone = 0;
        int toned = -1;
        for (int at = 0; at < apart.length(); at++) {
            char c = apart.charAt(at);
            if (TONES.indexOf(c) >= 0) {
                if (tone != 0) return word;
                tone = c;
                toned = letters.length() - 1;
            } else letters.append(c);
        }
        if (toned < 0 && tone != 0) return word;
        var plain = letters.toString();
        if (tone != 0) toned = place(plain, toned);
        if (iOrY(plain)) letters.setCharAt(letters.length() - 1, I_OR_Y);
        if (tone != 0) letters.insert(toned + 1, tone);
        return COMPOSED.normalize(letters);
    }

    /** Where the tone is in the key: {@code hoà} as {@code hòa}, {@code qúy} as {@code quý}. */
    private int place(String plain, int toned) {
        for (var glide : glides) {
            int vowel = glide.length();
            if (plain.startsWith(glide)
                    && toned == vowel - 1
                    && plain.length() > vowel
                    && VOWELS.indexOf(plain.charAt(vowel)) >= 0) {
                int at = vowel;
                while (at + 1 < plain.length() && LETTER_MARKS.indexOf(plain.charAt(at + 1)) >= 0) at++;
                return at;
            }
            if (plain.startsWith(glide)) return toned;
        }
        for (var pair : movable) if (plain.endsWith(pair) && toned == plain.length() - 1) return plain.length() - 2;
        return toned;
    }

    /** Whether its last letter may be written i and y: {@code kỹ} and {@code kĩ}, {@code quý} and {@code quí}. */
    private boolean iOrY(String plain) {
        int last = plain.length() - 1;
        return last > 0 && "iy".indexOf(plain.charAt(last)) >= 0 && yAfter.contains(plain.substring(0, last));
    }

    @Override
    public String folded(String exact) {
        boolean ascii = true;
        for (int at = 0; at < exact.length() && ascii; at++) ascii = exact.charAt(at) < 0x80;
        if (ascii) return exact;
        var quick = letters == null ? null : letters.folded(exact);
        if (quick != null) return quick;
        var folded = base(exact);
        return folded.isEmpty() ? exact : folded;
    }

    private String base(String text) {
        var apart = DECOMPOSED.normalize(text);
        var letters = new StringBuilder(apart.length());
        for (int at = 0; at < apart.length(); at++) {
            char c = apart.charAt(at);
            if (Character.getType(c) != Character.NON_SPACING_MARK) letters.append(c);
        }
        return fold.in(letters.toString());
    }

    /** Without its tones, but with the marks that make other letters: {@code đường} as {@code đương}. */
    static String toneless(String exact) {
        var apart = DECOMPOSED.normalize(exact);
        var letters = new StringBuilder(apart.length());
        for (int at = 0; at < apart.length(); at++)
            if (TONES.indexOf(apart.charAt(at)) < 0) letters.append(apart.charAt(at));
        return COMPOSED.normalize(letters);
    }
}
