package org.thocam.index.analysis;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The letters of an alphabet, and how a text is read as them: from the left, the longest each time. */
final class LetterList {
    private static final int MOST = 500;
    private static final int LONGEST_LETTER = 20;
    /** A text that goes on is ordered by its beginning. */
    private static final int MOST_READ = 512;

    private static final int MOST_CHARS_READ = 8 * MOST_READ;

    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();
    private static final Normalizer2 COMPOSED = Normalizer2.getNFCInstance();
    /** Grave, hook above, tilde, acute and dot below: tones even where a letter of the list has them. */
    private static final String TONES = "\u0300\u0309\u0303\u0301\u0323";
    /** Horn, circumflex, breve, caron and strokes: no tones, even where no letter of the list has them. */
    private static final String LETTER_MARKS = "\u031B\u0302\u0306\u030C\u0335\u0336";
    /** What an apostrophe is in an orthography that writes tones with it. */
    private static final char TONE_APOSTROPHE = '\u0315';

    private static final String VOWELS = "aeiouy";
    private static final char BREVE = '\u0306';
    private static final char CARON = '\u030C';

    private final List<String> letters;
    private final String letterMarks;
    private final boolean apostrophes;
    private final boolean apostropheIsTone;
    private final boolean carons;
    /** The characters of the letters, without case and marks. */
    private final Set<Integer> bases;

    private final Node root = new Node();

    private LetterList(List<String> letters, boolean apostropheIsTone) {
        this.letters = letters;
        bases = letters.stream()
                .flatMapToInt(letter -> DECOMPOSED.normalize(letter).codePoints())
                .mapToObj(c -> UCharacter.foldCase(c, true))
                .collect(Collectors.toSet());
        letterMarks = LETTER_MARKS + marks(letters);
        apostrophes = letters.stream().anyMatch(letter -> letter.codePoints().anyMatch(Characters::apostrophe));
        this.apostropheIsTone = apostropheIsTone && !apostrophes;
        carons = letters.stream().map(DECOMPOSED::normalize).anyMatch(LetterList::vowelWithCaron);
    }

