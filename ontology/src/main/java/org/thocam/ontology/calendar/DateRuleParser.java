package org.thocam.ontology.calendar;

import java.util.ArrayList;
import java.util.Optional;
import org.thocam.ontology.Shown;

/** Reads a date rule once from left to right; {@link DateRule} has the grammar. */
final class DateRuleParser {
    static final String NEW_YEAR = "NewYear";

    private final String text;
    private int at;
    private CalendarKind calendar;

    DateRuleParser(String text) {
        this.text = text;
    }

    DateRule rule() {
        if (text.length() > DateRule.LONGEST)
            throw new IllegalArgumentException("date rule '" + Shown.of(text) + "': " + text.length()
                    + " characters, want at most " + DateRule.LONGEST);
        var alternatives = new ArrayList<DateRule.Alternative>();
        do {
            if (alternatives.size() == DateRule.MOST) throw wrong("at most " + DateRule.MOST + " alternatives");
            alternatives.add(alternative());
        } while (skip(';'));
        if (at < text.length()) throw wrong("';', '(' or the end of the rule");
        var rule = new DateRule(calendar, alternatives);
        if (rule.text().length() > DateRule.LONGEST) throw wrong("at most " + DateRule.LONGEST + " characters");
        return rule;
    }

    private DateRule.Alternative alternative() {
        spaces();
        var kind = at < text.length() ? CalendarKind.ofLetter(text.charAt(at)) : Optional.<CalendarKind>empty();
        if (kind.isEmpty()) throw wrong("a calendar: L, K, A, H or G");
        if (calendar != null && calendar != kind.get())
            throw wrong("'" + calendar.letter() + "', the calendar of the first alternative");
        calendar = kind.get();
        at++;
        if (!accept(':')) throw wrong("':' after the calendar");
        spaces();
        var span = span();
        return new DateRule.Alternative(span, note());
    }

    private DateRule.Span span() {
        if (calendar == CalendarKind.KHMER && text.startsWith(NEW_YEAR, at)) {
            at += NEW_YEAR.length();
            return new DateRule.NewYear();
        }
        int month = month();
        if (!accept('-')) {
            if (!skip('/')) return new DateRule.Months(month, month);
            spaces();
            int last = month();
            if (accept('-')) {
                at--;
                throw wrong("a month without a day, as before the '/'");
            }
            return new DateRule.Months(month, last);
        }
        var from = day(month);
        if (!skip('/')) return new DateRule.Days(from, from);
        spaces();
        int last = month();
        if (!accept('-')) throw wrong("'-' and a day, as before the '/'");
        return new DateRule.Days(from, day(last));
    }

    private int month() {
        if (calendar != CalendarKind.KHMER) return number(1, 12, "a month");
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) end++;
        var month = KhmerMonth.ofWord(text.substring(at, end));
        if (month.isEmpty() || month.get().ordinal() > 11)
            throw wrong("NewYear or a Khmer month from Migasir to Kadeuk");
        at = end;
        return month.get().ordinal() + 1;
    }

    private DateRule.DayOfYear day(int month) {
        if (calendar != CalendarKind.KHMER)
            return new DateRule.DayOfYear(month, number(1, DateRule.lastDay(calendar, month), "a day"));
        int day = number(1, 15, "a day");
        char half = at < text.length() ? text.charAt(at) : ' ';
        if (half != 'w' && half != 'r') throw wrong("'w' (waxing) or 'r' (waning)");
        at++;
        return new DateRule.DayOfYear(month, half == 'w' ? day : day + 15);
    }

    private String note() {
        if (!skip('(')) return "";
        int end = text.indexOf(')', at);
        int inner = text.indexOf('(', at);
        if (end < 0 || inner >= 0 && inner < end) throw wrong("a note without '(', and ')' after it");
        var note = text.substring(at, end).strip();
        if (note.codePoints().anyMatch(Character::isISOControl)) throw wrong("a note without control characters");
        at = end + 1;
        spaces();
        return note;
    }

    private int number(int least, int most, String what) {
        int value = at + 1 < text.length() && digit(at) && digit(at + 1) && !(at + 2 < text.length() && digit(at + 2))
                ? 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0'
                : -1;
        if (value < least || value > most) throw wrong(what + " in two digits, %02d to %02d".formatted(least, most));
        at += 2;
        return value;
    }

    private boolean digit(int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private boolean accept(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        if (there) at++;
        return there;
    }

    /** As {@link #accept}, spaces before it or at the end of the rule included. */
    private boolean skip(char wanted) {
        int start = at;
        spaces();
        if (accept(wanted)) return true;
        if (at < text.length()) at = start;
        return false;
    }

    private void spaces() {
        while (at < text.length() && text.charAt(at) == ' ') at++;
    }

    private IllegalArgumentException wrong(String expected) {
        var found = at < text.length()
                ? "'" + Shown.of(text.substring(at, Math.min(text.length(), at + 12))) + "'"
                : "the end";
        return new IllegalArgumentException("date rule '" + Shown.of(text) + "', character " + (at + 1) + ": found "
                + found + ", want " + expected);
    }
}
