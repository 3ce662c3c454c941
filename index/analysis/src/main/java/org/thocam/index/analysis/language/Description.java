package org.thocam.index.analysis.language;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is known of how one language is written, and what a text says for it. The lines of a description are explained in
 * {@code README.txt} beside the descriptions.
 */
record Description(
        String tag,
        String script,
        Optional<String> within,
        boolean fallback,
        boolean spaced,
        boolean apostrophes,
        Set<Integer> letters,
        Syllables syllables,
        List<Pattern> strong,
        List<Pattern> marks,
        List<Pattern> never,
        Set<String> functionWords,
        double prior,
        Points points) {
    private static final int ENOUGH_OF_ONE = 4;
    private static final int STRONG = 3;

    /** What a word says for the language, as the logarithm of how much likelier it is there than in another language of the script. */
    record Points(double function, double marked, double plain, double foreign) {}

    static Description of(Map<String, List<String>> lines) {
        var points = lines.getOrDefault("points", List.of("2.5", "1.2", "0", "-2")).stream()
                .map(Double::valueOf)
                .toList();
        var tag = lines.get("tag").get(0);
        var letters = String.join("", lines.getOrDefault("letters", List.of()));
        return new Description(
                tag,
                lines.containsKey("script") ? lines.get("script").get(0) : tag.split("-")[1],
                Optional.ofNullable(lines.get("within")).map(w -> w.get(0)),
                lines.containsKey("fallback"),
                !lines.containsKey("unspaced"),
                letters.contains("'"),
                letters.codePoints().boxed().collect(Collectors.toSet()),
                Syllables.from(lines),
                patterns(lines.get("strong")),
                patterns(lines.get("mark")),
                patterns(lines.get("never")),
                Set.copyOf(lines.getOrDefault("function", List.of()).stream()
                        .distinct()
                        .toList()),
                Double.parseDouble(lines.getOrDefault("prior", List.of("0")).get(0)),
                new Points(points.get(0), points.get(1), points.get(2), points.get(3)));
    }

    private static List<Pattern> patterns(List<String> written) {
        return written == null
                ? List.of()
                : written.stream().map(Pattern::compile).toList();
    }

    /** What must be outweighed before a language of this script is named. */
    double doubtsAbout(Sample sample) {
        return spaced ? 1.8 + 0.22 * spread(apostrophes ? sample.words() : sample.parts()) : 0.5;
    }

    double evidenceIn(Sample sample) {
        return prior + (spaced ? inWords(sample) : inRun(sample.run()));
    }

    private double inWords(Sample sample) {
        double evidence = 0;
        for (var word : (apostrophes ? sample.words() : sample.parts()).entrySet())
            evidence += pointsOf(word.getKey()) * weight(word.getValue());
        return evidence;
    }

    private static double spread(Map<String, Integer> words) {
        return words.values().stream().mapToDouble(Description::weight).sum();
    }

    /** A word that comes again says less each time. */
    private static double weight(int times) {
        return 0.5 + 0.5 * Math.min(times, ENOUGH_OF_ONE);
    }

    private double pointsOf(String word) {
        // a single letter is a list's number or a formula more often than a word
        if (word.length() == 1 && word.charAt(0) < 0x80)
            return functionWords.contains(word) ? points.function() / 3 : 0;
        if (functionWords.contains(word)) return points.function();
        if (!letters.isEmpty() && !word.codePoints().allMatch(letters::contains)) return points.foreign();
        if (!syllables.write(word)) return points.foreign();
        for (var pattern : never) if (pattern.matcher(word).find()) return points.foreign();
        for (var pattern : strong) if (pattern.matcher(word).find()) return STRONG * points.marked();
        for (var pattern : marks) if (pattern.matcher(word).find()) return points.marked();
        return points.plain();
    }

    /** Where no spaces part the words, each thing looked for counts wherever it stands, a few times at most. */
    private double inRun(String run) {
        double evidence = 0;
        for (var word : functionWords) {
            int found = 0;
            for (int at = run.indexOf(word); at >= 0 && found < ENOUGH_OF_ONE; at = run.indexOf(word, at + 1)) found++;
            evidence += found * points.function();
        }
        for (var pattern : strong) evidence += found(pattern, run) * STRONG * points.marked();
        for (var pattern : marks) evidence += found(pattern, run) * points.marked();
        for (var pattern : never) evidence += found(pattern, run) * points.foreign();
        return evidence;
    }

    private static int found(Pattern pattern, String run) {
        int found = 0;
        for (var at = pattern.matcher(run); at.find() && found < 40; ) found++;
        return found;
    }
}
