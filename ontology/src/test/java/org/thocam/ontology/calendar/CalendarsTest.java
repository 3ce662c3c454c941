package org.thocam.ontology.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarsTest {
    private static Stream<LocalDate> days() {
        return Years.FIRST.datesUntil(Years.LAST.plusDays(1));
    }

    @Test
    void everyVietnameseDayHasOneDateAndComesBack() {
        assertEquals(
                73414,
                days().filter(day -> VietnameseCalendar.toDate(VietnameseCalendar.of(day))
                                .equals(day))
                        .count());
        assertEquals(73414, days().map(VietnameseCalendar::of).distinct().count());
    }

    @Test
    void everyKhmerDayHasOneDateAndComesBack() {
        assertEquals(
                73414,
                days().filter(day -> KhmerCalendar.toDate(KhmerCalendar.of(day)).equals(day))
                        .count());
        assertEquals(73414, days().map(KhmerCalendar::of).distinct().count());
    }

    @Test
    void everyIslamicDayHasOneDateAndComesBack() {
        assertEquals(
                73414,
                days().filter(day ->
                                IslamicCalendar.toDate(IslamicCalendar.of(day)).equals(day))
                        .count());
        assertEquals(73414, days().map(IslamicCalendar::of).distinct().count());
    }

    @Test
    void aVietnameseMonthHas29Or30DaysAndAYear12Or13Months() {
        for (int year = 1901; year <= 2099; year++) {
            int days = 0;
            for (int month = 1; month <= 12; month++) {
                int length = VietnameseCalendar.monthLength(year, month);
                assertTrue(length == 29 || length == 30, year + "-" + month + ": " + length);
                days += length;
            }
            long year12 = VietnameseCalendar.monthStart(year + 1, 1).toEpochDay()
                    - VietnameseCalendar.monthStart(year, 1).toEpochDay();
            long leapDays = VietnameseCalendar.leapMonth(year) == 0 ? 0 : year12 - days;
            assertEquals(year12, days + leapDays);
            assertTrue(leapDays == 0 || leapDays == 29 || leapDays == 30, year + ": " + leapDays);
        }
    }

    /** Months in which ICU's Chinese calendar, asked for UTC+7, is wrong; a library of its own (Time4J 5.9.4) has these days too. */
    @ParameterizedTest
    @CsvSource({
        "1995-09-24, 1995, 8, true",
        "1996-12-10, 1996, 11, false",
        "1997-12-29, 1997, 12, false",
        "2051-03-12, 2051, 2, false",
        "2078-11-04, 2078, 10, false",
        "2079-08-27, 2079, 8, false",
        "2084-03-07, 2084, 2, false"
    })
    void monthsThatIcuGetsWrongBeginOnTheirDay(LocalDate day, int year, int month, boolean leap) {
        assertEquals(new LunarDate(year, month, 1, leap), VietnameseCalendar.of(day));
    }

    @ParameterizedTest
    @CsvSource({
        "1968-01-29",
        "1969-02-16",
        "1985-01-21",
        "2007-02-17",
        "2022-02-01",
        "2025-01-29",
        "2028-01-26",
        "2030-02-02",
        "2034-02-19",
        "2053-02-18"
    })
    void tetIsOnItsDayAlsoWhereChinaDiffers(LocalDate tet) {
        assertEquals(new LunarDate(tet.getYear(), 1, 1, false), VietnameseCalendar.of(tet));
    }

    @Test
    void leapMonthsAreWhereTheRulesPutThem() {
        assertEquals(0, VietnameseCalendar.leapMonth(1984));
        assertEquals(2, VietnameseCalendar.leapMonth(1985));
        assertEquals(7, VietnameseCalendar.leapMonth(1987));
        assertEquals(4, VietnameseCalendar.leapMonth(2020));
        assertEquals(11, VietnameseCalendar.leapMonth(2033));
        assertEquals(
                new LunarDate(2033, 11, 1, true), VietnameseCalendar.of(LocalDate.of(2033, 12, 22)), "the old year's");
        assertEquals(0, VietnameseCalendar.leapMonth(2034));
    }

    @Test
    void onlyMoonsNearMidnightThatNoAlmanacSettlesAreDoubtful() {
        var doubtful = IntStream.rangeClosed(1900, 2100)
                .boxed()
                .flatMap(year -> IntStream.rangeClosed(1, 12)
                        .filter(month -> VietnameseCalendar.doubtful(year, month, 1))
                        .mapToObj(month -> year + "-" + month))
                .toList();
        assertEquals(List.of("2054-4", "2072-11", "2077-10", "2085-9"), doubtful);
        assertTrue(VietnameseCalendar.doubtful(2085, 8, 30));
        assertFalse(VietnameseCalendar.doubtful(2085, 8, 20));
    }

    @Test
    void yearsBefore1968AreReconstructed() {
        assertTrue(VietnameseCalendar.reconstructed(LocalDate.of(1967, 12, 31)));
        assertFalse(VietnameseCalendar.reconstructed(LocalDate.of(1968, 1, 1)));
    }

    @Test
    void khmerYearsHaveThreeLengths() {
        var lengths = IntStream.rangeClosed(1900, 2100)
                .map(year -> (int) (KhmerCalendar.monthStart(year + 1, KhmerMonth.MIGASIR)
                                .toEpochDay()
                        - KhmerCalendar.monthStart(year, KhmerMonth.MIGASIR).toEpochDay()))
                .boxed()
                .distinct()
                .sorted()
                .toList();
        assertEquals(List.of(354, 355, 384), lengths);
    }

    @Test
    void aKhmerYearOf13MonthsHasAsadhTwice() {
        var rule = DateRule.parse("K:Asadh-01r");
        assertEquals(
                LocalDate.of(2018, 7, 28), KhmerCalendar.toDate(new KhmerDate(2018, KhmerMonth.TUTIYASADH, 1, true)));
        assertEquals(
                LocalDate.of(2018, 7, 28),
                rule.occurrences(LocalDate.of(2018, 1, 1), LocalDate.of(2018, 12, 31))
                        .get(0)
                        .from());
        refused("2018-Asadh-01w", () -> KhmerCalendar.toDate(new KhmerDate(2018, KhmerMonth.ASADH, 1, false)));
        refused(
                "2019-Pathamasadh-01w",
                () -> KhmerCalendar.toDate(new KhmerDate(2019, KhmerMonth.PATHAMASADH, 1, false)));
    }

    @Test
    void theKhmerNewYearLastsThreeOrFourDays() {
        for (int year = 1900; year <= 2100; year++) {
            long days = KhmerCalendar.lerngSak(year).toEpochDay()
                    - KhmerCalendar.newYear(year).toEpochDay()
                    + 1;
            assertTrue(days == 3 || days == 4, year + ": " + days);
        }
        assertEquals(LocalDate.of(2026, 4, 16), KhmerCalendar.lerngSak(2026));
    }

    @Test
    void islamicDaysAreThoseOfTheCivilCalendar() {
        assertEquals(new IslamicDate(1447, 1, 1), IslamicCalendar.of(LocalDate.of(2025, 6, 27)));
        assertEquals(new IslamicDate(1421, 1, 1), IslamicCalendar.of(LocalDate.of(2000, 4, 6)));
        assertEquals(30, IslamicCalendar.monthLength(1442, 12), "2 of its thirty");
        assertEquals(29, IslamicCalendar.monthLength(1443, 12));
    }

    @Test
    void aDayThatIsNotThereIsRefused() {
        for (var day : List.of(LocalDate.of(1899, 12, 31), LocalDate.of(2101, 1, 1), LocalDate.MIN, LocalDate.MAX)) {
            refused("1900-01-01 to 2100-12-31", () -> VietnameseCalendar.of(day));
            refused("1900-01-01 to 2100-12-31", () -> KhmerCalendar.of(day));
            refused("1900-01-01 to 2100-12-31", () -> IslamicCalendar.of(day));
        }
        refused("no such leap month", () -> VietnameseCalendar.toDate(new LunarDate(2024, 1, 1, true)));
        refused("29 days", () -> VietnameseCalendar.toDate(new LunarDate(2025, 2, 30, false)));
        for (int year : new int[] {Integer.MIN_VALUE, 0, 1899, 2102, Integer.MAX_VALUE}) {
            refused("", () -> VietnameseCalendar.toDate(new LunarDate(year, 1, 1, false)));
            refused("", () -> VietnameseCalendar.leapMonth(year));
            refused("", () -> KhmerCalendar.toDate(new KhmerDate(year, KhmerMonth.BOS, 1, false)));
            refused("", () -> IslamicCalendar.toDate(new IslamicDate(year, 1, 1)));
            refused("", () -> KhmerCalendar.newYear(year));
            refused("", () -> KhmerCalendar.lerngSak(year));
        }
        refused("29 days", () -> KhmerCalendar.toDate(new KhmerDate(2025, KhmerMonth.MEAK, 15, true)));
        refused("month 13", () -> new LunarDate(2025, 13, 1, false));
        refused("day 31", () -> new IslamicDate(1447, 1, 31));
    }

    @Test
    void wordsOfKindsComeBack() {
        for (var kind : CalendarKind.values()) assertEquals(kind, CalendarKind.ofWord(kind.word()));
        for (var exactness : Exactness.values()) assertEquals(exactness, Exactness.ofWord(exactness.word()));
        assertEquals(
                Map.of("tolerance-1", "cham-ahier"),
                Map.of(Exactness.TOLERANCE_1.word(), CalendarKind.CHAM_AHIER.word()));
        refused("want day", () -> Exactness.ofWord("sure"));
        refused("want vietnamese", () -> CalendarKind.ofWord("mayan"));
    }

    static void refused(String why, org.junit.jupiter.api.function.Executable what) {
        var message = assertThrows(IllegalArgumentException.class, what).getMessage();
        assertTrue(message.contains(why), message);
    }
}
