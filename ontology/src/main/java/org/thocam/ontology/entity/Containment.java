package org.thocam.ontology.entity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which place lies in which, followed through: what a row says ({@code part_of}), and that one of the 63 provinces until June 2025 lies
 * in the one of the 34 that it became part of ({@code merged_into}). Cannot be changed.
 */
public final class Containment {
    /** One statement of a table: the cell of a column of {@code place} names {@code in}. */
    public record Step(String place, String column, String in) {}

    private static final List<String> COLUMNS = List.of("part_of", "merged_into");

    private final Map<String, List<Step>> out = new HashMap<>();
    private final Map<String, List<Step>> back = new HashMap<>();

    private Containment() {}

    public static Containment of(Register register) {
        var containment = new Containment();
        for (var place : register.of(EntityKind.PLACE))
            for (var column : COLUMNS)
                for (var in : place.list(column)) {
                    var step = new Step(place.id(), column, in);
                    containment
                            .out
                            .computeIfAbsent(place.id(), id -> new ArrayList<>())
                            .add(step);
                    containment
                            .back
                            .computeIfAbsent(in, id -> new ArrayList<>())
                            .add(step);
                }
        return containment;
    }

    /** Every place that this one lies in, near ones first; itself is not among them unless the tables say so in a circle. */
    public Set<String> around(String place) {
        return reached(place, out, true);
    }

    /** Every place that lies in this one, near ones first. */
    public Set<String> within(String place) {
        return reached(place, back, false);
    }

    private static Set<String> reached(String start, Map<String, List<Step>> steps, boolean up) {
        var seen = new LinkedHashSet<String>();
        var open = new ArrayDeque<String>(List.of(start));
        while (!open.isEmpty())
            for (var step : steps.getOrDefault(open.remove(), List.of())) {
                var next = up ? step.in : step.place;
                if (seen.add(next)) open.add(next);
            }
        return Collections.unmodifiableSet(seen);
    }

    /** The shortest way by which a place lies in another, as the tables say it step by step; empty where it does not. */
    public Optional<List<Step>> why(String place, String in) {
        var by = new LinkedHashMap<String, Step>();
        var open = new ArrayDeque<String>(List.of(place));
        while (!open.isEmpty())
            for (var step : out.getOrDefault(open.remove(), List.of()))
                if (by.putIfAbsent(step.in, step) == null) open.add(step.in);
        if (!by.containsKey(in)) return Optional.empty();
        var way = new ArrayList<Step>();
        var step = by.get(in);
        while (true) {
            way.add(0, step);
            if (step.place.equals(place)) return Optional.of(way);
            step = by.get(step.place);
        }
    }
}
