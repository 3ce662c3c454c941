package org.thocam.ontology.calendar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The calendar of the Chăm Ahiér as far as sources reach. Its dignitaries set it and no arithmetic of theirs is published that we know, so
 * the days of Katê (07-01) that were reported are data ({@code kate.tsv}); in other years month 7 is taken to begin with Vietnamese month
 * 9, and every other month whole moons from month 7. That misses by a day where their month begins on the day before the new moon, and by
 * a month where their leap year is another one (2014, 2022).
 */
record ChamAhier() implements Reckoning {
    private static final int KATE = 7;
    private static final Map<Integer, Kate> REPORTED = read();

    private record Kate(LocalDate date, Exactness exactness, String note) {}

    /** The Gregorian year of the year's Katê. */
    @Override
    public int yearOf(LocalDate date) {
        int year = date.getYear();
        return date.isBefore(monthStart(year, 1)) ? year - 1 : year;
    }

    @Override
    public LocalDate monthStart(int year, int month) {
        var reported = REPORTED.get(year);
        if (reported == null) return VietnameseCalendar.monthStartAfter(estimate(year), month - KATE);
        if (month == KATE) return reported.date();
        int toNewMoon = VietnameseCalendar.dateOf(reported.date()).day() > 15 ? 1 : 0;
        return VietnameseCalendar.monthStartAfter(reported.date(), month - KATE + toNewMoon);
    }

    @Override
    public int monthLength(int year, int month) {
        return (int) (monthStart(year, month + 1).toEpochDay()
                - monthStart(year, month).toEpochDay());
    }

    @Override
    public Optional<Doubt> doubt(int year, int month, int day) {
        var reported = REPORTED.get(year);
        if (reported == null)
            return estimated("taken from the new moon of Vietnamese month 9; may be a day or a month off");
        if (month != KATE || day != 1)
            return estimated("counted in moons from the reported Katê of " + reported.date());
        return Optional.of(new Doubt(reported.exactness(), reported.note()));
    }

    @Override
    public Optional<Doubt> doubtOfMonth(int year, int month) {
        return doubt(year, month, 0);
    }

    private static Optional<Doubt> estimated(String note) {
        return Optional.of(new Doubt(Exactness.ESTIMATED, note));
    }

    private static LocalDate estimate(int year) {
        return VietnameseCalendar.monthStart(year, 9);
    }

    private static Map<Integer, Kate> read() {
        var rows = new HashMap<Integer, Kate>();
        var resource = Objects.requireNonNull(ChamAhier.class.getResourceAsStream("kate.tsv"), "kate.tsv");
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            lines.readLine();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var cells = line.split("\t", -1);
                var date = LocalDate.parse(cells[0]);
                rows.put(date.getYear(), new Kate(date, Exactness.ofWord(cells[1]), note(cells)));
            }
            return Map.copyOf(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("kate.tsv could not be read", e);
        }
    }

    private static String note(String[] cells) {
        return "reported: " + cells[2] + (cells[3].isEmpty() ? "" : "; " + cells[3]);
    }
}
