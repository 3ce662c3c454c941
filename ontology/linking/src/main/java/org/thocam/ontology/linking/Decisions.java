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

    /** Start and end in code points; a surface that is no longer there so often has none. One pass for each surface. */
    private static Map<MentionDecision, int[]> places(List<MentionDecision> decisions, String text) {
        var bySurface = new HashMap<String, List<MentionDecision>>();
        for (var decision : decisions)
            bySurface
                    .computeIfAbsent(decision.surface(), surface -> new ArrayList<>())
                    .add(decision);
        var places = new HashMap<MentionDecision, int[]>();
        bySurface.forEach((surface, of) -> {
            int last = of.stream().mapToInt(MentionDecision::ordinal).max().orElse(0);
            int ordinal = 0;
            int points = 0;
            int before = 0;
            for (int at = text.indexOf(surface); at >= 0 && ordinal <= last; at = text.indexOf(surface, at + 1)) {
                points += text.codePointCount(before, at);
                before = at;
                for (var decision : of)
                    if (decision.ordinal() == ordinal)
                        places.put(decision, new int[] {points, points + surface.codePointCount(0, surface.length())});
                ordinal++;
            }
        });
        return places;
    }
}
