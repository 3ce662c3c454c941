package org.thocam.ontology.calendar;

/**
 * A day of the Islamic civil calendar.
 *
 * @param year of the hijra
 * @param month 1 to 12
 * @param day 1 to 30
 */
public record IslamicDate(int year, int month, int day) {
    public IslamicDate {
        if (month < 1 || month > 12) throw new IllegalArgumentException("Islamic month " + month + ": want 1 to 12");
        if (day < 1 || day > 30) throw new IllegalArgumentException("Islamic day " + day + ": want 1 to 30");
    }

    @Override
    public String toString() {
        return "%d-%02d-%02d".formatted(year, month, day);
    }
}
