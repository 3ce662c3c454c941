package org.thocam.ontology.calendar;

/**
 * A day of the Vietnamese calendar.
 *
 * @param year the Gregorian year in which this lunar year's Tết falls
 * @param month 1 to 12
 * @param day 1 to 30
 * @param leap whether the month is the second of its number
 */
public record LunarDate(int year, int month, int day, boolean leap) {
    public LunarDate {
        if (month < 1 || month > 12) throw new IllegalArgumentException("lunar month " + month + ": want 1 to 12");
        if (day < 1 || day > 30) throw new IllegalArgumentException("lunar day " + day + ": want 1 to 30");
    }

    /** {@code 2025-06L-01}; L marks a leap month. */
    @Override
    public String toString() {
        return "%d-%02d%s-%02d".formatted(year, month, leap ? "L" : "", day);
    }
}
