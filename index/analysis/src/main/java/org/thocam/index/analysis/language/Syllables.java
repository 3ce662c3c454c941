package org.thocam.index.analysis.language;

import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The syllables an orthography can write: presyllable, onset, rime, tone letter. A word is well formed when it is a row of them.
 *
 * @param stops finals that, in an orthography with tone marks, stand only with one of {@code stopTones}
 */
record Syllables(
        Parts presyllables,
        Parts onsets,
        Parts rimes,
        Set<String> toneLetters,
        Set<Integer> toneMarks,
        Set<String> stops,
        Set<Integer> stopTones,
        int most) {
    private static final Normalizer2 NFD = Normalizer2.getNFDInstance();
    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

    /** What may stand in one place of a syllable, and how long the longest of it is: nothing longer need be looked up. */
    record Parts(Set<String> written, int longest) {
        static Parts of(Set<String> written) {
            return new Parts(
                    Set.copyOf(written),
                    written.stream().mapToInt(String::length).max().orElse(0));
        }

        boolean has(String word, int from, int to) {
            return written.contains(word.substring(from, to));
        }
    }

    Syllables {
        toneLetters = Set.copyOf(toneLetters);
        toneMarks = Set.copyOf(toneMarks);
        stops = Set.copyOf(stops);
        stopTones = Set.copyOf(stopTones);
    }

    static Syllables from(Map<String, List<String>> lines) {
        var rimes = new ArrayList<>(lines.getOrDefault("rime", List.of()));
        for (var vowel : lines.getOrDefault("vowel", List.of()))
            for (var end : lines.getOrDefault("final", List.of("-"))) rimes.add(vowel + orNothing(end));
        return new Syllables(
                Parts.of(plain(lines.getOrDefault("presyllable", List.of()))),
                Parts.of(plain(lines.getOrDefault("onset", List.of("-")))),
                Parts.of(plain(rimes)),
                plain(lines.getOrDefault("tone", List.of("-"))),
                points(lines.getOrDefault("tonemarks", List.of())),
                plain(lines.getOrDefault("stops", List.of())),
                points(lines.getOrDefault("stoptones", List.of())),
                Integer.parseInt(lines.getOrDefault("syllables", List.of("9")).get(0)));
    }

    private static Set<String> plain(List<String> written) {
        return written.stream().map(Syllables::orNothing).collect(Collectors.toSet());
    }

    private static Set<Integer> points(List<String> hex) {
        return hex.stream().map(h -> Integer.parseInt(h, 16)).collect(Collectors.toSet());
    }

    private static String orNothing(String written) {
        return written.equals("-") ? "" : written;
    }

    boolean write(String word) {
        if (rimes.written().isEmpty()) return true;
        if (toneMarks.isEmpty()) return row(word, -1);
        var bare = new StringBuilder();
        int tone = 0;
        int tones = 0;
        for (int c : NFD.normalize(word).codePoints().toArray()) {
            if (toneMarks.contains(c)) {
                tone = c;
                tones++;
            } else bare.appendCodePoint(c);
        }
        if (tones > most) return false;
        return row(NFC.normalize(bare), tone);
    }

    /** Marks every place where a syllable can end, from left to right. */
    private boolean row(String word, int tone) {
        var ends = new int[word.length() + 1];
        for (int start = 0; start < word.length(); start++) {
            int before = ends[start];
            if (start > 0 && before == 0) continue;
            if (before >= most) continue;
            syllablesAt(word, start, tone, before, ends);
            for (int end = start + 1; end <= Math.min(word.length(), start + presyllables.longest()); end++)
                if (presyllables.has(word, start, end)) syllablesAt(word, end, tone, before, ends);
        }
        return ends[word.length()] > 0;
    }

    private void syllablesAt(String word, int start, int tone, int before, int[] ends) {
        for (int rime = start; rime <= Math.min(word.length(), start + onsets.longest()); rime++) {
            if (!onsets.has(word, start, rime)) continue;
            for (int letter = rime + 1; letter <= Math.min(word.length(), rime + rimes.longest()); letter++) {
                if (!rimes.has(word, rime, letter) || !toneFits(word.substring(rime, letter), tone)) continue;
                for (var toneLetter : toneLetters) {
                    int end = letter + toneLetter.length();
                    if (word.startsWith(toneLetter, letter) && (ends[end] == 0 || ends[end] > before + 1))
                        ends[end] = before + 1;
                }
            }
        }
    }

    private boolean toneFits(String rime, int tone) {
        return tone < 0
                || stops.isEmpty()
                || stopTones.contains(tone)
                || stops.stream().noneMatch(rime::endsWith);
    }
}
