package org.thocam.ontology.graph;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.thocam.ontology.entity.Entity;

/** What a festival's rule says of its days. */
public interface FestivalDates {
    /** Nobody reckons: there are rules as text and no days. */
    FestivalDates NONE = new FestivalDates() {
        @Override
        public Optional<String> fault(String rule) {
            return Optional.empty();
        }

        @Override
        public Set<Integer> lunarMonths(Entity festival) {
            return Set.of();
        }

        @Override
        public List<Occurrence> occurrences(Entity festival, LocalDate from, LocalDate to) {
            return List.of();
        }
    };

    /**
     * One time that a festival is held.
     *
     * @param end its last day
     * @param exactness how far the days can be relied on, such as {@code day} or {@code estimated}
     * @param lunarYear of the Vietnamese calendar; empty where its rule is of another
     */
    record Occurrence(LocalDate start, LocalDate end, String exactness, OptionalInt lunarYear) {}

    /** What is wrong with a rule, as what was expected; empty where it can be read. */
    Optional<String> fault(String rule);

    /** The lunar months that a festival begins in, 1 to 12. */
    Set<Integer> lunarMonths(Entity festival);

    /** The times that begin from {@code from} until {@code to}, both included, in their order. */
    List<Occurrence> occurrences(Entity festival, LocalDate from, LocalDate to);
}
