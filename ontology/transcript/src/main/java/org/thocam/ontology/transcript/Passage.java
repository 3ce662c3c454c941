package org.thocam.ontology.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is sought and shown as one: the pieces of one tier that have no time of their own but share that of the phrase they are parts of, joined by
 * blanks. A word that has its own time is a passage of its own, so that a hit leads to its second.
 *
 * @param number from 0, in the order of the file; the same file gives the same numbers
 * @param tier index in {@link Transcript#tiers}
 * @param segments indexes in {@link Transcript#segments} of its pieces, in their order
 */
public record Passage(
        int number, int tier, Optional<Span> span, Optional<Region> region, String text, List<Integer> segments) {
    public Passage {
        segments = List.copyOf(segments);
    }

    private record Key(int tier, int root) {}

    /** All passages that have a text. */
    public static List<Passage> of(Transcript transcript) {
        var groups = new LinkedHashMap<Key, List<Integer>>();
        var segments = transcript.segments();
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).text().isBlank()) continue;
            groups.computeIfAbsent(new Key(segments.get(i).tier(), root(segments, i)), key -> new ArrayList<>())
                    .add(i);
        }
        var passages = new ArrayList<Passage>(groups.size());
        for (Map.Entry<Key, List<Integer>> group : groups.entrySet()) {
            var first = segments.get(group.getValue().get(0));
            var text = new StringBuilder();
            for (int i : group.getValue()) {
                if (text.length() > 0) text.append(' ');
                text.append(segments.get(i).text().strip());
            }
            passages.add(new Passage(
                    passages.size(), first.tier(), first.span(), first.region(), text.toString(), group.getValue()));
        }
        return passages;
    }

    /** The highest ancestor that has the same time, or no time either. */
    private static int root(List<Segment> segments, int from) {
        int at = from;
        for (int steps = 0; steps < Limits.USUAL.depth(); steps++) {
            var here = segments.get(at);
            if (here.parent().isEmpty() || here.parent().get() >= segments.size()) break;
            int up = here.parent().get();
            var above = segments.get(up);
            if (!sameTime(here, above) || !here.region().equals(above.region())) break;
            at = up;
        }
        return at;
    }

    private static boolean sameTime(Segment one, Segment other) {
        if (one.span().isEmpty() || other.span().isEmpty())
            return one.span().isEmpty() == other.span().isEmpty();
        var a = one.span().get();
        var b = other.span().get();
        return a.start() == b.start() && a.end() == b.end();
    }
}
