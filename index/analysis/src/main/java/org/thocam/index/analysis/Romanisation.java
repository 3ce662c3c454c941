package org.thocam.index.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** From native letters to Latin ones, by the tables of a description: onset, vowel and final, each with the spellings in use. */
final class Romanisation {
    private static final int MOST = 24;

    private final WritingSystem system;
    private final Letters letters;

    Romanisation(WritingSystem system, Letters letters) {
        this.system = system;
        this.letters = letters;
    }

    /** The spellings of a text, word for word, the best first. */
    List<String> of(String text) {
        if (letters.isEmpty()) return List.of();
        var all = List.of("");
        for (var word : system.words(text)) {
            var spelled = word.script() == system.script() ? spellings(word.exact()) : List.<String>of();
            if (spelled.isEmpty()) spelled = List.of(word.text());
            all = product(all, word.touches() || all.get(0).isEmpty() ? "" : " ", spelled);
        }
        return all.get(0).isEmpty() ? List.of() : all;
    }

    /** The spellings of one syllable in normal form; empty where the tables do not know a letter of it. */
    List<String> spellings(String exact) {
        var parts = parts(exact);
        if (parts == null) return List.of();
        var onset = List.of("");
        for (int at = 0; at < parts.onset.size(); at++) {
            int c = parts.onset.get(at);
            var letter = letters.letter(c);
            if (letter == null || letter.latin().isEmpty()) return List.of();
            boolean silent = at + 1 < parts.onset.size() && letters.silentFirst(c);
            onset = product(onset, "", silent ? silentFirst(letter.latin()) : letter.latin());
        }
        var whole = product(onset, "", parts.vowels);
        var end = List.of("");
        for (int c : parts.finals) end = product(end, "", letters.ending(c));
        whole = product(whole, "", end);
        if (!parts.bare) return whole;
        var bare = List.of("");
        for (int c : parts.onset) bare = product(bare, "", letters.ending(c));
        var all = new LinkedHashSet<>(whole);
        all.addAll(bare);
        return List.copyOf(all);
    }

    private static List<String> silentFirst(List<String> spellings) {
        var all = new ArrayList<>(spellings);
        if (all.remove("")) all.add(0, "");
        return all;
    }

    /**
     * Where the syllable belongs in the mother language of the family: series of the onset, class of the vowel, final. Null where
     * the description does not say.
     */
    String cognate(String exact) {
        var parts = parts(exact);
        if (parts == null || parts.onset.isEmpty()) return null;
        var letter = letters.letter(parts.onset.get(0));
        if (letter == null || letter.series().isEmpty()) return null;
        var vowel = parts.pattern == null ? null : letters.vowelClass(parts.pattern);
        if (vowel == null) vowel = Sound.of(Sound.letters(parts.vowels.get(0)));
        var key = new StringBuilder(letter.series()).append('-').append(vowel).append('-');
        for (int c : parts.finals) key.append(Sound.of(letters.ending(c).get(0)));
        return key.toString();
    }

    /** @param bare whether it has no vowel of its own: in scripts cut into clusters it may be the end of the one before */
    private record Parts(
            List<Integer> onset, String pattern, List<String> vowels, List<Integer> finals, boolean bare) {}

    private Parts parts(String exact) {
        var codes = exact.codePoints().toArray();
        int at = 0;
        var pattern = new StringBuilder();
        while (at < codes.length && letters.role(codes[at]) == Role.PREVOWEL) pattern.appendCodePoint(codes[at++]);
        if (system.unit().equals("rime-first")) return rimeFirst(codes);
        if (at >= codes.length || letters.role(codes[at]) == null) return null;
        var onset = new ArrayList<Integer>();
        if (!letters.role(codes[at]).begins()) return null;
        boolean independent = letters.role(codes[at]) == Role.INDEPENDENT;
        onset.add(codes[at++]);
        at = more(codes, at, onset, pattern.length() > 0);
        pattern.append('◌');
        var rest = new StringBuilder();
        for (int i = at; i < codes.length; i++) {
            var role = letters.role(codes[i]);
            boolean silent = role == null
                    || role == Role.TONE && letters.letter(codes[i]).latin().equals(List.of(""))
                    || role == Role.SIGN && letters.vowel("◌" + Character.toString(codes[i])) == null;
            if (silent) continue;
            rest.appendCodePoint(codes[i]);
        }
        return vowelAndFinals(onset, pattern.toString(), rest.toString(), independent);
    }

