package org.thocam.ontology.calendar;

import java.time.LocalDate;

/** The years that this package answers for. */
final class Years {
    static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    static final LocalDate LAST = LocalDate.of(2100, 12, 31);

    private Years() {}

    /** @throws IllegalArgumentException if the day is outside */
    static LocalDate checked(LocalDate date) {
        if (date.isBefore(FIRST) || date.isAfter(LAST))
            throw new IllegalArgumentException("date " + date + ": want " + FIRST + " to " + LAST);
        return date;
    }

    /** @throws IllegalArgumentException if the year is outside */
    static int checked(String what, int year) {
        if (year < FIRST.getYear() || year > LAST.getYear())
            throw new IllegalArgumentException(
                    what + " year " + year + ": want " + FIRST.getYear() + " to " + LAST.getYear());
        return year;
    }
}
