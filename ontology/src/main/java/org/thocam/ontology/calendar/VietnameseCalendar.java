package org.thocam.ontology.calendar;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The Vietnamese lunar calendar by the rules that Hồ Ngọc Đức describes ("The rules for the computation of the Vietnamese calendar"):
 * a month begins on the day of the new moon; month 11 holds the winter solstice; where 13 moons lie between two months 11, the first
 * without a principal term is a leap month and takes the number of the month before it. Days begin at midnight, UTC+7 since 1968.
 *
 * <p>Before 1968 no single calendar was in force in all of the country. UTC+8 is taken for those years, and {@link #reconstructed} says so.
 * In 1968 to 1975 the South kept UTC+8; this is the calendar of the North.
 */
public final class VietnameseCalendar {
    private static final LocalDate REFORM = LocalDate.of(1968, 1, 1);
    /** Almanacs up to here agree with each other, so a new moon near midnight is settled. */
    private static final LocalDate SETTLED = LocalDate.of(2050, 1, 1);

    private static final double JULIAN_1970 = 2440587.5;
    private static final double JULIAN_REFORM = JULIAN_1970 + REFORM.toEpochDay();
    private static final Months TABLE = Months.between(1897, 2103);

    private VietnameseCalendar() {}

    /** @throws IllegalArgumentException if the day is not of 1900 to 2100 */
    public static LunarDate of(LocalDate date) {
        return dateOf(Years.checked(date));
    }

    /** @throws IllegalArgumentException if the calendar has no such day in 1900 to 2100 */
    public static LocalDate toDate(LunarDate lunar) {
        int at = TABLE.find(lunar.year(), lunar.month(), lunar.leap());
        if (at < 0)
            throw new IllegalArgumentException("lunar date " + lunar + ": want a month of 1900 to 2100"
                    + (lunar.leap() ? "; this year has no such leap month" : ""));
        if (lunar.day() > TABLE.length(at))
            throw new IllegalArgumentException("lunar date " + lunar + ": the month has " + TABLE.length(at) + " days");
        return Years.checked(LocalDate.ofEpochDay(TABLE.start(at) + lunar.day() - 1));
    }

    /** Whether a day is of the years before 1968, for which there is no single Vietnamese calendar. */
    public static boolean reconstructed(LocalDate date) {
        return date.isBefore(REFORM);
    }

    /** The number of the year's leap month, 0 if it has none. @throws IllegalArgumentException if the year is not of 1900 to 2100 */
    public static int leapMonth(int year) {
        Years.checked("lunar", year);
        for (int month = 1; month <= 12; month++) if (TABLE.find(year, month, true) >= 0) return month;
        return 0;
    }

    /** As {@link #of}, also for the years next to 1900 and 2100 that a festival may reach into. */
    static LunarDate dateOf(LocalDate date) {
        int at = TABLE.at(date.toEpochDay());
        return TABLE.date(at, (int) (date.toEpochDay() - TABLE.start(at)) + 1);
    }

    static LocalDate monthStart(int year, int month) {
        return LocalDate.ofEpochDay(TABLE.start(TABLE.regular(year, month)));
    }

    static int monthLength(int year, int month) {
        return TABLE.length(TABLE.regular(year, month));
    }

    /** The first day of the month that begins {@code moons} after that of {@code date}. */
    static LocalDate monthStartAfter(LocalDate date, int moons) {
        return LocalDate.ofEpochDay(TABLE.start(TABLE.at(date.toEpochDay()) + moons));
    }

    /**
     * Whether a day of a month may come a day off, because the new moon that begins the month lies so near midnight that only an almanac
     * can settle it, and there is none for these years yet. The last day hangs on the next new moon too.
     */
    static boolean doubtful(int year, int month, int day) {
        int at = TABLE.regular(year, month);
        return TABLE.doubtful(at) || day >= TABLE.length(at) && TABLE.doubtful(at + 1);
    }

    /** Numbers of the months that lie in a span of days, leap months under their number, in order of time and each once. */
    static List<Integer> months(LocalDate from, LocalDate to) {
        var numbers = new ArrayList<Integer>();
        var seen = new TreeSet<Integer>();
        int last = TABLE.at(to.toEpochDay());
        for (int at = TABLE.at(from.toEpochDay()); at <= last && seen.size() < 12; at++)
            if (seen.add(TABLE.month[at])) numbers.add(TABLE.month[at]);
        return List.copyOf(numbers);
    }

    private static int hours(double julianDay) {
        return julianDay < JULIAN_REFORM ? 8 : 7;
    }

    /** Every month, in order of time; filled once. */
    private static final class Months {
        private final int firstYear;
        /** First day of each as days since 1970. */
        private final long[] start;

        private final boolean[] near;
        private final int[] year;
        private final int[] month;
        private final boolean[] leap;
        /** Index of the regular months, 12 to a year. */
        private final int[] regular;

        private Months(int firstYear, int lastYear, int size) {
            this.firstYear = firstYear;
            start = new long[size];
            near = new boolean[size];
            year = new int[size];
            month = new int[size];
            leap = new boolean[size];
            regular = new int[12 * (lastYear - firstYear + 1)];
            Arrays.fill(regular, -1);
        }

        /** Months of the years from {@code firstYear} to the start of month 11 of {@code lastYear}. */
        static Months between(int firstYear, int lastYear) {
            long moon = Astronomy.moonNear(julian(LocalDate.of(firstYear - 1, 10, 15)));
            long end = Astronomy.moonNear(julian(LocalDate.of(lastYear + 1, 1, 30)));
            int size = (int) (end - moon);
            var months = new Months(firstYear, lastYear, size);
            var twelfth = new int[size];
            for (int i = 0; i < size; i++) {
                double instant = Astronomy.newMoon(moon + i);
                double local = instant + hours(instant) / 24.0 - JULIAN_1970;
                months.start[i] = (long) Math.floor(local);
                months.near[i] = Math.abs(local - Math.rint(local)) < Astronomy.MOON_ERROR;
                double midnight = months.start[i] + JULIAN_1970;
                twelfth[i] = (int) (Astronomy.sunLongitude(midnight - hours(midnight) / 24.0) / 30);
            }
            months.number(twelfth);
            return months;
        }

        private static double julian(LocalDate date) {
            return date.toEpochDay() + JULIAN_1970;
        }

        /** @param twelfth in which twelfth of its way the Sun stands as each month begins; a principal term is the step to the next */
        private void number(int[] twelfth) {
            int eleven = nextEleven(twelfth, 0);
            while (eleven >= 0) {
                int next = nextEleven(twelfth, eleven + 1);
                if (next < 0) break;
                int leapAt = next - eleven == 13 ? withoutTerm(twelfth, eleven + 1) : -1;
                int number = 11;
                int inYear = LocalDate.ofEpochDay(start[eleven]).getYear();
                for (int i = eleven; i < next; i++) {
                    if (i > eleven && i != leapAt && ++number > 12) {
                        number = 1;
                        inYear++;
                    }
                    set(i, inYear, number, i == leapAt);
                }
                eleven = next;
            }
        }

        private void set(int at, int inYear, int number, boolean isLeap) {
            year[at] = inYear;
            month[at] = number;
            leap[at] = isLeap;
            int slot = slot(inYear, number);
            if (!isLeap && slot >= 0) regular[slot] = at;
        }

        private static int nextEleven(int[] twelfth, int from) {
            for (int i = from; i + 1 < twelfth.length; i++)
                if (twelfth[i] <= 8 && twelfth[i + 1] >= 9 && twelfth[i] >= 6) return i;
            return -1;
        }

        private static int withoutTerm(int[] twelfth, int from) {
            int at = from;
            while (twelfth[at] != twelfth[at + 1]) at++;
            return at;
        }

        private int slot(int inYear, int number) {
            int slot = 12 * (inYear - firstYear) + number - 1;
            return slot >= 0 && slot < regular.length ? slot : -1;
        }

        int regular(int inYear, int number) {
            int slot = slot(inYear, number);
            if (slot < 0 || regular[slot] < 0)
                throw new IllegalArgumentException("lunar year " + inYear + " is outside the table");
            return regular[slot];
        }

        int find(int inYear, int number, boolean isLeap) {
            int slot = slot(inYear, number);
            if (slot < 0 || regular[slot] < 0) return -1;
            if (!isLeap) return regular[slot];
            int next = regular[slot] + 1;
            return leap[next] ? next : -1;
        }

        int at(long day) {
            int found = Arrays.binarySearch(start, day);
            int at = found >= 0 ? found : -found - 2;
            if (at < 0 || at >= start.length - 1 || month[at] == 0)
                throw new IllegalArgumentException("date " + LocalDate.ofEpochDay(day) + " is outside the table");
            return at;
        }

        boolean doubtful(int at) {
            return near[at] && start[at] >= SETTLED.toEpochDay();
        }

        long start(int at) {
            return start[at];
        }

        int length(int at) {
            return (int) (start[at + 1] - start[at]);
        }

        LunarDate date(int at, int day) {
            return new LunarDate(year[at], month[at], day, leap[at]);
        }
    }
}
