package org.thocam.ontology.calendar;

import java.time.LocalDate;

/**
 * The Islamic civil calendar: months of 30 and 29 days by turns, and a 30th day in month 12 of the years 2, 5, 7, 10, 13, 16, 18, 21, 24,
 * 26 and 29 of each thirty (type II), from Friday 16 July 622 (Julian). A community that watches for the moon may be a day off.
 */
public final class IslamicCalendar {
    /** 1 month 1 of year 1 as days since 1970. */
    private static final long EPOCH = 1948440 - 2440588;

    private IslamicCalendar() {}

    /** @throws IllegalArgumentException if the day is not of 1900 to 2100 */
    public static IslamicDate of(LocalDate date) {
        return dateOf(Years.checked(date));
    }

    /** @throws IllegalArgumentException if the calendar has no such day in 1900 to 2100 */
    public static LocalDate toDate(IslamicDate islamic) {
        if (islamic.year() < 1 || islamic.year() > 2000)
            throw new IllegalArgumentException(
                    "Islamic date " + islamic + ": want a year of the Gregorian years 1900 to 2100");
        int length = monthLength(islamic.year(), islamic.month());
        if (islamic.day() > length)
            throw new IllegalArgumentException("Islamic date " + islamic + ": the month has " + length + " days");
        return Years.checked(monthStart(islamic.year(), islamic.month()).plusDays(islamic.day() - 1));
    }

    static IslamicDate dateOf(LocalDate date) {
        long days = date.toEpochDay() - EPOCH;
        int year = (int) Math.floorDiv(30 * days + 10646, 10631L);
        int rest = (int) (days - daysBefore((long) year));
        int month = Math.min(12, rest * 2 / 59 + 1);
        return new IslamicDate(year, month, rest - daysBefore(month) + 1);
    }

    static LocalDate monthStart(int year, int month) {
        return LocalDate.ofEpochDay(EPOCH + daysBefore((long) year) + daysBefore(month));
    }

    static int monthLength(int year, int month) {
        return month % 2 == 1 || month == 12 && Math.floorMod(11 * year + 14, 30) < 11 ? 30 : 29;
    }

    private static long daysBefore(long year) {
        return 354 * (year - 1) + Math.floorDiv(3 + 11 * year, 30L);
    }

    private static int daysBefore(int month) {
        return 29 * (month - 1) + month / 2;
    }
}
