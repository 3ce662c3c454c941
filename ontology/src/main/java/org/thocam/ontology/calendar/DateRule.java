package org.thocam.ontology.calendar;

import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thocam.ontology.Shown;

/**
 * When a festival is held, as the {@code date_rule} column of the table of festivals says it:
 *
 * <pre>{@code
 * rule        = alternative *( ";" alternative )          ; all of one calendar
 * alternative = calendar ":" span [ "(" note ")" ]
 * calendar    = "L"                                       ; Vietnamese lunar
 *             / "K"                                       ; Khmer lunar
 *             / "A"                                       ; Cham Ahier (Sakawi)
 *             / "H"                                       ; Islamic civil, also Cham Awal
 *             / "G"                                       ; Gregorian
 * span        = day [ "/" day ]                           ; one day, or from the first to the second
 *             / month [ "/" month ]                       ; names no day: whole months
 *             / "NewYear"                                 ; Khmer only: Maha Sangkran to Lerng Sak, three days or four
 * day         = month "-" 2DIGIT                          ; of L, A, H: 01-30, of G: 01 to the month's length
 *             / month "-" 2DIGIT ( "w" / "r" )            ; of K: 01-15 waxing (keit) or waning (roaj)
 * month       = 2DIGIT                                    ; 01-12
 *             / name                                      ; of K: Migasir to Kadeuk, as KhmerMonth writes them
 * note        = *( any character but "(" and ")" )
 * }</pre>
 *
 * <p>Spaces may stand around the parts. A span whose end comes before its start ends in the next year. A day that a month lacks is its
 * last day ({@code L:12-30}, {@code G:02-29}). Months are the regular ones, never leap months, but a span runs through a leap month that
 * lies in it; Khmer Asadh is the second of a year that has two. At most {@value #LONGEST} characters and {@value #MOST} alternatives.
 */
public record DateRule(CalendarKind calendar, List<Alternative> alternatives) {
    static final int LONGEST = 400;
    static final int MOST = 20;

    /** @param note what the rule says in words beside its days; empty if nothing */
    public record Alternative(Span span, String note) {
        public Alternative {
            if (!note.equals(note.strip()) || note.contains("(") || note.contains(")"))
                throw new IllegalArgumentException(
                        "note '" + Shown.of(note) + "': want no parentheses and no space around it");
        }
    }

    /** The days of a year that it is about. */
    public sealed interface Span permits Days, Months, NewYear {}

    /** From one day to another, or to the same. */
    public record Days(DayOfYear from, DayOfYear to) implements Span {
        boolean intoNextYear() {
            return to.compareTo(from) < 0;
        }
    }

    /** Whole months, 1 to 12; both are the same for a single one. */
    public record Months(int from, int to) implements Span {
        public Months {
            checkMonth(from);
            checkMonth(to);
        }

        boolean intoNextYear() {
            return to < from;
        }
    }

    /** The Khmer new year, from Maha Sangkran to Lerng Sak. */
    public record NewYear() implements Span {}

    /** @param day 1 to 31; waning days of a Khmer month are 16 to 30 */
    public record DayOfYear(int month, int day) implements Comparable<DayOfYear> {
        public DayOfYear {
            checkMonth(month);
            if (day < 1 || day > 31) throw new IllegalArgumentException("day " + day + ": want 1 to 31");
        }

        @Override
        public int compareTo(DayOfYear other) {
            return month != other.month ? Integer.compare(month, other.month) : Integer.compare(day, other.day);
        }
    }

    public DateRule {
        alternatives = List.copyOf(alternatives);
        if (alternatives.isEmpty() || alternatives.size() > MOST)
            throw new IllegalArgumentException(
                    "date rule with " + alternatives.size() + " alternatives: want 1 to " + MOST);
        for (var alternative : alternatives) {
            if (alternative.span() instanceof NewYear && calendar != CalendarKind.KHMER)
                throw new IllegalArgumentException("NewYear in a rule of " + calendar.word() + ": want khmer");
            if (alternative.span() instanceof Days days) {
                checkDay(calendar, days.from());
                checkDay(calendar, days.to());
            }
        }
    }

    /** @throws IllegalArgumentException saying the rule, the character (from 1), what stands there and what should */
    public static DateRule parse(String text) {
        return new DateRuleParser(text).rule();
    }

    /** The rule as {@link #parse} reads it. */
    public String text() {
        return alternatives.stream()
                .map(one -> text(one.span()) + (one.note().isEmpty() ? "" : " (" + one.note() + ")"))
                .collect(Collectors.joining(";"));
    }

    /** Whether every alternative names its days, not only months. */
    public boolean namesDays() {
        return alternatives.stream().noneMatch(one -> one.span() instanceof Months);
    }

