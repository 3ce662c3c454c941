package org.thocam.ontology.calendar;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Khmer lunar calendar (chhankitek) and the day of the new year (Maha Sangkran), by the arithmetic that Roath Kim Soeun's almanacs
 * use and that cam-cc.org and khmer-calendar.tovnah.com describe. Nothing is observed: both follow from the number of the year.
 *
 * <p>Months have 29 and 30 days by turns. A year is plain (354 days), or has a 30th day in Jesth (355), or has Asadh twice (384). The
 * lunar days agree with Cambodia's official holidays of 2014 to 2025 that were compared; the new year may be a day off an official list.
 */
public final class KhmerCalendar {
    private static final int FIRST_YEAR = 1897;
    private static final int LAST_YEAR = 2104;
    /** 1 Bos waxing, from which the almanacs count. */
    private static final LocalDate EPOCH = LocalDate.of(1900, 1, 1);
    /** Day 0 of harkun, the count of days of the lesser era (Chulasakarat). */
    private static final long HARKUN_EPOCH = 1954167 - 2440588;
    /** Parts of a day in which the mean Sun is reckoned; its year has 292,207 of them. */
    private static final int UNITS = 800;

    private static final int YEAR_UNITS = 292207;
    /** The Sun's equation of centre in minutes, for each 15 degrees from the apsis on. */
    private static final int[] CHHAYA = {0, 35, 67, 94, 116, 129, 134};

    private static final long[] YEAR_START = yearStarts();

    private KhmerCalendar() {}

    /** @throws IllegalArgumentException if the day is not of 1900 to 2100 */
    public static KhmerDate of(LocalDate date) {
        Years.checked(date);
        int year = yearOf(date);
        long rest = date.toEpochDay() - start(year);
        for (var month : months(year)) {
            int length = length(year, month);
            if (rest < length) {
                int day = (int) rest + 1;
                return new KhmerDate(year, month, day > 15 ? day - 15 : day, day > 15);
            }
            rest -= length;
        }
        throw new IllegalStateException("year " + year + " ends before " + date);
    }

    /** @throws IllegalArgumentException if the calendar has no such day in 1900 to 2100 */
    public static LocalDate toDate(KhmerDate khmer) {
        if (khmer.year() < FIRST_YEAR || khmer.year() >= LAST_YEAR)
            throw new IllegalArgumentException("Khmer date " + khmer + ": want a year of 1900 to 2100");
        if (!months(khmer.year()).contains(khmer.month()))
            throw new IllegalArgumentException(
                    "Khmer date " + khmer + ": the year has no " + khmer.month().word());
        int length = length(khmer.year(), khmer.month());
        if (khmer.dayOfMonth() > length)
            throw new IllegalArgumentException("Khmer date " + khmer + ": the month has " + length + " days");
        return Years.checked(monthStart(khmer.year(), khmer.month()).plusDays(khmer.dayOfMonth() - 1));
    }

    /**
     * Maha Sangkran, the first day of the new year: the day on which the Sun enters Aries by the traditional reckoning.
     *
     * @param year Gregorian, 1900 to 2100
     */
    public static LocalDate newYear(int year) {
        return newYearOf(Years.checked("Khmer", year));
    }

    /**
     * Lerng Sak, the day on which the year's number goes up: the third day of the new year, in some years the fourth.
     *
     * @param year Gregorian, 1900 to 2100
     */
    public static LocalDate lerngSak(int year) {
        return lerngSakOf(Years.checked("Khmer", year));
    }

    static LocalDate lerngSakOf(int year) {
        return LocalDate.ofEpochDay(HARKUN_EPOCH + harkun(year));
    }

    static LocalDate newYearOf(int year) {
        var lerngSak = lerngSakOf(year);
        int length = solarLeap(year - 1) ? 366 : 365;
        int back = 3;
        while (back > 0 && sunMinutes(length - back, year - 1) < 360 * 60) back--;
        return lerngSak.minusDays(back);
    }

    /** The lunar year that a day is of. */
    static int yearOf(LocalDate date) {
        int found = Arrays.binarySearch(YEAR_START, date.toEpochDay());
        int at = found >= 0 ? found : -found - 2;
        if (at < 0 || at >= YEAR_START.length - 1)
            throw new IllegalArgumentException("date " + date + " is outside the table");
        return FIRST_YEAR + at;
    }

    static LocalDate monthStart(int year, KhmerMonth month) {
        long day = start(year);
        for (var one : months(year)) {
            if (one == month) break;
            day += length(year, one);
        }
        return LocalDate.ofEpochDay(day);
    }

