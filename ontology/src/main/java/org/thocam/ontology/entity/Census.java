package org.thocam.ontology.entity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The census figures, asked by people, place and year. A province of July 2025 that took over one old province unchanged has no figures of
 * its own in the tables: it is answered from those of the old one. One that was merged is added up where every old one has a figure.
 * Cannot be changed.
 */
public final class Census {
    private static final String DERIVED = "derived";

    private final Register register;
    private final Map<Key, Observation> byKey = new HashMap<>();
    private final Map<String, List<Observation>> byPlace = new HashMap<>();
    private final Map<String, List<Observation>> byPeople = new HashMap<>();

    private record Key(String people, String place, int year) {}

    /**
     * A figure as it was asked for.
     *
     * @param observation what the tables say, or what was added up: then its place is the one that was asked for
     * @param from the places whose figures it was taken or added up from; empty where the tables have it for the place itself
     */
    public record Figure(Observation observation, List<String> from) {
        public Figure {
            from = List.copyOf(from);
        }
    }

    /**
     * How a people grew between two years, in the same place.
     *
     * @param percent of the first figure
     */
    public record Growth(Figure first, Figure last, double percent) {}

    private Census(Register register) {
        this.register = register;
    }

    public static Census of(Register register) {
        var census = new Census(register);
        for (var one : register.observations()) {
            census.byKey.put(new Key(one.people(), one.place(), one.date().getYear()), one);
            census.byPlace.computeIfAbsent(one.place(), id -> new ArrayList<>()).add(one);
            census.byPeople
                    .computeIfAbsent(one.people(), id -> new ArrayList<>())
                    .add(one);
        }
        return census;
    }

    /** The years that there are figures of, the earliest first. */
    public Set<Integer> years() {
        var years = new TreeSet<Integer>();
        register.observations().forEach(one -> years.add(one.date().getYear()));
        return years;
    }

    /** Every figure of a people, in the order of the tables. */
    public List<Figure> ofPeople(String people, OptionalInt year) {
        return byPeople.getOrDefault(people, List.of()).stream()
                .filter(one -> year.isEmpty() || one.date().getYear() == year.getAsInt())
                .map(one -> new Figure(one, List.of()))
                .toList();
    }

    /** The figures of all peoples in a place, the largest first, by year; without those of all persons together. */
    public List<Figure> ofPlace(String place, OptionalInt year) {
        var figures = new ArrayList<Figure>();
        var peoples = new LinkedHashSet<String>();
        for (var stood : stoodFor(place))
            byPlace.getOrDefault(stood, List.of()).forEach(one -> peoples.add(one.people()));
        peoples.remove(Observation.TOTAL);
        for (int each : years())
            if (year.isEmpty() || year.getAsInt() == each)
                for (var people : peoples) find(people, place, each).ifPresent(figures::add);
        figures.sort(Comparator.comparing((Figure one) -> one.observation.date())
                .thenComparing(one -> -one.observation.persons()));
        return figures;
    }

    private List<String> stoodFor(String place) {
        var all = new ArrayList<>(List.of(place));
        all.addAll(parts(place));
        return all;
    }

    private List<String> parts(String place) {
        return register.find(place).map(entity -> entity.list("formed_from")).orElse(List.of());
    }

    /**
     * Persons of a people in a place at the census of a year.
     *
     * @param people id, or {@link Observation#TOTAL}
     */
    public Optional<Figure> find(String people, String place, int year) {
        var own = byKey.get(new Key(people, place, year));
        if (own != null) return Optional.of(new Figure(own, own.status().equals(DERIVED) ? parts(place) : List.of()));
        var parts = parts(place);
        var figures = new ArrayList<Observation>();
        for (var part : parts) {
            var figure = byKey.get(new Key(people, part, year));
            if (figure == null) return Optional.empty();
            figures.add(figure);
        }
        if (figures.isEmpty()) return Optional.empty();
        if (figures.size() == 1) return Optional.of(new Figure(figures.get(0), parts));
        return Optional.of(new Figure(sum(people, place, figures), parts));
    }

    private static Observation sum(String people, String place, List<Observation> figures) {
        LocalDate date = figures.get(0).date();
        var sources = new LinkedHashSet<String>();
        var confidence = Confidence.CHECKED2;
        long persons = 0;
        for (var figure : figures) {
            persons = Math.addExact(persons, figure.persons());
            sources.addAll(figure.sources());
            if (figure.confidence().compareTo(confidence) > 0) confidence = figure.confidence();
        }
        return new Observation(date, people, place, persons, DERIVED, List.copyOf(sources), confidence);
    }

    /** Empty where one of the figures is not known, or the first is none. */
    public Optional<Growth> growth(String people, String place, int first, int last) {
        var before = find(people, place, first).filter(one -> one.observation.persons() > 0);
        var after = find(people, place, last);
        if (before.isEmpty() || after.isEmpty()) return Optional.empty();
        double from = before.get().observation.persons();
        return Optional.of(new Growth(
                before.get(), after.get(), 100 * (after.get().observation.persons() - from) / from));
    }
}
