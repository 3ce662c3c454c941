package org.thocam.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.thocam.api.CurrentEntities.View;
import org.thocam.index.search.SearchRequest.BoundingBox;
import org.thocam.ontology.Shown;
import org.thocam.ontology.entity.Column;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Point;

/**
 * Which entities are asked for, beside the words. A place takes in what lies within it, and within what became part of it; a people, a
 * language or a script is matched in whatever column names it.
 *
 * @param where wanted values by column; any of them
 * @param validOn a day on which a place has to exist; what has no life span counts as existing
 */
record EntityFilter(
        Set<EntityKind> kinds,
        List<String> peoples,
        List<String> places,
        List<String> languages,
        List<String> scripts,
        Optional<BoundingBox> bbox,
        Optional<Circle> near,
        OptionalInt lunarMonth,
        Optional<Days> days,
        Optional<LocalDate> validOn,
        Map<String, List<String>> where) {
    private static final double MOST_KM = 20_038;
    private static final int MOST_VALUES = 100;
    private static final int MOST_CHARACTERS = 500;

    /** @param km as the great circle measures it */
    record Circle(Point around, double km) {
        boolean has(Point point) {
            return around.kmTo(point) <= km;
        }
    }

    /** Both included. */
    record Days(LocalDate from, LocalDate to) {}

    static final Set<String> OURS = Set.of(
            "q",
            "type",
            "people",
            "place",
            "language",
            "script",
            "bbox",
            "near",
            "within",
            "lunarMonth",
            "from",
            "to",
            "validOn",
            "sort",
            "size",
            "cursor",
            "format",
            "columns",
            "order");

    /** @param parameters of the request, whatever else stands in it names a column */
    static EntityFilter of(Map<String, List<String>> parameters, View view) {
        var given = new Given(parameters);
        var kinds = kinds(given.values("type"));
        return new EntityFilter(
                kinds,
                ids(given, "people", EntityKind.PEOPLE, "", view),
                ids(given, "place", EntityKind.PLACE, "", view),
                ids(given, "language", EntityKind.LANGUAGE, "LG-", view),
                ids(given, "script", EntityKind.SCRIPT, "SC-", view),
                given.one("bbox").map(EntityFilter::box),
                circle(given, view),
                given.one("lunarMonth").map(text -> OptionalInt.of(month(text))).orElse(OptionalInt.empty()),
                days(given),
                given.one("validOn").map(text -> day("validOn", text)),
                where(parameters, kinds));
    }

    /** Parameters as they came, each at most so often and so long. */
    private record Given(Map<String, List<String>> all) {
        /** Repeated, or with commas between them. */
        List<String> values(String name) {
            var values = SearchParameters.values(all.get(name), true);
            if (values.size() > MOST_VALUES) throw Lists.bad(name, values.size() + " values", "at most " + MOST_VALUES);
            return values;
        }

        Optional<String> one(String name) {
            return all.getOrDefault(name, List.of()).stream()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .findFirst();
        }
    }

    static Set<EntityKind> kinds(List<String> words) {
        var kinds = EnumSet.noneOf(EntityKind.class);
        for (var word : words)
            kinds.add(EntityKind.ofWord(word)
                    .orElseThrow(() -> Lists.bad(
                            "type",
                            word,
                            java.util.Arrays.stream(EntityKind.values())
                                    .map(EntityKind::word)
                                    .collect(Collectors.joining(", ")))));
        return kinds;
    }

    private static List<String> ids(Given given, String name, EntityKind kind, String prefix, View view) {
        var ids = new ArrayList<String>();
        for (var value : given.values(name)) {
            var id = EntityKind.ofId(value).isPresent() ? value : prefix + value;
            if (EntityKind.ofId(id).filter(kind::equals).isEmpty())
                throw Lists.bad(name, value, "the id of a " + kind.word() + ", as " + kind.idPattern() + " says");
            if (view.register().find(id).isEmpty())
                throw Lists.bad(name, value, "the id of a " + kind.word() + " that is there");
            ids.add(id);
        }
        return ids;
    }

    static BoundingBox box(String text) {
        return SearchParameters.box(text);
    }

    private static Optional<Circle> circle(Given given, View view) {
        var near = given.one("near");
        var within = given.one("within");
        if (near.isEmpty()) {
            if (within.isPresent()) throw Lists.bad("within", within.get(), "near=lat,lon with it");
            return Optional.empty();
        }
        double km = number("within", within.orElseThrow(() -> Lists.bad("within", "", "kilometres, with near")));
        if (!(km > 0 && km <= MOST_KM))
            throw Lists.bad("within", within.get(), "kilometres, more than 0 to " + MOST_KM);
        return Optional.of(new Circle(point(near.get(), view), km));
    }

    /** {@code lat,lon}, or the id of an entity that has a point. */
    static Point point(String text, View view) {
        if (EntityKind.ofId(text).isPresent())
            return view.register()
                    .find(text)
                    .flatMap(Entity::point)
                    .orElseThrow(() -> Lists.bad("near", text, "an entity that has a point, or lat,lon in degrees"));
        var parts = text.split(",", -1);
        if (parts.length == 2)
            try {
                return new Point(Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip()));
            } catch (IllegalArgumentException e) {
                throw Lists.bad("near", text, "lat,lon in degrees, lat -90 to 90, lon -180 to 180");
            }
        throw Lists.bad("near", text, "lat,lon in degrees, or the id of an entity that has a point");
    }

    static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw Lists.bad(name, text, "a number");
        }
    }

    static int month(String text) {
        if (text.matches("0?[1-9]|1[0-2]")) return Integer.parseInt(text);
        throw Lists.bad("lunarMonth", text, "a month from 1 to 12");
    }

    private static Optional<Days> days(Given given) {
        return days(given.one("from"), given.one("to"));
    }

    /** Where one end is left out, the span is of a year. */
    static Optional<Days> days(Optional<String> from, Optional<String> to) {
        if (from.isEmpty() && to.isEmpty()) return Optional.empty();
        var first = from.map(text -> day("from", text));
        var last = to.map(text -> day("to", text));
        var days = new Days(
                first.orElseGet(() -> notBefore(last.orElseThrow().minusYears(1).plusDays(1))),
                last.orElseGet(() -> notAfter(first.orElseThrow().plusYears(1).minusDays(1))));
        if (days.to.isBefore(days.from)) throw Lists.bad("to", to.orElse(""), "a day not before 'from'");
        return Optional.of(days);
    }

    private static LocalDate notBefore(LocalDate day) {
        return day.isBefore(FestivalDays.FIRST) ? FestivalDays.FIRST : day;
    }

    private static LocalDate notAfter(LocalDate day) {
        return day.isAfter(FestivalDays.LAST) ? FestivalDays.LAST : day;
    }

    static LocalDate day(String name, String text) {
        try {
            var day = LocalDate.parse(text);
            if (!day.isBefore(FestivalDays.FIRST) && !day.isAfter(FestivalDays.LAST)) return day;
        } catch (java.time.format.DateTimeParseException e) {
            throw Lists.bad(name, text, "a day as YYYY-MM-DD");
        }
        throw Lists.bad(name, text, "a day from " + FestivalDays.FIRST + " to " + FestivalDays.LAST);
    }

    private static Map<String, List<String>> where(Map<String, List<String>> parameters, Set<EntityKind> kinds) {
        var columns = columns(kinds);
        var where = new LinkedHashMap<String, List<String>>();
        parameters.forEach((name, given) -> {
            if (OURS.contains(name)) return;
            if (!columns.contains(name))
                throw Lists.bad(
                        Shown.of(name),
                        given.isEmpty() ? "" : given.get(0),
                        "a parameter of this address, or a column of the type that is asked for: "
                                + String.join(", ", columns));
            var values = new ArrayList<String>();
            for (var text : given) {
                if (text.length() > MOST_CHARACTERS)
                    throw Lists.bad(name, text, "at most " + MOST_CHARACTERS + " characters");
                if (!text.isBlank()) values.add(folded(text));
            }
            if (values.size() > MOST_VALUES) throw Lists.bad(name, values.size() + " values", "at most " + MOST_VALUES);
            where.put(name, values);
        });
        return where;
    }

    static Set<String> columns(Set<EntityKind> kinds) {
        var columns = new LinkedHashSet<String>();
        for (var kind : kinds.isEmpty() ? EnumSet.allOf(EntityKind.class) : kinds)
            kind.columns().stream().map(Column::name).forEach(columns::add);
        // shown as what they are, and not asked for as if they were names of today
        columns.remove("dated_names");
        return columns;
    }

    private static String folded(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** The test that an entity has to pass. */
    Predicate<Entity> in(View view) {
        var inside = new LinkedHashSet<String>();
        for (var place : places) {
            inside.add(place);
            inside.addAll(view.containment().within(place));
        }
        return entity -> (kinds.isEmpty() || kinds.contains(entity.kind()))
                && (peoples.isEmpty() || names(entity, EntityKind.PEOPLE, peoples))
                && (places.isEmpty() || names(entity, EntityKind.PLACE, inside))
                && (languages.isEmpty() || names(entity, EntityKind.LANGUAGE, languages))
                && (scripts.isEmpty() || names(entity, EntityKind.SCRIPT, scripts))
                && bbox.map(box ->
                                entity.point().filter(point -> has(box, point)).isPresent())
                        .orElse(true)
                && near.map(circle -> entity.point().filter(circle::has).isPresent())
                        .orElse(true)
                && (lunarMonth.isEmpty() || FestivalDays.inLunarMonth(entity, lunarMonth.getAsInt()))
                && days.map(span -> !FestivalDays.of(entity, span.from, span.to).isEmpty())
                        .orElse(true)
                && validOn.map(day -> isValid(entity, day)).orElse(true)
                && where.entrySet().stream().allMatch(one -> has(entity, one.getKey(), one.getValue()));
    }

    private static boolean names(Entity entity, EntityKind kind, java.util.Collection<String> wanted) {
        if (entity.kind() == kind && wanted.contains(entity.id())) return true;
        for (var column : entity.kind().columns())
            if (column.targets().contains(kind))
                for (var id : entity.list(column.name())) if (wanted.contains(id)) return true;
        return false;
    }

    static boolean has(BoundingBox box, Point point) {
        boolean across = box.west() > box.east();
        boolean lon = across
                ? point.lon() >= box.west() || point.lon() <= box.east()
                : point.lon() >= box.west() && point.lon() <= box.east();
        return lon && point.lat() >= box.south() && point.lat() <= box.north();
    }

    private static boolean isValid(Entity entity, LocalDate day) {
        var from = entity.text("valid_from");
        var to = entity.text("valid_to");
        return (from.isEmpty() || !LocalDate.parse(from).isAfter(day))
                && (to.isEmpty() || !LocalDate.parse(to).isBefore(day));
    }

    /** Members of a list count one by one; case does not. */
    private static boolean has(Entity entity, String column, List<String> wanted) {
        var found = entity.kind().columns().stream()
                .filter(one -> one.name().equals(column))
                .findFirst()
                .map(one -> one.many() ? entity.list(column) : List.of(entity.text(column)))
                .orElse(List.of());
        return found.stream()
                .map(EntityFilter::folded)
                .filter(text -> !text.isEmpty())
                .anyMatch(text -> wanted.stream().anyMatch(one -> text.equals(one) || among(one, text)));
    }

    private static boolean among(String values, String text) {
        if (values.indexOf(',') < 0) return false;
        for (var value : values.split(",")) if (value.strip().equals(text)) return true;
        return false;
    }
}
