package org.thocam.ontology.calendar;

import java.time.LocalDate;
import java.util.List;

/**
 * The days on which a rule falls once.
 *
 * @param year of the rule's calendar in which it begins: the lunar year (named by the Gregorian year of its Tết, or for the Khmer by the one
 *     most of it lies in), the Gregorian year of Katê, the year of the hijra, or the Gregorian year
 * @param to last day, itself included; for a rule that names no day, the last of the month
 * @param before1968 whether it rests on the Vietnamese calendar of the years before 1968, which is reconstructed
 * @param rule the alternative of the rule that it comes from, without its note
 * @param note the rule's own note, and what has to be known of these days; empty if nothing
 */
public record Occurrence(
        int year, LocalDate from, LocalDate to, Exactness exactness, boolean before1968, String rule, String note) {
    public Occurrence {
        if (to.isBefore(from))
            throw new IllegalArgumentException("occurrence from " + from + " to " + to + ": ends before it begins");
    }

    /** Whether it has a day in common with a span of days, both ends included. */
    public boolean overlaps(LocalDate first, LocalDate last) {
        return !from.isAfter(last) && !to.isBefore(first);
    }

    /** Numbers of the Vietnamese lunar months (1 to 12) in which its days lie, in order of time; a leap month counts under its number. */
    public List<Integer> lunarMonths() {
        return VietnameseCalendar.months(from, to);
    }
}
