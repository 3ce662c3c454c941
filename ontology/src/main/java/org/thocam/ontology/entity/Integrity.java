package org.thocam.ontology.entity;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.thocam.ontology.Shown;

/**
 * Whether all that is registered fits together: ids that cells name exist, no place lies in itself, no time ends before it begins, and
 * there is one figure of a people in a place and year. An edit is checked by checking the register that it would make.
 */
public final class Integrity {
    private final Register register;
    /** By identity: the line that an entity or a figure stands in, if any. */
    private final Map<Object, Integer> lines;

    private final List<Fault> faults = new ArrayList<>();

    private Integrity(Register register, Map<Object, Integer> lines) {
        this.register = register;
        this.lines = lines;
    }

    /** What does not fit, in the order of the tables: at most 1,000 faults; empty where all fits. */
    public static List<Fault> faults(Register register) {
        return faults(register, Map.of());
    }

    static List<Fault> faults(Register register, Map<Object, Integer> lines) {
        var integrity = new Integrity(register, lines);
        for (var entity : register.all()) {
            if (integrity.full()) break;
            integrity.names(entity);
            integrity.times(entity);
            integrity.halfPoints(entity);
        }
        integrity.circles();
        integrity.figures();
        return List.copyOf(integrity.faults);
    }

    private void names(Entity entity) {
        for (var column : entity.kind().columns())
            if (column.points())
                for (var target : entity.list(column.name())) {
                    if (register.find(target).isEmpty())
                        fault(
                                entity,
                                column.name(),
                                Shown.of(target),
                                "the id of a "
                                        + EntityKind.ofId(target)
                                                .map(EntityKind::word)
                                                .orElse("known entity") + " that is in the tables");
                    else if (target.equals(entity.id()))
                        fault(entity, column.name(), Shown.of(target), "another than itself");
                }
    }

    private void times(Entity entity) {
        var from = entity.text("valid_from");
        var to = entity.text("valid_to");
        if (!from.isEmpty() && !to.isEmpty() && LocalDate.parse(from).isAfter(LocalDate.parse(to)))
            fault(entity, "valid_to", to, "a day on or after valid_from " + from);
    }

    private void halfPoints(Entity entity) {
        boolean lat = !entity.text("lat").isEmpty();
        if (lat == entity.text("lon").isEmpty()) fault(entity, lat ? "lon" : "lat", "", "lat and lon, or neither");
    }

    /** Places that lie in themselves, each told once; a step to itself was told already. */
    private void circles() {
        var places = new HashMap<String, Entity>();
        for (var place : register.of(EntityKind.PLACE)) places.put(place.id(), place);
        Function<String, List<String>> up = id -> places.containsKey(id)
                ? places.get(id).list("part_of").stream()
                        .filter(in -> !in.equals(id))
                        .toList()
                : List.of();
        // what remains after places without an open step up are taken away, again and again, are circles and what lies
        // in them
        var open = new HashMap<String, Set<String>>();
        var back = new HashMap<String, List<String>>();
        var done = new ArrayDeque<String>();
        for (var id : places.keySet()) {
            var steps = new HashSet<String>();
            for (var in : up.apply(id)) if (places.containsKey(in)) steps.add(in);
            open.put(id, steps);
            for (var in : steps)
                back.computeIfAbsent(in, one -> new ArrayList<>()).add(id);
            if (steps.isEmpty()) done.add(id);
        }
        while (!done.isEmpty()) {
            var id = done.remove();
            for (var inside : back.getOrDefault(id, List.of())) {
                open.get(inside).remove(id);
                if (open.get(inside).isEmpty()) done.add(inside);
            }
        }
        for (var place : register.of(EntityKind.PLACE))
            if (!open.get(place.id()).isEmpty())
                fault(
                        place,
                        "part_of",
                        place.text("part_of"),
                        "places that do not lie in this one: "
                                + String.join(", ", new TreeSet<>(open.get(place.id())))
                                + " leads into a circle");
    }

    private void figures() {
        Map<String, Integer> seen = new HashMap<>();
        for (var figure : register.observations()) {
            if (full()) break;
            if (!figure.people().equals(Observation.TOTAL)) known(figure, "people", figure.people(), EntityKind.PEOPLE);
            known(figure, "place", figure.place(), EntityKind.PLACE);
            if (figure.persons() < 0) fault(figure, "value", "" + figure.persons(), "0 persons or more");
            if (seen.merge(figure.id(), 1, Integer::sum) > 1)
                fault(figure, "", figure.id(), "one figure of a people in a place and year");
        }
    }

    private void known(Observation figure, String column, String id, EntityKind kind) {
        if (register.find(id).filter(entity -> entity.kind() == kind).isEmpty())
            fault(figure, column, id, "the id of a " + kind.word() + " that is in the tables");
    }

    private boolean full() {
        return faults.size() >= FaultyEntitiesException.MOST;
    }

    private void fault(Entity entity, String column, String found, String expected) {
        if (!full())
            faults.add(new Fault(
                    entity.kind().table(), lines.getOrDefault(entity, 0), entity.id(), column, found, expected, ""));
    }

    private void fault(Observation figure, String column, String found, String expected) {
        if (!full())
            faults.add(new Fault(
                    Tables.OBSERVATIONS, lines.getOrDefault(figure, 0), figure.id(), column, found, expected, ""));
    }
}
