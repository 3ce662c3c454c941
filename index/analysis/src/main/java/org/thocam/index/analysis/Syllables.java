package org.thocam.index.analysis;

import java.util.List;

/**
 * Where an orthographic syllable ends. Spaces are not needed: the same syllables come out with and without them, because a
 * syllable is known by its letters alone, and by the letter or two behind it.
 */
final class Syllables {
    /** No syllable is longer; a base under 90,000 marks is cut into pieces. */
    static final int LONGEST = 64;

    private final Letters letters;
    private final boolean rimeFirst;
    private final boolean closes;
    private final boolean closesBare;

    /**
     * @param rimeFirst whether the vowel is written before the consonant that it follows in speech, each with its own marks (Pahawh)
     * @param closes whether a bare consonant behind a vowel ends its syllable
     * @param closesBare whether it does so behind a vowel that is not written, too
     */
    Syllables(Letters letters, boolean rimeFirst, boolean closes, boolean closesBare) {
        this.letters = letters;
        this.rimeFirst = rimeFirst;
        this.closes = closes;
        this.closesBare = closesBare;
    }

    /** The end of the syllable that begins at {@code from}, which is before {@code to}. */
    int end(char[] text, int from, int to) {
        int end = rimeFirst ? rimeFirst(text, from, to) : syllable(text, from, to);
        return Math.max(end, next(text, from, to));
    }

    private int rimeFirst(char[] text, int from, int to) {
        var role = role(text, from, to);
        int at = dependents(text, next(text, from, to), to, from);
        if (role == Role.INDEPENDENT && role(text, at, to) == Role.CONSONANT)
            return dependents(text, next(text, at, to), to, from);
        return at;
    }

    private int syllable(char[] text, int from, int to) {
        int at = from;
        int prevowel = 0;
        if (role(text, at, to) == Role.PREVOWEL) {
            prevowel = code(text, at, to);
            at = next(text, at, to);
            if (code(text, at, to) == prevowel) at = next(text, at, to);
            int behind = skip(text, at, to);
            if (role(text, behind, to) != null && role(text, behind, to).begins()) at = behind;
        }
        var role = role(text, at, to);
        if (role == null || !role.begins()) return dependents(text, at, to, from);
        int base = code(text, at, to);
        int behind = next(text, at, to);
        at = dependents(text, behind, to, from);
        if (!closes) return at;
        boolean vowel = prevowel != 0 || role == Role.INDEPENDENT || vowel(text, behind, at);
        if (at == behind) {
            int onset = onset(text, base, at, to, prevowel, from);
            if (onset > at) {
                behind = skipBase(text, at, to);
                at = onset;
                vowel |= vowel(text, behind, at);
            }
        }
        int letterVowel = letterVowel(text, prevowel, behind, at, to);
        if (letterVowel > at) {
            at = letterVowel;
            vowel = true;
        }
        if ((vowel || closesBare) && bareFinal(text, at, to)) at = dependents(text, skipBase(text, at, to), to, from);
        return at;
    }

    private int skipBase(char[] text, int at, int to) {
        return next(text, skip(text, at, to), to);
    }

    /** The end of a second consonant of the onset with its marks, {@code at} where there is none. */
    private int onset(char[] text, int base, int at, int to, int prevowel, int from) {
        int second = skip(text, at, to);
        if (second >= to || !letters.onset(base, code(text, second, to))) return at;
        int behind = next(text, second, to);
        int end = dependents(text, behind, to, from);
        boolean carries = vowel(text, behind, end)
                || letterVowel(text, prevowel, behind, end, to) > end
                || prevowel != 0 && bareFinal(text, end, to);
        return carries ? end : at;
    }

    /** The end of a vowel written with letters, such as Lao {@code ເ◌ືອ}; {@code at} where there is none. */
    private int letterVowel(char[] text, int prevowel, int behind, int at, int to) {
        for (var pattern : letters.patternsBehind(prevowel)) {
            int end = match(text, pattern, behind, to);
            if (end > at) return end;
        }
        return at;
    }

    private static final int NEEDS_FINAL = '-';

    private int match(char[] text, List<int[]> pattern, int behind, int to) {
        int at = medials(text, behind, to);
        Role last = null;
        int letter = 0;
        for (var part : pattern) {
            int wanted = part[0];
            if (wanted == NEEDS_FINAL) return bareFinal(text, at, to) ? at : -1;
            at = skipTones(text, at, to);
            if (at >= to || code(text, at, to) != wanted) return -1;
            last = letters.role(wanted);
            letter = wanted;
            at = next(text, at, to);
        }
        if (last == Role.CONSONANT) {
            int following = skip(text, at, to);
            if (following < to) {
                var role = role(text, following, to);
                boolean carries = role != null && !role.begins() && role != Role.PREVOWEL && role != Role.SIGN;
                // of two of the same letter in a row the first begins a syllable: Lao ອອກ
                if (carries || code(text, following, to) == letter) return -1;
            }
        }
        return at;
    }

