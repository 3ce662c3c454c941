package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.calendar.CalendarKind;
import org.thocam.ontology.calendar.DateRule;
import org.thocam.ontology.calendar.Exactness;
import org.thocam.ontology.calendar.Occurrence;
import org.thocam.ontology.calendar.VietnameseCalendar;
import org.thocam.ontology.entity.Entity;

/** On which days festivals are held. */
final class FestivalDays {
    static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    static final LocalDate LAST = LocalDate.of(2100, 12, 31);

    private FestivalDays() {}

    /** That a festival is held once. */
    record Held(Entity festival, Occurrence days) {}

    /** Empty where no rule is known. */
    static Optional<DateRule> rule(Entity entity) {
        var text = entity.text("date_rule");
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(DateRule.parse(text));
        } catch (IllegalArgumentException unreadable) {
            // the shapes refuse such a rule; one that was kept before they did names no days
            return Optional.empty();
        }
    }

    static List<Occurrence> of(Entity entity, LocalDate from, LocalDate to) {
        return rule(entity).map(rule -> rule.occurrences(from, to)).orElse(List.of());
    }

    /** Those of all these festivals, in order of time. */
    static List<Held> of(List<Entity> festivals, LocalDate from, LocalDate to) {
        var held = new ArrayList<Held>();
        for (var festival : festivals) for (var days : of(festival, from, to)) held.add(new Held(festival, days));
        held.sort(Comparator.comparing((Held one) -> one.days.from())
                .thenComparing(one -> one.days.to())
                .thenComparing(one -> one.festival.id()));
        return held;
    }

    /** Whether it begins in a month of the Vietnamese calendar; a season that only runs into the month does not. */
    static boolean inLunarMonth(Entity entity, int month) {
        return rule(entity)
                .filter(rule -> rule.calendar() == CalendarKind.VIETNAMESE)
                .filter(rule -> rule.alternatives().stream().anyMatch(one -> begin(one.span()) == month))
                .isPresent();
    }

    private static int begin(DateRule.Span span) {
        if (span instanceof DateRule.Days days) return days.from().month();
        return span instanceof DateRule.Months months ? months.from() : 0;
    }

    static Exactness exactness(Entity entity) {
        return rule(entity).map(DateRule::exactness).orElse(Exactness.UNKNOWN);
    }

    static ObjectNode json(Entity festival, Occurrence days) {
        var node = ItemJson.MAPPER
                .createObjectNode()
                .put("from", days.from().toString())
                .put("to", days.to().toString())
                .put("exactness", days.exactness().word());
        int tolerance = rule(festival).map(DateRule::toleranceDays).orElse(0);
        if (tolerance > 0) node.put("toleranceDays", tolerance);
        node.put("rule", days.rule());
        var calendar = rule(festival).map(DateRule::calendar).orElse(CalendarKind.GREGORIAN);
        node.put("calendar", calendar.word()).put("year", days.year());
        var lunar = node.putObject("lunar");
        lunar(lunar.putObject("from"), days.from());
        lunar(lunar.putObject("to"), days.to());
        if (days.before1968()) node.put("before1968", true);
        if (!days.note().isEmpty()) node.put("note", days.note());
        return node;
    }

    /** The day in the Vietnamese calendar, whatever calendar the festival keeps. */
    private static void lunar(ObjectNode node, LocalDate day) {
        if (day.isBefore(FIRST) || day.isAfter(LAST)) return;
        var date = VietnameseCalendar.of(day);
        node.put("year", date.year()).put("month", date.month()).put("day", date.day());
        if (date.leap()) node.put("leap", true);
    }
}