    /** How sure its days are in most years; an occurrence may differ where more is known of it, or less. */
    public Exactness exactness() {
        return alternatives.stream()
                .map(one -> exactness(one.span()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** By how many days the community may keep it earlier or later than its occurrences say: 0 or 1. */
    public int toleranceDays() {
        boolean newYear = alternatives.stream().anyMatch(one -> one.span() instanceof NewYear);
        return calendar == CalendarKind.ISLAMIC || newYear ? 1 : 0;
    }

    /** The Vietnamese lunar months (1 to 12) that a rule of that calendar names or runs through, in its order; empty for another calendar. */
    public List<Integer> lunarMonths() {
        var months = new LinkedHashSet<Integer>();
        if (calendar == CalendarKind.VIETNAMESE)
            for (var alternative : alternatives) {
                if (alternative.span() instanceof Months span)
                    addMonths(months, span.from(), span.to(), span.intoNextYear());
                if (alternative.span() instanceof Days span)
                    addMonths(months, span.from().month(), span.to().month(), span.intoNextYear());
            }
        return List.copyOf(months);
    }

    /**
     * Its occurrences that have a day in common with a span of days, the earlier before the later.
     *
     * @param from first day, not before 1900
     * @param to last day, itself included, not after 2100
     * @throws IllegalArgumentException if a day is outside, or {@code to} before {@code from}
     */
    public List<Occurrence> occurrences(LocalDate from, LocalDate to) {
        Years.checked(from);
        Years.checked(to);
        if (to.isBefore(from))
            throw new IllegalArgumentException("days from " + from + " to " + to + ": the last is before the first");
        var reckoning = Reckoning.of(calendar);
        int lastYear = reckoning.yearOf(to);
        var found = new ArrayList<Occurrence>();
        for (var alternative : alternatives) {
            var rule = text(alternative.span());
            for (int year = reckoning.yearOf(from) - 1; year <= lastYear; year++) {
                var occurrence = occurrence(alternative, rule, year, reckoning);
                if (occurrence.overlaps(from, to)) found.add(occurrence);
            }
        }
        found.sort(Comparator.comparing(Occurrence::from).thenComparing(Occurrence::to));
        return List.copyOf(found);
    }

    private Occurrence occurrence(Alternative alternative, String rule, int year, Reckoning reckoning) {
        var span = alternative.span();
        if (span instanceof Days days) {
            int endYear = days.intoNextYear() ? year + 1 : year;
            var from = day(reckoning, year, days.from());
            var to = day(reckoning, endYear, days.to());
            var doubt = reckoning
                    .doubt(year, days.from().month(), days.from().day())
                    .or(() -> reckoning.doubt(
                            endYear, days.to().month(), days.to().day()));
            return occurrence(alternative, rule, year, from, to, doubt);
        }
        if (span instanceof Months months) {
            int endYear = months.intoNextYear() ? year + 1 : year;
            var from = reckoning.monthStart(year, months.from());
            var to = reckoning
                    .monthStart(endYear, months.to())
                    .plusDays(reckoning.monthLength(endYear, months.to()) - 1);
            return occurrence(alternative, rule, year, from, to, reckoning.doubtOfMonth(year, months.from()));
        }
        var from = KhmerCalendar.newYearOf(year);
        return occurrence(alternative, rule, year, from, KhmerCalendar.lerngSakOf(year), Optional.empty());
    }

    private Occurrence occurrence(
            Alternative alternative,
            String rule,
            int year,
            LocalDate from,
            LocalDate to,
            Optional<Reckoning.Doubt> doubt) {
        boolean byVietnamese = calendar == CalendarKind.VIETNAMESE || calendar == CalendarKind.CHAM_AHIER;
        var known = doubt.map(Reckoning.Doubt::note).orElse("");
        var between = alternative.note().isEmpty() || known.isEmpty() ? "" : "; ";
        return new Occurrence(
                year,
                from,
                to,
                doubt.map(Reckoning.Doubt::exactness).orElse(exactness(alternative.span())),
                byVietnamese && VietnameseCalendar.reconstructed(from),
                rule,
                alternative.note() + between + known);
    }

    private static LocalDate day(Reckoning reckoning, int year, DayOfYear day) {
        int inMonth = Math.min(day.day(), reckoning.monthLength(year, day.month()));
        return reckoning.monthStart(year, day.month()).plusDays(inMonth - 1);
    }

    private Exactness exactness(Span span) {
        if (calendar == CalendarKind.CHAM_AHIER) return Exactness.ESTIMATED;
        if (span instanceof Months) return Exactness.MONTH;
        return calendar == CalendarKind.ISLAMIC || span instanceof NewYear ? Exactness.TOLERANCE_1 : Exactness.DAY;
    }

    private static void addMonths(LinkedHashSet<Integer> months, int from, int to, boolean intoNextYear) {
        int count = to - from + (intoNextYear ? 12 : 0);
        for (int i = 0; i <= count; i++) months.add((from - 1 + i) % 12 + 1);
    }

    private String text(Span span) {
        var start = calendar.letter() + ":";
        if (span instanceof Days days)
            return start + text(days.from()) + (days.to().equals(days.from()) ? "" : "/" + text(days.to()));
        if (span instanceof Months months)
            return start + month(months.from()) + (months.to() == months.from() ? "" : "/" + month(months.to()));
        return start + DateRuleParser.NEW_YEAR;
    }

    private String text(DayOfYear day) {
        if (calendar != CalendarKind.KHMER) return month(day.month()) + "-%02d".formatted(day.day());
        boolean waning = day.day() > 15;
        return month(day.month()) + "-%02d%s".formatted(waning ? day.day() - 15 : day.day(), waning ? "r" : "w");
    }

    private String month(int month) {
        return calendar == CalendarKind.KHMER ? KhmerMonth.values()[month - 1].word() : "%02d".formatted(month);
    }

    private static void checkMonth(int month) {
        if (month < 1 || month > 12) throw new IllegalArgumentException("month " + month + ": want 1 to 12");
    }

    private static void checkDay(CalendarKind calendar, DayOfYear day) {
        int last = lastDay(calendar, day.month());
        if (day.day() > last)
            throw new IllegalArgumentException("day " + day.day() + " of month " + day.month() + ": want 1 to " + last);
    }

    static int lastDay(CalendarKind calendar, int month) {
        return calendar == CalendarKind.GREGORIAN ? Month.of(month).maxLength() : 30;
    }
}