    private static String marks(List<String> letters) {
        return DECOMPOSED
                .normalize(String.join(" ", letters))
                .codePoints()
                .filter(c -> attaches(c) && TONES.indexOf(c) < 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean vowelWithCaron(String apart) {
        int at = apart.indexOf(CARON);
        return at > 0 && VOWELS.indexOf(Character.toLowerCase(apart.charAt(at - 1))) >= 0;
    }

    /** @param apostropheIsTone whether an apostrophe that is in no letter of the list counts as a tone mark, not as punctuation */
    static LetterList of(String list, boolean apostropheIsTone) {
        var letters = List.of(list.strip().split("\\s+"));
        if (list.isBlank())
            throw new IllegalArgumentException("the alphabet is empty: want its letters in order, spaces between");
        if (letters.size() > MOST)
            throw new IllegalArgumentException(
                    "the alphabet has " + letters.size() + " letters: at most " + MOST + " are read");
        letters.forEach(LetterList::check);
        var made = new LetterList(letters, apostropheIsTone);
        for (int at = 0; at < letters.size(); at++) made.add(at);
        return made;
    }

    private static void check(String letter) {
        int points = letter.codePointCount(0, letter.length());
        if (points > LONGEST_LETTER)
            throw wrong(
                    letter.substring(0, letter.offsetByCodePoints(0, LONGEST_LETTER)) + "…",
                    "has " + points + " characters, at most " + LONGEST_LETTER + " make a letter: are spaces missing?");
        letter.codePoints().forEach(c -> {
            if (UCharacter.isUWhiteSpace(c) || invisible(c))
                throw wrong(letter, String.format("holds U+%04X, which cannot be seen: type it again", c));
        });
        var apart = DECOMPOSED.normalize(letter);
        if (attaches(apart.codePointAt(0))) throw wrong(letter, "begins with a mark that has no letter to stand on");
        if (points > 1 && letter.codePoints().anyMatch(c -> c == ',' || c == ';'))
            throw wrong(letter, "holds a comma or semicolon: put spaces alone between letters");
        if (points == 2) {
            int first = letter.codePointAt(0);
            int second = letter.codePointBefore(letter.length());
            if (first != second && UCharacter.isUUppercase(first) && UCharacter.foldCase(first, true) == second)
                throw wrong(letter, "is a letter and its capital: give one of them");
        }
    }

    private static boolean invisible(int c) {
        return switch (UCharacter.getType(c)) {
            case UCharacterCategory.CONTROL,
                    UCharacterCategory.FORMAT,
                    UCharacterCategory.SURROGATE,
                    UCharacterCategory.UNASSIGNED -> true;
            default -> Characters.kind(c) == Characters.IGNORED || reserved(c);
        };
    }

    private static IllegalArgumentException wrong(String letter, String reason) {
        return new IllegalArgumentException("'" + letter + "' of the alphabet " + reason);
    }

    private void add(int index) {
        var letter = letters.get(index);
        var node = root;
        for (var unit : units(letter)) node = node.next(unit.base, sorted(unit.marks));
        if (node.letter >= 0)
            throw new AmbiguousAlphabetException(
                    letters.get(node.letter),
                    letter,
                    "are one letter to a reader of texts, since case, the kind of apostrophe and the order of marks"
                            + " tell no letters apart: a word with it would have two places. Leave one out");
        node.letter = index;
    }

    List<String> letters() {
        return letters;
    }

    /** With its first letter in capital: {@code Ng}. */
    String title(int index) {
        var apart = DECOMPOSED.normalize(letters.get(index).toLowerCase(Locale.ROOT));
        int at = 0;
        while (at < apart.length() && !hasCapital(apart.codePointAt(at)))
            at += Character.charCount(apart.codePointAt(at));
        if (at == apart.length()) return COMPOSED.normalize(apart);
        int first = apart.codePointAt(at);
        return COMPOSED.normalize(apart.substring(0, at)
                + Character.toString(UCharacter.toTitleCase(first))
                + apart.substring(at + Character.charCount(first)));
    }

    /** The letter in front of which an apostrophe stands has one; the apostrophe itself has none, though Unicode has a capital ꞌ. */
    private static boolean hasCapital(int c) {
        return !Characters.apostrophe(c) && UCharacter.toTitleCase(c) != c;
    }

    /** How a letter is written. */
    enum Case {
        SMALL,
        MIXED,
        TITLE,
        CAPITAL
    }

    /**
     * A letter of the list in a text, or something else.
     *
     * @param letter its place in the list; -1 for what is not in it
     * @param text what stands there, decomposed; with the apostrophe that the list has
     * @param tones its marks that are not the letter's own
     */
    record Found(int letter, String text, String tones, Case written) {
        boolean listed() {
            return letter >= 0;
        }

        /** Whether it is written before the consonant that it is spoken behind. */
        boolean prevowel() {
            return UCharacter.hasBinaryProperty(text.codePointAt(0), UProperty.LOGICAL_ORDER_EXCEPTION);
        }

        String composed() {
            return COMPOSED.normalize(text);
        }
    }

    /** The beginning of a text, read: vowels that are written before their consonant come behind it. */
    List<Found> read(String text) {
        var units = units(text);
        var found = new ArrayList<Found>(units.size());
        for (int at = 0; at < units.size() && found.size() < MOST_READ; ) {
            int end = prevowel(units, at) ? at + 1 : longest(units, at, found);
            if (end == at + 1 && prevowel(units, at)) end = afterPrevowel(units, at, found);
            at = end;
        }
        return found;
    }

    private static boolean prevowel(List<Unit> units, int at) {
        return at + 1 < units.size()
                && UCharacter.hasBinaryProperty(units.get(at).base, UProperty.LOGICAL_ORDER_EXCEPTION)
                && UCharacter.getIntPropertyValue(units.get(at + 1).base, UProperty.INDIC_SYLLABIC_CATEGORY)
                        == UCharacter.IndicSyllabicCategory.CONSONANT;
    }

    private int afterPrevowel(List<Unit> units, int at, List<Found> found) {
        int end = longest(units, at + 1, found);
        longest(units.subList(at, at + 1), 0, found);
        return end;
    }

    /** Adds what stands at a place and says where the next begins. */
    private int longest(List<Unit> units, int at, List<Found> found) {
        var path = new Path();
        search(root, units, at, at, path);
        if (path.letter >= 0) {
            var text = new StringBuilder();
            for (int each = at; each < path.end; each++) text.append(units.get(each));
            found.add(new Found(path.letter, text.toString(), path.rests, written(units, at, path.end)));
            return path.end;
        }
        var unit = units.get(at);
        boolean begins = apostrophes
                && Characters.apostrophe(unit.base)
                && at + 1 < units.size()
                && UCharacter.isLetter(units.get(at + 1).base);
        if (begins) {
            found.add(new Found(-1, "\u02BC" + unit.marks + units.get(at + 1), "", Case.SMALL));
            return at + 2;
        }
        var alone = Characters.apostrophe(unit.base) ? "'" + unit.marks : unit.toString();
        found.add(new Found(-1, alone, "", Case.SMALL));
        return at + 1;
    }

    /** The longest letter found so far. */
    private static final class Path {
        private int letter = -1;
        private int end;
        private final List<String> now = new ArrayList<>(4);
        private String rests = "";
    }

    private void search(Node node, List<Unit> units, int from, int at, Path path) {
        if (node.letter >= 0 && at > path.end) {
            path.letter = node.letter;
            path.end = at;
            path.rests = String.join("", path.now);
        }
        if (at == units.size() || at > from && units.get(at - 1).parts) return;
        var unit = units.get(at);
        for (var edge : node.edges.getOrDefault(unit.base, List.of())) {
            var rest = rest(unit.marks, edge.marks);
            if (rest == null) continue;
            path.now.add(rest);
            int before = path.end;
            search(edge.node, units, from, at + 1, path);
            path.now.remove(path.now.size() - 1);
            if (path.end > before) return; // a letter has all the marks it can get: ñg is no ng with a tone
        }
    }

    /** The marks of a text that are not the letter's: null unless they are tones, and the letter's are all there. */
    private String rest(CharSequence marks, String own) {
        if (marks.isEmpty()) return own.isEmpty() ? "" : null;
        var rest = new StringBuilder(marks);
        for (int at = 0; at < own.length(); at++) {
            int there = rest.indexOf(own.substring(at, at + 1));
            if (there < 0) return null;
            rest.deleteCharAt(there);
        }
        for (int at = 0; at < rest.length(); at++) if (!tone(rest.charAt(at))) return null;
        return rest.toString();
    }

    private boolean tone(char mark) {
        return letterMarks.indexOf(mark) < 0;
    }

    private static Case written(List<Unit> units, int from, int end) {
        int capitals = 0;
        int cased = 0;
        boolean first = false;
        for (int at = from; at < end; at++) {
            int c = units.get(at).written;
            boolean capital = units.get(at).capital();
            if (!capital && UCharacter.toUpperCase(c) == c) continue;
            if (cased++ == 0) first = capital;
            if (capital) capitals++;
        }
        if (capitals == 0) return Case.SMALL;
        if (capitals == 1 && first) return Case.TITLE;
        return capitals == cased ? Case.CAPITAL : Case.MIXED;
    }

    /** What looks like one letter to a reader: a character with the marks on it. */
    private static final class Unit {
        private final int written;
        private int base;
        private final StringBuilder marks = new StringBuilder(0);
        /** Whether a character that cannot be seen keeps it from the next. */
        private boolean parts;

        Unit(int written) {
            this.written = written;
            this.base = UCharacter.foldCase(written, true);
        }

        boolean looksLike(int letter, Set<Integer> bases) {
            if (bases.contains(base) && base != 'b' && base != 'd' || !bases.contains(letter)) return false;
            base = letter;
            return true;
        }

        boolean capital() {
            return UCharacter.foldCase(written, true) != written;
        }

        @Override
        public String toString() {
            return Character.toString(written) + marks;
        }
    }

    private List<Unit> units(String text) {
        var apart = DECOMPOSED.normalize(beginning(text, MOST_CHARS_READ));
        var units = new ArrayList<Unit>(apart.length());
        Unit last = null;
        boolean toned = false;
        for (int at = 0; at < apart.length(); ) {
            int c = apart.codePointAt(at);
            at += Character.charCount(c);
            if (reserved(c)) c = 0xFFFD;
            int kind = Characters.kind(c);
            if (kind == Characters.IGNORED) {
                if (last != null && (c == 0x034F || c == 0x200B || c == 0x200C)) last.parts = true;
            } else if (last != null && attaches(c)) {
                mark(last, (char) c);
            } else if (kind == Characters.APOSTROPHE && apostropheIsTone) {
                toned = true;
            } else {
                if (kind == Characters.APOSTROPHE) c = apostrophes ? LatinSpelling.APOSTROPHE : '\'';
                last = new Unit(c);
                if (last.base == 'ð' || last.base == 'ɖ') last.looksLike('đ', bases);
                if (toned) last.marks.append(TONE_APOSTROPHE);
                toned = false;
                units.add(last);
            }
        }
        return units;
    }

    /** Look-alikes become what the list has: a caron on a vowel a breve, a stroke through b or d the letter with it. */
    private void mark(Unit unit, char mark) {
        boolean stroke = mark == '\u0335' || mark == '\u0336';
        if (stroke && unit.base == 'b' && unit.looksLike('ƀ', bases)) return;
        if (stroke && unit.base == 'd' && unit.looksLike('đ', bases)) return;
        unit.marks.append(mark == CARON && !carons && VOWELS.indexOf(unit.base) >= 0 ? BREVE : mark);
    }

    /** At most so many characters, none of them cut in two. */
    static String beginning(String text, int most) {
        if (text.length() <= most) return text;
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** Whether it belongs to the character before it. Vowel signs of a script of their own are letters. */
    private static boolean attaches(int c) {
        if (c > 0xFFFF || Characters.kind(c) != Characters.MARK) return false;
        int script = UScript.getScript(c);
        return script == UScript.INHERITED || script == UScript.COMMON;
    }

    /** What {@link ListedOrder} writes letters with, and what ICU takes for a command. */
    private static boolean reserved(int c) {
        return c >= ListedOrder.FIRST || UCharacter.hasBinaryProperty(c, UProperty.NONCHARACTER_CODE_POINT);
    }

    private static String sorted(CharSequence marks) {
        return marks.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static final class Node {
        private final Map<Integer, List<Edge>> edges = new HashMap<>();
        private int letter = -1;

        /** Those with more marks stand first: a letter has all the marks it can get. */
        Node next(int base, String marks) {
            var there = edges.computeIfAbsent(base, each -> new ArrayList<>());
            for (var edge : there) if (edge.marks.equals(marks)) return edge.node;
            var edge = new Edge(marks, new Node());
            there.add(edge);
            there.sort((one, other) -> other.marks.length() - one.marks.length());
            return edge.node;
        }
    }

    private record Edge(String marks, Node node) {}
}
