package org.thocam.ontology.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The dates that sources give, row by row; SOURCES.md beside the table says which. */
class AnchorsTest {
    private static final Path ANCHORS =
            Path.of(System.getProperty("thocam.root", ".."), "../shared/data/calendar/anchors.tsv");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private record Anchor(
            String calendar, int year, String event, LocalDate date, String there, String exactness, String note) {
        /** For a disputed row, every date that its note names. */
        Set<LocalDate> dates() {
            var dates = new TreeSet<LocalDate>(Set.of(date));
            if (exactness.equals("disputed"))
                DATE.matcher(note).results().forEach(found -> dates.add(LocalDate.parse(found.group())));
            return dates;
        }

        @Override
        public String toString() {
            return calendar + " " + event + " " + year;
        }
    }

    @Test
    void everyDayThatTheSourcesNameIsFound() throws IOException {
        var rows = new LinkedHashMap<String, Integer>();
        for (var anchor : anchors()) {
            switch (anchor.calendar()) {
                case "vietnamese" -> vietnamese(anchor);
                case "chinese" -> chinese(anchor);
                case "khmer" -> khmer(anchor);
                case "cham-ahier" -> kate(anchor);
                case "cham-awal" -> ramuwan(anchor);
                default -> fail("no such calendar: " + anchor);
            }
            rows.merge(anchor.calendar(), 1, Integer::sum);
        }
        System.out.println("anchors: " + rows);
        assertEquals(Set.of("vietnamese", "chinese", "khmer", "cham-ahier", "cham-awal"), rows.keySet());
    }

    private static void vietnamese(Anchor anchor) {
        var parts = anchor.there().split("-");
        boolean leap = parts[1].endsWith("L");
        int month = Integer.parseInt(parts[1].replace("L", ""));
        if (anchor.exactness().equals("exact")) {
            var lunar = new LunarDate(Integer.parseInt(parts[0]), month, Integer.parseInt(parts[2]), leap);
            assertEquals(anchor.date(), VietnameseCalendar.toDate(lunar), anchor.toString());
            assertEquals(lunar, VietnameseCalendar.of(anchor.date()), anchor.toString());
            if (leap) assertEquals(month, VietnameseCalendar.leapMonth(anchor.year()), anchor.toString());
        } else if (anchor.event().equals("leap-month-start")) {
            var leapMonths = anchor.dates().stream().filter(date -> {
                var lunar = VietnameseCalendar.of(date);
                return lunar.leap() && lunar.day() == 1;
            });
            assertEquals(1, leapMonths.count(), anchor + " is on one of " + anchor.dates());
        } else {
            var lunar = new LunarDate(anchor.year(), month, 1, false);
            var ours = VietnameseCalendar.toDate(lunar);
            assertTrue(anchor.dates().contains(ours), anchor + ": " + ours);
            if (anchor.event().equals("month-start")) {
                assertTrue(VietnameseCalendar.doubtful(anchor.year(), month, 1), anchor.toString());
                var rule = DateRule.parse("L:%02d-05".formatted(month));
                assertEquals(
                        Exactness.TOLERANCE_1,
                        rule.occurrences(ours, ours.plusDays(10)).get(0).exactness());
            }
        }
    }

    /** These rows are here because Viet Nam differs. */
    private static void chinese(Anchor anchor) {
        var there = DATE.matcher(anchor.note());
        assertTrue(there.find());
        var tet = VietnameseCalendar.toDate(new LunarDate(anchor.year(), 1, 1, false));
        assertEquals(LocalDate.parse(there.group()), tet);
        assertFalse(tet.equals(anchor.date()));
    }

    private static void khmer(Anchor anchor) {
        var parts = anchor.there().split(" ");
        var ours = anchor.there().equals("Maha Sangkran")
                ? KhmerCalendar.newYear(anchor.year())
                : KhmerCalendar.toDate(new KhmerDate(
                        anchor.year(),
                        KhmerMonth.ofWord(parts[0]).orElseThrow(),
                        Integer.parseInt(parts[1]),
                        parts[2].equals("roach")));
        assertTrue(anchor.dates().contains(ours), anchor + ": " + ours);
        var rule = anchor.there().equals("Maha Sangkran")
                ? "K:NewYear"
                : "K:%s-%s%s".formatted(parts[0], parts[1], parts[2].equals("roach") ? "r" : "w");
        assertTrue(anchor.dates().contains(only(rule, anchor.year()).from()), anchor.toString());
    }

    private static void kate(Anchor anchor) {
        var kate = only("A:07-01", anchor.year());
        assertEquals(anchor.date(), kate.from());
        assertEquals(
                anchor.exactness().equals("estimated") ? Exactness.ESTIMATED : Exactness.ATTESTED, kate.exactness());
    }

    private static void ramuwan(Anchor anchor) {
        var rule = DateRule.parse("H:08-28");
        var first = only(rule.text(), anchor.year());
        assertEquals(Exactness.TOLERANCE_1, first.exactness());
        long off = Math.abs(first.from().toEpochDay() - anchor.date().toEpochDay());
        assertTrue(off <= rule.toleranceDays(), anchor + ": " + first.from());
    }

    private static Occurrence only(String rule, int year) {
        var found = DateRule.parse(rule).occurrences(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
        assertEquals(1, found.size(), rule + " in " + year + ": " + found);
        return found.get(0);
    }

    private static List<Anchor> anchors() throws IOException {
        Assumptions.assumeTrue(Files.exists(ANCHORS), () -> ANCHORS + " is not there");
        var lines = Files.readAllLines(ANCHORS);
        var head = List.of(lines.get(0).split("\t"));
        return lines.stream().skip(1).map(line -> anchor(head, line)).toList();
    }

    private static Anchor anchor(List<String> head, String line) {
        var cells = line.split("\t", -1);
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < cells.length; i++) row.put(head.get(i), cells[i]);
        return anchor(row);
    }

    private static Anchor anchor(Map<String, String> row) {
        return new Anchor(
                row.get("calendar"),
                Integer.parseInt(row.get("year")),
                row.get("event"),
                LocalDate.parse(row.get("gregorian_date")),
                row.get("calendar_date"),
                row.get("exactness"),
                row.get("note"));
    }
}
