package org.thocam.index.analysis;

import com.ibm.icu.text.UnicodeSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The letters of a script with syllables: what each is, how it is written in Latin, and to which old consonant it goes back. */
final class Letters {
    private static final byte UNKNOWN = -1;

    private final int first;
    private final byte[] roles;
    private final Map<Integer, Letter> letters = new HashMap<>();
    private final Map<String, List<String>> vowels = new HashMap<>();
    private final Map<String, String> vowelClasses = new HashMap<>();
    private final Map<Integer, List<String>> finals = new HashMap<>();
    private final Map<Integer, List<List<int[]>>> patterns = new HashMap<>();
    private final Set<Long> onsets = new HashSet<>();
    private final Set<Integer> silentFirst = new HashSet<>();
    private final List<String> inherent;

    /**
     * @param latin how it is written in Latin letters, the best first
     * @param series the consonant of the mother language that it goes back to, the same in all scripts of a family; else empty
     */
    record Letter(Role role, boolean mayEnd, List<String> latin, String series) {}

    private Letters(int first, int size, List<String> inherent) {
        this.first = first;
        this.roles = new byte[size];
        this.inherent = inherent;
        Arrays.fill(roles, UNKNOWN);
    }

    static Letters of(Description description) {
        var lines = description.section("letters");
        int low = Integer.MAX_VALUE;
        int high = 0;
        for (var line : lines)
            for (var c : characters(line.at(0))) {
                low = Math.min(low, c.codePointAt(0));
                high = Math.max(high, c.codePointAt(0));
            }
        if (lines.isEmpty()) return new Letters(0, 0, List.of());
        var letters = new Letters(
                low, high - low + 1, spellings(description.optional("inherent").orElse("a")));
        for (var line : lines) letters.add(description, line);
        for (var line : description.section("finals"))
            letters.finals.put(line.at(0).codePointAt(0), spellings(line.at(1)));
        for (var line : description.section("vowels")) {
            var pattern = line.at(0);
            letters.vowels.put(pattern, spellings(line.at(1)));
            if (!line.at(2).isEmpty()) letters.vowelClasses.put(pattern, line.at(2));
            letters.learn(pattern);
        }
        for (var letter : description.words("silent-first")) letters.silentFirst.add(letter.codePointAt(0));
        for (var onset : description.words("onsets")) {
            int head = onset.codePointAt(0);
            letters.onsets.add(pair(head, onset.codePointAt(Character.charCount(head))));
        }
        return letters;
    }

    /** Those of a set in brackets, or simply written side by side. */
    private static UnicodeSet characters(String column) {
        return column.startsWith("[") ? new UnicodeSet(column) : new UnicodeSet().addAll(column);
    }

    private void add(Description description, Description.Line line) {
        boolean ends = line.at(1).endsWith("*");
        Role role;
        try {
            role = Role.named(ends ? line.at(1).substring(0, line.at(1).length() - 1) : line.at(1));
        } catch (IllegalArgumentException e) {
            throw description.wrong(line.number(), e.getMessage());
        }
        var letter = new Letter(role, ends, spellings(line.at(2)), line.at(3));
        for (var c : characters(line.at(0))) {
            letters.put(c.codePointAt(0), letter);
            roles[c.codePointAt(0) - first] = (byte) role.ordinal();
        }
    }

    /** {@code a/aa}; a minus sign for silence. */
    private static List<String> spellings(String column) {
        var all = new ArrayList<String>();
        for (var one : column.split("/")) all.add(one.equals("-") ? "" : one);
        return List.copyOf(all);
    }

    /** A vowel that is written with letters, such as Lao {@code ເ◌ືອ}: the letters belong to it where the pattern fits. */
    private void learn(String pattern) {
        int hole = pattern.indexOf('◌');
        if (hole < 0) return;
        int before = hole == 0 ? 0 : pattern.codePointAt(0);
        var after = pattern.substring(hole + 1).codePoints().toArray();
        if (Arrays.stream(after).noneMatch(c -> role(c) == Role.CONSONANT)) return;
        patterns.computeIfAbsent(before, key -> new ArrayList<>())
                .add(Arrays.stream(after).mapToObj(c -> new int[] {c}).toList());
        patterns.get(before).sort((a, b) -> b.size() - a.size());
    }

    private static long pair(int head, int second) {
        return (long) head << 32 | second;
    }

    /** What the character is here, null where this script does not know it. */
    Role role(int c) {
        int at = c - first;
        if (at < 0 || at >= roles.length || roles[at] == UNKNOWN) return null;
        return ROLES[roles[at]];
    }

    private static final Role[] ROLES = Role.values();

    boolean mayEnd(int c) {
        var letter = letters.get(c);
        return letter != null && letter.mayEnd();
    }

    Letter letter(int c) {
        return letters.get(c);
    }

    boolean onset(int head, int second) {
        return onsets.contains(pair(head, second));
    }

    /** Whether it only marks the tone class of the consonant that follows in the same onset, as the h of Lao ໝ does. */
    boolean silentFirst(int c) {
        return silentFirst.contains(c);
    }

    /** Vowels written with letters behind this prevowel (0 for none), the longest first. */
    List<List<int[]>> patternsBehind(int prevowel) {
        return patterns.getOrDefault(prevowel, List.of());
    }

    /** How a vowel is written in Latin, null where the table does not have it; the pattern is {@code ເ◌ືອ}, with the consonant's place. */
    List<String> vowel(String pattern) {
        return pattern.equals("◌") ? inherent : vowels.get(pattern);
    }

    String vowelClass(String pattern) {
        return vowelClasses.get(pattern);
    }

    List<String> ending(int c) {
        var special = finals.get(c);
        if (special != null) return special;
        var letter = letters.get(c);
        return letter == null ? List.of("") : letter.latin();
    }

    boolean isEmpty() {
        return letters.isEmpty();
    }
}