    /** Subjoined letters and medials behind the first, and the second consonant of a written-out onset. */
    private int more(int[] codes, int from, List<Integer> onset, boolean prevowel) {
        int at = from;
        while (at < codes.length) {
            var role = letters.role(codes[at]);
            if (role == Role.SUBJOINER && at + 1 < codes.length) {
                onset.add(codes[at + 1]);
                at += 2;
            } else if (role == Role.MEDIAL) onset.add(codes[at++]);
            else if (role == Role.TONE) {
                boolean marksFollow = at + 1 < codes.length && letters.role(codes[at + 1]) == Role.SUBJOINER;
                if (!marksFollow) return at;
                at++;
            } else if (role == Role.CONSONANT && onset.size() == 1 && letters.onset(onset.get(0), codes[at])) {
                boolean carries = at + 1 < codes.length
                        && letters.role(codes[at + 1]) != null
                        && (letters.role(codes[at + 1]) != Role.CONSONANT || prevowel || vowelLetter(codes[at + 1]));
                if (!carries) return at;
                onset.add(codes[at++]);
            } else return at;
        }
        return at;
    }

    private boolean vowelLetter(int c) {
        var pattern = "◌" + Character.toString(c);
        return letters.vowel(pattern) != null || letters.vowel(pattern + "-") != null;
    }

    private Parts vowelAndFinals(List<Integer> onset, String before, String rest, boolean independent) {
        for (int length = rest.length(); length >= 0; length--) {
            var pattern = before + rest.substring(0, length);
            var vowels = letters.vowel(pattern);
            if (vowels == null) vowels = letters.vowel(pattern + "-");
            if (vowels == null) continue;
            if (length == 0 && independent && before.equals("◌")) vowels = List.of("");
            var finals = new ArrayList<Integer>();
            var extra = new ArrayList<String>();
            split(rest.substring(length), finals, extra);
            if (length == 0 && !extra.isEmpty() && before.equals("◌")) vowels = List.of("");
            var spelled = vowels;
            for (var vowel : extra)
                spelled = spelled.stream().map(one -> one + vowel).toList();
            boolean bare = rest.isEmpty()
                    && before.equals("◌")
                    && !independent
                    && system.unit().equals("cluster");
            return new Parts(onset, extra.isEmpty() ? pattern : null, spelled, finals, bare);
        }
        return null;
    }

    /** A tone that is a letter in Latin, as in RPA, is written behind the syllable. */
    private void split(String rest, List<Integer> finals, List<String> vowels) {
        rest.codePoints().forEach(c -> {
            var role = letters.role(c);
            if (role == null || role == Role.SUBJOINER) return;
            if (role == Role.CONSONANT
                    || role == Role.FINAL
                    || role == Role.MEDIAL
                    || role == Role.INDEPENDENT
                    || role == Role.TONE) {
                finals.add(c);
                return;
            }
            var alone = letters.vowel("◌" + Character.toString(c));
            vowels.add(alone != null ? alone.get(0) : letters.letter(c).latin().get(0));
        });
    }

    /** Pahawh: the rime with its mark is one vowel with its tone, the onset with its mark one consonant. */
    private Parts rimeFirst(int[] codes) {
        var rime = new StringBuilder();
        var onset = new StringBuilder();
        var current = rime;
        for (int c : codes) {
            var role = letters.role(c);
            if (role == Role.CONSONANT) current = onset;
            else if (role == null) continue;
            current.appendCodePoint(c);
        }
        var vowels = rime.isEmpty() ? letters.vowel("◌") : letters.vowel(rime.toString());
        var consonants = onset.isEmpty() ? letters.vowel("k") : letters.vowel(onset.toString());
        if (vowels == null || consonants == null) return null;
        return new Parts(List.of(), null, product(consonants, "", vowels), List.of(), false);
    }

    private static List<String> product(List<String> firsts, String between, List<String> seconds) {
        return Sound.joined(firsts, between, seconds, MOST);
    }
}
