package org.thocam.ontology.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thocam.ontology.calendar.CalendarsTest.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateRuleTest {
    private static final Path FESTIVALS =
            Path.of(System.getProperty("thocam.root", ".."), "fixtures/reference/festivals.tsv");

    @Test
    void everyRuleOfTheTableIsReadAndWritten() throws IOException {
        var rules = rules();
        assertEquals(65, rules.size());
        rules.forEach((id, rule) -> assertEquals(rule, DateRule.parse(rule.text()), id));
        var kinds = new TreeSet<CalendarKind>();
        rules.values().forEach(rule -> kinds.add(rule.calendar()));
        assertEquals(Set.of(CalendarKind.values()), kinds);
    }

    @ParameterizedTest
    @CsvSource({"2024, 2024-02-19", "2025, 2025-02-07", "2026, 2026-02-26", "2030, 2030-02-11"})
    void longTongOfBaBeIsOnTheTenthOfTheFirstMonth(int year, LocalDate day) throws IOException {
        var found = inYear(rules().get("FE001"), year);
        assertEquals(List.of(new Occurrence(year, day, day, Exactness.DAY, false, "L:01-10", "")), found);
    }

    @Test
    void whatIsOnFrom24To27February2026() throws IOException {
        var from = LocalDate.of(2026, 2, 24);
        var to = LocalDate.of(2026, 2, 27);
        var on = new LinkedHashMap<String, LocalDate>();
        rules().forEach((id, rule) -> {
            if (rule.namesDays()) for (var occurrence : rule.occurrences(from, to)) on.put(id, occurrence.from());
        });
        assertEquals(
                Map.of(
                        "FE001",
                        LocalDate.of(2026, 2, 26),
                        "FE002",
                        from,
                        "FE024",
                        from,
                        "FE032",
                        LocalDate.of(2025, 12, 5)),
                on);
    }

    @Test
    void aFestivalCanRunOverTheNewYear() throws IOException {
        var rule = rules().get("FE032");
        assertEquals(
                List.of(new Occurrence(
                        2025,
                        LocalDate.of(2025, 12, 5),
                        LocalDate.of(2026, 3, 3),
                        Exactness.DAY,
                        false,
                        "L:10-16/01-15",
                        "")),
                rule.occurrences(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 1)));
        assertEquals(List.of(10, 11, 12, 1), rule.lunarMonths());
        assertEquals(List.of(10, 11, 12, 1), inYear(rule, 2026).get(0).lunarMonths());
    }

    @Test
    void aRuleThatNamesNoDayGivesTheMonth() {
        var rule = DateRule.parse("L:01 (dragon day)");
        assertEquals(
                List.of(new Occurrence(
                        2026,
                        LocalDate.of(2026, 2, 17),
                        LocalDate.of(2026, 3, 18),
                        Exactness.MONTH,
                        false,
                        "L:01",
                        "dragon day")),
                inYear(rule, 2026));
        assertEquals(
                List.of(LocalDate.of(2026, 12, 9), LocalDate.of(2027, 2, 5)),
                ends(inYear(DateRule.parse("L:11/12"), 2026), 1));
        assertEquals(
                List.of(LocalDate.of(2026, 4, 1), LocalDate.of(2026, 5, 31)),
                ends(inYear(DateRule.parse("G:04/05"), 2026), 0));
    }

    @Test
    void theThirtiethIsTheLastDayOfAShortMonth() {
        assertEquals(
                LocalDate.of(2025, 1, 28),
                inYear(DateRule.parse("L:12-30"), 2025).get(0).from());
        assertEquals(
                LocalDate.of(2026, 2, 16),
                inYear(DateRule.parse("L:12-30"), 2026).get(0).from());
        assertEquals(
                LocalDate.of(2026, 2, 28),
                inYear(DateRule.parse("G:02-29"), 2026).get(0).from());
        assertEquals(
                LocalDate.of(2028, 2, 29),
                inYear(DateRule.parse("G:02-29"), 2028).get(0).from());
        assertEquals(
                new KhmerDate(2026, KhmerMonth.MEAK, 14, true),
                KhmerCalendar.of(
                        inYear(DateRule.parse("K:Meak-15r"), 2026).get(0).from()));
    }

    @Test
    void aLeapMonthIsNotTheMonthThatARuleNames() {
        assertEquals(List.of(LocalDate.of(2025, 6, 30)), starts(inYear(DateRule.parse("L:06-06"), 2025)));
        assertEquals(
                List.of(LocalDate.of(2025, 6, 25), LocalDate.of(2025, 7, 24)),
                ends(inYear(DateRule.parse("L:06"), 2025), 0));
        assertEquals(
                List.of(5, 6, 7), inYear(DateRule.parse("L:05/07"), 2025).get(0).lunarMonths());
    }

    @Test
    void aLunarDayMayFallTwiceOrNeverInAYear() {
        assertEquals(2, inYear(DateRule.parse("L:12-01"), 2024).size());
        assertEquals(0, inYear(DateRule.parse("L:12-01"), 2025).size());
    }

    @Test
    void khmerFestivalsFollowTheirOwnMoon() throws IOException {
        var rules = rules();
        assertEquals(
                LocalDate.of(2025, 11, 5),
                inYear(rules.get("FE072"), 2025).get(0).to());
        assertEquals(List.of(9), inYear(rules.get("FE072"), 2025).get(0).lunarMonths());
        var newYear = inYear(rules.get("FE070"), 2026).get(0);
        assertEquals(LocalDate.of(2026, 4, 14), newYear.from());
        assertEquals(LocalDate.of(2026, 4, 16), newYear.to());
        assertEquals(Exactness.TOLERANCE_1, newYear.exactness());
        var fourDays = inYear(rules.get("FE070"), 2024).get(0);
        assertEquals(LocalDate.of(2024, 4, 13), fourDays.from());
        assertEquals(LocalDate.of(2024, 4, 16), fourDays.to());
        assertEquals(List.of(), rules.get("FE072").lunarMonths());
    }

    @Test
    void kateIsReportedOrEstimated() {
        var rule = DateRule.parse("A:07-01");
        assertEquals(Exactness.ESTIMATED, rule.exactness());
        var reported = inYear(rule, 2022).get(0);
        assertEquals(LocalDate.of(2022, 10, 24), reported.from());
        assertEquals(Exactness.ATTESTED, reported.exactness());
        assertTrue(reported.note().startsWith("reported: quochoitv-2022;"), reported.note());
        var forecast = inYear(rule, 2027).get(0);
        assertEquals(new LunarDate(2027, 9, 1, false), VietnameseCalendar.of(forecast.from()));
        assertEquals(Exactness.ESTIMATED, forecast.exactness());
        assertTrue(forecast.note().contains("may be a day or a month off"), forecast.note());
        for (int year = 1900; year <= 2100; year++)
            assertEquals(1, inYear(rule, year).size(), "Katê of " + year);
    }

    @Test
    void otherMonthsOfTheChamAhierAreWholeMoonsFromKate() {
        var april = inYear(DateRule.parse("A:01"), 2025).get(0);
        assertEquals(new LunarDate(2025, 4, 1, false), VietnameseCalendar.of(april.from()));
        assertEquals(Exactness.ESTIMATED, april.exactness());
        var month11 = inYear(DateRule.parse("A:11-01"), 2026).get(0);
        assertEquals(2025, month11.year());
        assertEquals(new LunarDate(2026, 1, 1, false), VietnameseCalendar.of(month11.from()));
        for (int year = 1900; year <= 2101; year++)
            for (int month = 1; month <= 12; month++) {
                int length = new ChamAhier().monthLength(year, month);
                assertTrue(length >= 28 && length <= 31, year + "-" + month + ": " + length);
            }
    }

    @Test
    void yearsBefore1968AreFlaggedWhereTheyRestOnTheVietnameseCalendar() {
        assertTrue(inYear(DateRule.parse("L:01-10"), 1960).get(0).before1968());
        assertTrue(inYear(DateRule.parse("A:07-01"), 1960).get(0).before1968());
        assertTrue(!inYear(DateRule.parse("L:01-10"), 1968).get(0).before1968());
        assertTrue(!inYear(DateRule.parse("G:03-13"), 1960).get(0).before1968());
        assertTrue(!inYear(DateRule.parse("H:12-10"), 1960).get(0).before1968());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|character 1: found the end, want a calendar",
                "X:01|character 1: found 'X:01', want a calendar",
                "L01|character 2: found '01', want ':'",
                "L:13-01|character 3: found '13-01', want a month in two digits, 01 to 12",
                "L:00|character 3: found '00', want a month",
                "L:1-10|character 3: found '1-10', want a month in two digits",
                "L:01-31|character 6: found '31', want a day in two digits, 01 to 30",
                "L:01-010|character 6: found '010', want a day",
                "L:٠١|want a month in two digits",
                "G:04-31|character 6: found '31', want a day in two digits, 01 to 30",
                "G:02-30|want a day in two digits, 01 to 29",
                "L:01-10/|character 9: found the end, want a month",
                "L:01-10/02|want '-' and a day, as before the '/'",
                "L:01/02-10|character 8: found '-10', want a month without a day",
                "L:01-10;|character 9: found the end, want a calendar",
                "L:01;G:04|character 6: found 'G:04', want 'L', the calendar of the first alternative",
                "L:01 (day|want a note without '(', and ')' after it",
                "L:01 (a (b))|want a note without '('",
                "L:01 dragon|character 5: found ' dragon', want ';', '(' or the end",
                "L:NewYear|want a month in two digits",
                "K:NewYears|character 10: found 's', want ';'",
                "K:Tutiyasadh-01w|want NewYear or a Khmer month from Migasir to Kadeuk",
                "K:kadeuk-15w|want NewYear or a Khmer month",
                "K:Kadeuk-16w|want a day in two digits, 01 to 15",
                "K:Kadeuk-15|character 12: found the end, want 'w' (waxing) or 'r' (waning)",
                "K:10-15w|want NewYear or a Khmer month"
            })
    void aWrongRuleIsRefusedWithItsPlace(String rule, String why) {
        refused(why, () -> DateRule.parse(rule));
        refused("date rule '" + rule + "', character ", () -> DateRule.parse(rule));
    }

    @Test
    void aLongRuleIsRefused() {
        refused("want at most 400", () -> DateRule.parse("L:01" + ";L:01".repeat(1_000_000)));
        refused("at most 20 alternatives", () -> DateRule.parse("L:01" + ";L:01".repeat(30)));
        assertEquals(
                20, DateRule.parse("L:01" + ";L:01".repeat(19)).alternatives().size());
        refused("<U+0000>", () -> DateRule.parse("\0"));
    }

    @Test
    void daysOutsideTheCalendarsAreRefused() {
        var rule = DateRule.parse("L:01-10");
        refused("1900-01-01 to 2100-12-31", () -> rule.occurrences(LocalDate.of(1899, 1, 1), Years.LAST));
        refused("1900-01-01 to 2100-12-31", () -> rule.occurrences(Years.FIRST, LocalDate.MAX));
        refused("the last is before the first", () -> rule.occurrences(Years.LAST, Years.FIRST));
    }

    @Test
    void spacesMayStandAroundTheParts() {
        var rule = DateRule.parse(" L:01-01 / 01-03 ( first ) ; L:01-15 ");
        assertEquals("L:01-01/01-03 (first);L:01-15", rule.text());
        assertEquals(rule, DateRule.parse(rule.text()));
    }

    @Test
    void randomRulesAreWrittenAndReadAndFallWhereTheySay() {
        long seed = System.nanoTime();
        System.out.println("DateRuleTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            var rule = randomRule(random);
            assertEquals(rule, DateRule.parse(rule.text()), rule.text());
            var from = Years.FIRST.plusDays(random.nextInt(73414));
            var to = from.plusDays(random.nextInt(2000));
            if (to.isAfter(Years.LAST)) to = Years.LAST;
            var found = rule.occurrences(from, to);
            check(rule, from, to, found);
        }
    }

    private static void check(DateRule rule, LocalDate from, LocalDate to, List<Occurrence> found) {
        var wide = rule.occurrences(
                from.getYear() < 1903 ? Years.FIRST : from.minusYears(3),
                to.getYear() > 2097 ? Years.LAST : to.plusYears(3));
        assertEquals(
                wide.stream().filter(one -> one.overlaps(from, to)).toList(),
                found,
                rule.text() + " " + from + " " + to);
        assertEquals(
                found.stream().sorted(Comparator.comparing(Occurrence::from)).toList(), found);
        for (var one : found) {
            var length = one.to().toEpochDay() - one.from().toEpochDay() + 1;
            assertTrue(length >= 1 && length <= 390 + 30, one.toString());
            if (rule.calendar() == CalendarKind.VIETNAMESE)
                assertTrue(rule.lunarMonths().containsAll(one.lunarMonths()), rule.text() + " " + one);
            assertTrue(DateRule.parse(one.rule()).calendar() == rule.calendar());
        }
    }

    @Test
    void garbageIsReadOrRefusedButNothingElse() {
        long seed = System.nanoTime();
        System.out.println("DateRuleTest garbage seed " + seed);
        var random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder(randomRule(random).text());
            for (int n = random.nextInt(3); n >= 0 && !text.isEmpty(); n--) {
                int at = random.nextInt(text.length());
                var pool = "LKAHG:;/-() 0123456789wrKadeukNewYear\u0000\uD800é٣";
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, pool.charAt(random.nextInt(pool.length())));
                    default -> text.setCharAt(at, pool.charAt(random.nextInt(pool.length())));
                }
            }
            try {
                var rule = DateRule.parse(text.toString());
                assertEquals(rule, DateRule.parse(rule.text()), text.toString());
                rule.occurrences(LocalDate.of(2020, 1, 1), LocalDate.of(2021, 12, 31));
                read++;
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith("date rule '"), e.getMessage());
            }
        }
        assertTrue(read > 0);
    }

    private static DateRule randomRule(Random random) {
        var kind = CalendarKind.values()[random.nextInt(CalendarKind.values().length)];
        var alternatives = new ArrayList<DateRule.Alternative>();
        for (int n = random.nextInt(4); n >= 0; n--)
            alternatives.add(new DateRule.Alternative(
                    randomSpan(random, kind), random.nextInt(4) == 0 ? "note, " + random.nextInt(9) : ""));
        return new DateRule(kind, alternatives);
    }

    private static DateRule.Span randomSpan(Random random, CalendarKind kind) {
        int month = 1 + random.nextInt(12);
        return switch (random.nextInt(5)) {
            case 0 -> new DateRule.Months(month, month);
            case 1 -> new DateRule.Months(month, 1 + random.nextInt(12));
            case 2 -> new DateRule.Days(randomDay(random, kind), randomDay(random, kind));
            case 3 -> kind == CalendarKind.KHMER ? new DateRule.NewYear() : new DateRule.Months(month, month);
            default -> {
                var day = randomDay(random, kind);
                yield new DateRule.Days(day, day);
            }
        };
    }

    private static DateRule.DayOfYear randomDay(Random random, CalendarKind kind) {
        int month = 1 + random.nextInt(12);
        return new DateRule.DayOfYear(month, 1 + random.nextInt(DateRule.lastDay(kind, month)));
    }

    private static List<Occurrence> inYear(DateRule rule, int year) {
        return rule.occurrences(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31)).stream()
                .toList();
    }

    private static List<LocalDate> starts(List<Occurrence> found) {
        return found.stream().map(Occurrence::from).toList();
    }

    private static List<LocalDate> ends(List<Occurrence> found, int at) {
        return List.of(found.get(at).from(), found.get(at).to());
    }

    private static Map<String, DateRule> rules() throws IOException {
        var lines = Files.readAllLines(FESTIVALS);
        int column = List.of(lines.get(0).split("\t")).indexOf("date_rule");
        var rules = new LinkedHashMap<String, DateRule>();
        for (var line : lines.subList(1, lines.size())) {
            var cells = line.split("\t", -1);
            if (!cells[column].isEmpty()) rules.put(cells[0], DateRule.parse(cells[column]));
        }
        return rules;
    }
}
