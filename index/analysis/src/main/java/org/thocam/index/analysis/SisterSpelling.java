package org.thocam.index.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two orthographies of one language write the same onsets, rimes and tones with other letters, as RPA and the alphabet of Viet Nam do
 * for Hmong: a syllable of one is spelled in the other, part by part. The table is the section {@code [sister]} of one of the two.
 */
final class SisterSpelling {
    private static final int LONGEST = 16;
    private static final int MOST = 12;

    private final Map<String, List<String>> onsets = new LinkedHashMap<>();
    private final Map<String, List<String>> rimes = new LinkedHashMap<>();
    private final Map<String, List<String>> tones = new LinkedHashMap<>();

    private List<String> onsetsByLength = List.of();
    private List<String> rimesByLength = List.of();

    private SisterSpelling() {}

    private SisterSpelling complete() {
        onsetsByLength = longestFirst(onsets);
        rimesByLength = longestFirst(rimes);
        return this;
    }

    /** From the orthography that has the table to its sister. */
    static SisterSpelling from(Description description) {
        var table = new SisterSpelling();
        for (var line : description.section("sister")) {
            var here = silent(line.at(1));
            for (var there : line.at(2).split("/")) table.add(description, line, here, silent(there));
        }
        return table.complete();
    }

    /** From the sister to the orthography that has the table. */
    static SisterSpelling to(Description description) {
        var table = new SisterSpelling();
        for (var line : description.section("sister"))
            for (var there : line.at(2).split("/")) table.add(description, line, silent(there), silent(line.at(1)));
        return table.complete();
    }

    private static String silent(String letters) {
        return letters.equals("-") ? "" : letters;
    }

    private void add(Description description, Description.Line line, String from, String to) {
        var part =
                switch (line.at(0)) {
                    case "onset" -> onsets;
                    case "rime" -> rimes;
                    case "tone" -> tones;
                    default ->
                        throw description.wrong(line.number(), "part '" + line.at(0) + "': want onset, rime or tone");
                };
        var all = part.computeIfAbsent(from, key -> new ArrayList<>());
        if (!all.contains(to)) all.add(to);
    }

    /** The spellings of a syllable, the likeliest first; empty where it is not made of parts that the table knows. */
    List<String> of(String syllable) {
        if (syllable.length() > LONGEST) return List.of();
        for (var onset : onsetsByLength) {
            if (!syllable.startsWith(onset)) continue;
            for (var rime : rimesByLength) {
                if (!syllable.startsWith(rime, onset.length())) continue;
                var tone = tones.get(syllable.substring(onset.length() + rime.length()));
                if (tone != null) return product(onsets.get(onset), rimes.get(rime), tone);
            }
        }
        return List.of();
    }

    private static List<String> longestFirst(Map<String, List<String>> part) {
        return part.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static List<String> product(List<String> onsets, List<String> rimes, List<String> tones) {
        Set<String> all = new LinkedHashSet<>();
        int most = onsets.size() + rimes.size() + tones.size();
        // those that depart least from the likeliest letters come first
        for (int sum = 0; sum < most; sum++)
            for (int o = 0; o < onsets.size(); o++)
                for (int r = 0; r < rimes.size(); r++) {
                    int t = sum - o - r;
                    if (t >= 0 && t < tones.size() && all.size() < MOST)
                        all.add(onsets.get(o) + rimes.get(r) + tones.get(t));
                }
        return List.copyOf(all);
    }
}
