package org.thocam.index.analysis.query;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.thocam.index.analysis.LetterKeys;

/**
 * Patterns over whole keys of {@link LetterKeys}. What is a letter in the pattern is made a key as the texts were, so that case, composed
 * or decomposed letters and, in the folded key, diacritics make no difference.
 *
 * <p>A letter, to {@code ?} and {@code .}, has the diacritics with it that stand behind it. Regular expressions are these and no more:
 * {@code .}, {@code [ab]}, {@code [a-z]}, {@code [^ab]}, {@code * + ?}, {@code {2}}, {@code {2,}}, {@code {2,3}}, {@code a|b}, {@code (ab)},
 * and {@code \} before a character that is meant as itself. What would cost too much is refused before anything is asked.
 */
public final class KeyPattern {
    /** In characters. */
    public static final int LONGEST = 200;

    private static final int MOST_REPEATED = 100;
    private static final int MOST_STATES = 4_000;
    private static final int MOST_WORK = 20_000;
    /** Enough for whatever {@link #MOST_WORK} let through. */
    public static final int ENOUGH_WORK = 1_000_000;

    private static final int MOST_NESTED = 20;
    private static final String OPERATORS = ".[]()*+?{}|\\^";

    private static final Automaton LETTER = letter();

    private final String text;
    private final LetterKeys keys;
    private int at;
    private int depth;

    private KeyPattern(String text, LetterKeys keys) {
        if (text.codePointCount(0, text.length()) > LONGEST)
            throw new IllegalArgumentException(
                    "pattern: want at most " + LONGEST + " characters, found " + text.codePointCount(0, text.length()));
        this.text = text.strip();
        this.keys = keys;
    }

    private static Automaton letter() {
        var base = Operations.union(
                Automata.makeCharRange(0, 0x02FF), Automata.makeCharRange(0x0370, Character.MAX_CODE_POINT));
        var marks = Operations.repeat(Automata.makeCharRange(0x0300, 0x036F));
        return Operations.determinize(Operations.concatenate(base, marks), MOST_WORK);
    }

    /**
     * Keys that a wildcard pattern matches: {@code *} is any letters or none, {@code ?} is one, {@code \} goes before
     * a star or question mark that is meant as itself.
     *
     * @throws IllegalArgumentException if the pattern is too long or costs too much
     */
    public static Automaton wildcard(String pattern, LetterKeys keys) {
        return new KeyPattern(pattern, keys).made(true);
    }

    /** The same by a regular expression, which has to match the whole key. */
    public static Automaton regex(String pattern, LetterKeys keys) {
        return new KeyPattern(pattern, keys).made(false);
    }

    /** Keys at most so many letters from one that is given; two that changed places count as one here. */
    public static Automaton near(String key, int edits) {
        return new LevenshteinAutomata(key, true).toAutomaton(edits);
    }

    /** The same keys with {@code before} before each, taken as it is. */
    public static Automaton within(String before, Automaton keys) {
        return Operations.determinize(Operations.concatenate(Automata.makeString(before), keys), ENOUGH_WORK);
    }

    /** How many letters of a key may be wrong: of one none, of two to four one, else two. */
    public static int forgiven(String key) {
        int letters = key.codePointCount(0, key.length());
        return letters < 2 ? 0 : letters < 5 ? 1 : 2;
    }

    private Automaton made(boolean wildcard) {
        try {
            var pattern = wildcard ? wildcards() : alternatives();
            if (at < text.length()) throw wrong("')' without '('");
            return Operations.removeDeadStates(Operations.determinize(bounded(pattern), MOST_WORK));
        } catch (TooComplexToDeterminizeException e) {
            throw tooComplex();
        }
    }

