package org.thocam.index.analysis.language;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says which language a text is in: the script first, then, where several languages share it, what the text says for each language's
 * description and for "none of these". Pure, safe for threads, and linear in the first {@value Sample#ENOUGH} code units, which are all
 * that is read.
 */
public final class Languages {
    /** Below this share of the evidence nothing is claimed. */
    private static final double CONVINCING = 0.7;
    /** How sure the language is that a script falls back to when nothing in the text speaks for another or against it. */
    private static final double BY_SCRIPT_ALONE = 0.7;

    private static final Map<String, List<Description>> BY_SCRIPT =
            Descriptions.all().stream().collect(Collectors.groupingBy(Description::script));

    private Languages() {}

    public static Identified identify(String text) {
        var sample = Sample.of(text);
        if (sample.script().equals(Sample.NO_SCRIPT)) return Identified.NOTHING;
        var unknown = new Identified("und-" + sample.script(), 0);
        var candidates = BY_SCRIPT.getOrDefault(sample.script(), List.of());
        return candidates.isEmpty() || !sample.saysEnough() ? unknown : best(candidates, sample, unknown);
    }

    private static Identified best(List<Description> candidates, Sample sample, Identified unknown) {
        var evidence = evidenceFor(candidates, sample);
        var shares = shares(evidence, candidates.get(0).doubtsAbout(sample));
        var winner =
                shares.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        if (winner.getValue() >= CONVINCING) return new Identified(winner.getKey(), winner.getValue());

        // close relatives that cannot be told apart are named together, where a tag stands for them all
        var together = new HashMap<String, Double>();
        for (var candidate : candidates)
            candidate.within().ifPresent(group -> together.merge(group, shares.get(candidate.tag()), Double::sum));
        for (var group : together.entrySet())
            if (group.getValue() >= CONVINCING) return new Identified(group.getKey(), group.getValue());

        for (var candidate : candidates)
            if (candidate.fallback() && evidence.get(candidate.tag()) >= 0)
                return new Identified(candidate.tag(), BY_SCRIPT_ALONE);
        return unknown;
    }

    /** A language that is described twice, with its diacritics and without, has the better of the two. */
    private static Map<String, Double> evidenceFor(List<Description> candidates, Sample sample) {
        var evidence = new LinkedHashMap<String, Double>();
        for (var candidate : candidates) evidence.merge(candidate.tag(), candidate.evidenceIn(sample), Math::max);
        return evidence;
    }

    /** What part of all that speaks in the text speaks for each language; {@code none} has its part too. */
    private static Map<String, Double> shares(Map<String, Double> evidence, double none) {
        double top = evidence.values().stream().mapToDouble(e -> e).reduce(none, Math::max);
        double all =
                evidence.values().stream().mapToDouble(e -> Math.exp(e - top)).sum() + Math.exp(none - top);
        var shares = new LinkedHashMap<String, Double>();
        evidence.forEach((tag, e) -> shares.put(tag, Math.exp(e - top) / all));
        return shares;
    }

    /** For whoever tunes a description: what was found for each language, best first. */
    static String explain(String text) {
        var sample = Sample.of(text);
        var candidates = BY_SCRIPT.getOrDefault(sample.script(), List.of());
        var found = evidenceFor(candidates, sample).entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(6)
                .map(e -> "%s=%.1f".formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining(" "));
        return sample.script()
                + (candidates.isEmpty()
                        ? ""
                        : " none=%.1f ".formatted(candidates.get(0).doubtsAbout(sample)) + found);
    }
}
