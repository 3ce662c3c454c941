package org.thocam.ontology.calendar;

/**
 * A day of the Khmer calendar.
 *
 * @param year the Gregorian year in which most of the lunar year lies: it begins with Migasir in November or December of the year before
 * @param day 1 to 15 of its half month
 * @param waning {@code roaj}, the second half; else {@code keit}
 */
public record KhmerDate(int year, KhmerMonth month, int day, boolean waning) {
    public KhmerDate {
        if (day < 1 || day > 15) throw new IllegalArgumentException("Khmer day " + day + ": want 1 to 15");
    }

    /** From 1, through both halves. */
    int dayOfMonth() {
        return waning ? day + 15 : day;
    }

    /** {@code 2025-Kadeuk-15w}. */
    @Override
    public String toString() {
        return "%d-%s-%02d%s".formatted(year, month.word(), day, waning ? "r" : "w");
    }
}