    static int length(int year, KhmerMonth month) {
        return switch (month) {
            case BOS, PHALKUN, PISAKH, ASADH, PATHAMASADH, TUTIYASADH, PHATRABOT, KADEUK -> 30;
            case JESTH -> leapDay(year) ? 30 : 29;
            case MIGASIR, MEAK, CHEIT, SRAP, ASSOCH -> 29;
        };
    }

    /** The month of this name; in a year with two Asadhs the second, in which the rites of Asadh are held. */
    static KhmerMonth inYear(int year, KhmerMonth month) {
        return month == KhmerMonth.ASADH && leapMonth(year) ? KhmerMonth.TUTIYASADH : month;
    }

    private static List<KhmerMonth> months(int year) {
        var months = new ArrayList<>(List.of(KhmerMonth.values()).subList(0, 12));
        if (leapMonth(year)) {
            months.set(KhmerMonth.ASADH.ordinal(), KhmerMonth.PATHAMASADH);
            months.add(KhmerMonth.ASADH.ordinal() + 1, KhmerMonth.TUTIYASADH);
        }
        return months;
    }

    private static long start(int year) {
        return YEAR_START[year - FIRST_YEAR];
    }

    private static long[] yearStarts() {
        var starts = new long[LAST_YEAR - FIRST_YEAR + 1];
        int first = EPOCH.getYear() - FIRST_YEAR;
        starts[first] = EPOCH.toEpochDay() - length(EPOCH.getYear(), KhmerMonth.MIGASIR);
        for (int i = first; i + 1 < starts.length; i++) starts[i + 1] = starts[i] + days(FIRST_YEAR + i);
        for (int i = first; i > 0; i--) starts[i - 1] = starts[i] - days(FIRST_YEAR + i - 1);
        return starts;
    }

    private static int days(int year) {
        return months(year).stream().mapToInt(month -> length(year, month)).sum();
    }

    /** What the new year's harkun is taken from: years of the lesser era, in 800ths of a day. */
    private static int units(int year) {
        return YEAR_UNITS * (year - 638) + 373;
    }

    /** Days of the lesser era until Lerng Sak. */
    private static int harkun(int year) {
        return units(year) / UNITS + 1;
    }

    private static int kromathopol(int year) {
        return UNITS - units(year) % UNITS;
    }

    private static boolean solarLeap(int year) {
        return kromathopol(year) <= 207;
    }

    /** Excess of the lunar days over the days, in 692nds. */
    private static int avoman(int year) {
        return (11 * harkun(year) + 650) % 692;
    }

    /** The Moon's age at the new year, 0 to 29. */
    private static int bodithey(int year) {
        return (harkun(year) + (11 * harkun(year) + 650) / 692) % 30;
    }

    /** Adhikameas. Of two years in a row that would both have 13 months, or of two that would both miss it, the rule names one. */
    private static boolean leapMonth(int year) {
        int age = bodithey(year);
        int next = bodithey(year + 1);
        if (age == 25 && next == 5) return false;
        if (age == 24 && next == 6) return true;
        return age > 24 || age < 6;
    }

    /** Chantrea adhikameas. A year has only one of both leaps; its leap day then goes to the next year. */
    private static boolean leapDay(int year) {
        if (leapMonth(year)) return false;
        return wantsLeapDay(year) || leapMonth(year - 1) && wantsLeapDay(year - 1);
    }

    private static boolean wantsLeapDay(int year) {
        int excess = avoman(year);
        if (excess == 0 && avoman(year - 1) == 137) return true;
        if (solarLeap(year)) return excess < 127;
        return excess < 138 && !(excess == 137 && avoman(year + 1) == 0);
    }

    /**
     * The true Sun's longitude in minutes of arc, not reduced to a circle.
     *
     * @param days since the Lerng Sak of {@code year}
     */
    private static int sunMinutes(int days, int year) {
        int arc = UNITS * days + kromathopol(year);
        int sign = 24350;
        int degree = 811;
        int minute = 14;
        int mean = arc / sign * 1800 + arc % sign / degree * 60 + arc % sign % degree / minute - 3;
        int apsis = 80 * 60;
        int anomaly = Math.floorMod(mean - apsis, 360 * 60);
        int half = anomaly % (180 * 60);
        int quarter = half <= 90 * 60 ? half : 180 * 60 - half;
        int step = quarter / 900;
        int centre = CHHAYA[step] + (step < 6 ? quarter % 900 * (CHHAYA[step + 1] - CHHAYA[step]) / 900 : 0);
        return anomaly < 180 * 60 ? mean - centre : mean + centre;
    }
}
