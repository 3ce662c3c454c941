package org.thocam.index.analysis.language;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says which language a text is in: the script first, then, where several languages share it, each language's description is heard for
 * itself, and "none of these" is heard as well. Pure, safe for threads, linear in a text whose first {@value Sample#ENOUGH} code units
 * are looked at.
 */
public final class Languages {
    /** Below this share of the votes the answer is {@code und}. */
    private static final double CONVINCING = 0.75;

    private static final Map<String, List<Description>> BY_SCRIPT =
            Descriptions.all().stream().collect(Collectors.groupingBy(Description::script));

    private Languages() {}

    public static Identified identify(String text) {
        var sample = Sample.of(text);
        var script = sample.script();
        if (script.equals(Sample.NO_SCRIPT)) return Identified.NOTHING;
        var candidates = BY_SCRIPT.getOrDefault(script, List.of());
        return candidates.isEmpty() ? new Identified("und-" + script, 0) : best(candidates, sample, script);
    }

    private static Identified best(List<Description> candidates, Sample sample, String script) {
        var evidence = new LinkedHashMap<Description, Double>();
        for (var candidate : candidates) evidence.put(candidate, candidate.evidenceIn(sample));
        // what a language must beat to be named at all: the more there is to read, the more of it must speak for the
        // language
        double none = candidates.get(0).doubtsAbout(sample);
        double top = Math.max(
                none, evidence.values().stream().max(Comparator.naturalOrder()).orElse(none));
        double sum = Math.exp(none - top);
        for (double e : evidence.values()) sum += Math.exp(e - top);
        var winner =
                evidence.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        double share = Math.exp(winner.getValue() - top) / sum;
        if (share >= CONVINCING) return new Identified(winner.getKey().tag(), share);
        return together(winner.getKey(), evidence, top, sum, script);
    }

    /** Where only closely related languages are left, the tag that stands for them all; else the language that the script falls back to. */
    private static Identified together(
            Description winner, Map<Description, Double> evidence, double top, double sum, String script) {
        if (winner.within().isPresent()) {
            double share = 0;
            for (var each : evidence.entrySet())
                if (each.getKey().within().equals(winner.within())) share += Math.exp(each.getValue() - top) / sum;
            if (share >= CONVINCING) return new Identified(winner.within().get(), share);
        }
        for (var each : evidence.entrySet())
            // the script's usual language stands in only while nothing in the text speaks against it
            if (each.getKey().fallback() && each.getValue() >= 0)
                return new Identified(
                        each.getKey().tag(), Math.min(0.7, Math.max(0.5, Math.exp(each.getValue() - top) / sum)));
        return new Identified("und-" + script, 0);
    }

    /** For tests and for whoever tunes a description: what each one finds in the text, best first. */
    static String explain(String text) {
        var sample = Sample.of(text);
        return sample.script() + " none="
                + BY_SCRIPT.getOrDefault(sample.script(), List.of()).stream()
                        .findFirst()
                        .map(d -> d.doubtsAbout(sample))
                        .orElse(0.0)
                + " "
                + BY_SCRIPT.getOrDefault(sample.script(), List.of()).stream()
                        .map(d -> Map.entry(d.tag(), d.evidenceIn(sample)))
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(6)
                        .map(e -> "%s=%.1f".formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(" "));
    }
}