    private Automaton wildcards() {
        var parts = new ArrayList<Automaton>();
        var literal = new StringBuilder();
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) literal.append(text.charAt(++at));
            else if (c == '*' || c == '?') {
                literal(literal, parts);
                parts.add(c == '?' ? LETTER : Automata.makeAnyString());
            } else literal.append(c);
        }
        literal(literal, parts);
        return Operations.concatenate(parts);
    }

    private void literal(StringBuilder letters, List<Automaton> parts) {
        if (!letters.isEmpty()) parts.add(Automata.makeString(String.join("", keys.each(letters.toString()))));
        letters.setLength(0);
    }

    private Automaton alternatives() {
        if (++depth > MOST_NESTED) throw wrong("brackets nested deeper than " + MOST_NESTED);
        var all = new ArrayList<Automaton>();
        all.add(sequence());
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            all.add(sequence());
        }
        depth--;
        return all.size() == 1 ? all.get(0) : bounded(Operations.union(all));
    }

    private Automaton sequence() {
        var parts = new ArrayList<Automaton>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') parts.add(repeated(atom()));
        return bounded(Operations.concatenate(parts));
    }

    private Automaton atom() {
        char c = text.charAt(at);
        switch (c) {
            case '.' -> {
                at++;
                return LETTER;
            }
            case '(' -> {
                at++;
                var inner = alternatives();
                if (at >= text.length()) throw wrong("'(' without ')'");
                at++;
                return inner;
            }
            case '[' -> {
                at++;
                return choice();
            }
            case '*', '+', '?', '{' -> throw wrong("nothing before '" + c + "' to repeat");
            case ']', '}' -> throw wrong("'" + c + "' without its opening; write \\" + c + " for the character");
            case '^', '$' ->
                throw wrong("'" + c + "': the whole is matched anyway; write \\" + c + " for the character");
            default -> {
                return Automata.makeString(one());
            }
        }
    }

    /** One letter with its marks, as keys have it. */
    private String one() {
        int from = at;
        if (text.charAt(at) == '\\') {
            at++;
            from = at;
            if (at >= text.length()) throw wrong("'\\' with nothing behind it");
            char next = text.charAt(at);
            if (next < 0x80 && Character.isLetterOrDigit(next))
                throw wrong("'\\" + next + "' is not known; '\\' goes before one of " + OPERATORS);
        }
        at += Character.charCount(text.codePointAt(at));
        while (at < text.length() && Character.getType(text.codePointAt(at)) == Character.NON_SPACING_MARK)
            at += Character.charCount(text.codePointAt(at));
        return String.join("", keys.each(text.substring(from, at)));
    }

    private Automaton choice() {
        boolean not = at < text.length() && text.charAt(at) == '^';
        if (not) at++;
        var members = new ArrayList<Automaton>();
        while (at < text.length() && text.charAt(at) != ']') {
            var first = one();
            boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
            if (!range) {
                members.add(Automata.makeString(first));
                continue;
            }
            at++;
            var last = one();
            if (first.codePointCount(0, first.length()) != 1
                    || last.codePointCount(0, last.length()) != 1
                    || first.codePointAt(0) > last.codePointAt(0))
                throw wrong(
                        "range " + first + "-" + last + ": want two single letters, the first one before the other");
            members.add(Automata.makeCharRange(first.codePointAt(0), last.codePointAt(0)));
        }
        if (at >= text.length()) throw wrong("'[' without ']'");
        at++;
        if (members.isEmpty()) throw wrong("'[]' with nothing in it");
        var any = Operations.union(members);
        return not ? Operations.minus(LETTER, any, MOST_WORK) : any;
    }

    private Automaton repeated(Automaton atom) {
        var all = atom;
        while (at < text.length()) {
            char c = text.charAt(at);
            if ("*+?{".indexOf(c) < 0) return all;
            at++;
            all = switch (c) {
                case '*' -> Operations.repeat(all);
                case '+' -> Operations.repeat(all, 1);
                case '?' -> Operations.optional(all);
                default -> times(all);
            };
            bounded(all);
        }
        return all;
    }

    private Automaton times(Automaton atom) {
        int least = number();
        int most = least;
        boolean open = false;
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            open = at < text.length() && text.charAt(at) == '}';
            if (!open) most = number();
        }
        if (at >= text.length() || text.charAt(at) != '}') throw wrong("'{' without '}'");
        at++;
        if (most < least) throw wrong("{" + least + "," + most + "}: want the smaller number first");
        if ((long) atom.getNumStates() * Math.max(1, most) > MOST_STATES) throw tooComplex();
        return open ? Operations.repeat(atom, least) : Operations.repeat(atom, least, most);
    }

    private int number() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - from < 4) at++;
        if (at == from) throw wrong("'{' without a number; write \\{ for the character");
        int number = Integer.parseInt(text.substring(from, at));
        if (number > MOST_REPEATED) throw wrong("repeated " + number + " times: want at most " + MOST_REPEATED);
        return number;
    }

    private Automaton bounded(Automaton automaton) {
        if (automaton.getNumStates() > MOST_STATES) throw tooComplex();
        return automaton;
    }

    private IllegalArgumentException tooComplex() {
        return new IllegalArgumentException(
                "pattern '" + text + "' is too complex: want fewer repetitions and alternatives within each other");
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("pattern '" + text + "', character " + (at + 1) + ": " + what);
    }
}
