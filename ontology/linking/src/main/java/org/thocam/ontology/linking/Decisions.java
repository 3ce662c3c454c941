package org.thocam.ontology.linking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.thocam.ontology.Mention;
import org.thocam.ontology.MentionDecision;

/** What curators decided on the mentions of one item, put over what was found; the latest decision on a place and entity counts. */
final class Decisions {
    private final Map<String, List<MentionDecision>> byField = new LinkedHashMap<>();

    /** @param known whether there still is an entity of that id: no mention is made of what is gone */
    Decisions(List<MentionDecision> decisions, Predicate<String> known) {
        var latest = new ArrayList<MentionDecision>();
        for (var decision : decisions.stream()
                .sorted(Comparator.comparing(MentionDecision::at))
                .toList()) {
            latest.removeIf(decision::replaces);
            latest.add(decision);
        }
        for (var decision : latest)
            if (known.test(decision.entity()))
                byField.computeIfAbsent(decision.field(), field -> new ArrayList<>())
                        .add(decision);
    }

    /** @param found in the order of their places */
    List<Mention> over(List<Mention> found, String field, String text) {
        var decisions = byField.get(field);
        if (decisions == null) return found;
        var places = places(decisions, text);
        var kept = new ArrayList<>(found);
        var decided = new ArrayList<Mention>();
        for (var decision : decisions) {
            var place = places.get(decision);
            if (place == null) continue;
            int start = place[0];
            int end = place[1];
            if (decision.verdict() == MentionDecision.Verdict.REJECT) {
                kept.removeIf(mention ->
                        mention.entity().equals(decision.entity()) && mention.start() < end && mention.end() > start);
                continue;
            }
            boolean confirmed = decision.verdict() == MentionDecision.Verdict.CONFIRM;
            var reasons = new ArrayList<String>(List.of("decision=" + (confirmed ? "confirmed" : "added")));
            for (var mention : kept)
                if (mention.entity().equals(decision.entity()) && mention.start() < end && mention.end() > start)
                    reasons.addAll(mention.reasons());
            decided.add(new Mention(
                    field,
                    start,
                    end,
                    decision.surface(),
                    decision.entity(),
                    1,
                    reasons,
                    confirmed ? Mention.Review.CONFIRMED : Mention.Review.ADDED));
        }
        for (var mention : decided)
            kept.removeIf(other -> other.start() < mention.end() && other.end() > mention.start());
        kept.addAll(decided);
        kept.sort(Comparator.comparingInt(Mention::start)
                .thenComparingInt(Mention::end)
                .thenComparing(Mention::entity));
        return kept;
    }

    /** A beginning of surfaces that were decided on. */
    private static final class Beginning {
        private final Map<Character, Beginning> longer = new HashMap<>();
        /** By ordinal; empty where no surface ends here. */
        private final Map<Integer, List<MentionDecision>> decisions = new HashMap<>();

        private int found;

        void add(MentionDecision decision) {
            var node = this;
            for (int i = 0; i < decision.surface().length(); i++)
                node = node.longer.computeIfAbsent(decision.surface().charAt(i), next -> new Beginning());
            node.decisions
                    .computeIfAbsent(decision.ordinal(), ordinal -> new ArrayList<>())
                    .add(decision);
        }
    }

    /** Start and end in code points; a surface that is no longer there so often has none. One pass, however many surfaces there are. */
    private static Map<MentionDecision, int[]> places(List<MentionDecision> decisions, String text) {
        var surfaces = new Beginning();
        decisions.forEach(surfaces::add);
        var places = new HashMap<MentionDecision, int[]>();
        int points = 0;
        for (int at = 0; at < text.length(); at++) {
            var node = surfaces.longer.get(text.charAt(at));
            for (int end = at + 1; node != null; end++) {
                if (!node.decisions.isEmpty()) {
                    int length = text.codePointCount(at, end);
                    for (var decision : node.decisions.getOrDefault(node.found++, List.of()))
                        places.put(decision, new int[] {points, points + length});
                }
                node = end < text.length() ? node.longer.get(text.charAt(end)) : null;
            }
            boolean half = Character.isHighSurrogate(text.charAt(at))
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (!half) points++;
        }
        return places;
    }
}