    /** Past medials and subjoined letters, which stand between the consonant and the vowel: Lao {@code ຫຼວງ}. */
    private int medials(char[] text, int from, int to) {
        int at = from;
        while (at < to) {
            var role = role(text, at, to);
            if (role == Role.SUBJOINER) at = skipBase(text, next(text, at, to), to);
            else if (role == Role.MEDIAL) at = next(text, at, to);
            else return at;
        }
        return at;
    }

    private int skipTones(char[] text, int at, int to) {
        while (at < to) {
            var role = role(text, at, to);
            boolean passed = role == Role.TONE || Characters.kind(code(text, at, to)) == Characters.IGNORED;
            if (!passed) return at;
            at = next(text, at, to);
        }
        return at;
    }

    /** Whether a consonant stands at {@code at} that can only end the syllable before it. */
    private boolean bareFinal(char[] text, int at, int to) {
        int final_ = skip(text, at, to);
        if (final_ >= to) return false;
        int c = code(text, final_, to);
        if (letters.role(c) != Role.CONSONANT || !letters.mayEnd(c)) return false;
        int behind = next(text, final_, to);
        int following = skip(text, behind, to);
        if (following >= to) return true;
        var role = role(text, following, to);
        if (role == null || role == Role.PREVOWEL || role == Role.SIGN || role == Role.INDEPENDENT) return true;
        if (role != Role.CONSONANT) return false;
        int second = next(text, following, to);
        int secondEnd = dependents(text, second, to, behind);
        if (letters.onset(c, code(text, following, to)) && vowel(text, second, secondEnd)) return false;
        for (var pattern : letters.patternsBehind(0)) {
            boolean here =
                    letters.role(pattern.get(0)[0]) == Role.CONSONANT && match(text, pattern, behind, to) > behind;
            if (here) return false;
        }
        return true;
    }

    private boolean vowel(char[] text, int from, int to) {
        for (int at = from; at < to; at = next(text, at, to)) {
            var role = role(text, at, to);
            if (role != null && (role.vowel() || role == Role.PREVOWEL)) return true;
        }
        return false;
    }

    /** Past all that leans on the letter before it. */
    private int dependents(char[] text, int from, int to, int start) {
        int at = from;
        while (at < to && at - start < LONGEST) {
            int c = code(text, at, to);
            var role = letters.role(c);
            if (role == null) {
                int kind = Characters.kind(c);
                if (kind != Characters.MARK && kind != Characters.IGNORED) return at;
                at = next(text, at, to);
            } else if (role == Role.SUBJOINER) {
                at = next(text, at, to);
                var subjoined = role(text, skip(text, at, to), to);
                if (subjoined != null && subjoined.begins()) at = skipBase(text, at, to);
            } else if (role == Role.PREVOWEL) {
                // stored behind its consonant, as New Tai Lue was before Unicode 8
                var following = role(text, skip(text, next(text, at, to), to), to);
                boolean own = rimeFirst || following != null && (following.begins() || following == Role.PREVOWEL);
                if (own || at == from && from == start) return at;
                at = next(text, at, to);
            } else if (role.begins()) return at;
            else if (closes && role == Role.POST && vowel(text, start, at) && !together(text, start, at, c)) return at;
            else at = next(text, at, to);
        }
        return at;
    }

    /** Whether a spacing vowel belongs to the vowel before it, and is not a syllable of its own, such as Tai Viet ꪽ. */
    private boolean together(char[] text, int from, int to, int post) {
        var pattern = new StringBuilder();
        for (int at = from; at < to; at = next(text, at, to)) {
            int c = code(text, at, to);
            var role = letters.role(c);
            if (role == null || role == Role.TONE || role == Role.SIGN) continue;
            if (role.vowel() || role == Role.PREVOWEL) pattern.appendCodePoint(c);
            else if (pattern.indexOf("◌") < 0) pattern.append('◌');
            else if (role.begins()) pattern.setLength(pattern.indexOf("◌") + 1);
        }
        return letters.vowel(pattern.appendCodePoint(post).toString()) != null;
    }

    private static int skip(char[] text, int at, int to) {
        while (at < to && Characters.kind(code(text, at, to)) == Characters.IGNORED) at = next(text, at, to);
        return at;
    }

    private Role role(char[] text, int at, int to) {
        return at < to ? letters.role(code(text, at, to)) : null;
    }

    private static int code(char[] text, int at, int to) {
        return at < to ? Character.codePointAt(text, at, to) : -1;
    }

    private static int next(char[] text, int at, int to) {
        return at < to ? at + Character.charCount(Character.codePointAt(text, at, to)) : at;
    }
}
