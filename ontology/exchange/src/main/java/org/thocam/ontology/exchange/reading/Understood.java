package org.thocam.ontology.exchange.reading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.exchange.Description.Draft;
import org.thocam.ontology.exchange.rules.Facts;
import org.thocam.ontology.exchange.rules.Value;
import org.thocam.ontology.reference.DcmiTypes;
import org.thocam.ontology.reference.People;

/** What several formats say in the same words: how those become ours. */
public final class Understood {
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT");
    private static final Map<String, String> TYPES =
            DcmiTypes.ALL.stream().collect(Collectors.toUnmodifiableMap(Understood::plain, Function.identity()));
    /** The official Vietnamese name means the people of that name, whoever else calls itself so. */
    private static final Map<String, People> OFFICIAL = official();

    private Understood() {}

    /** A subject, before it is known whether it names a people. */
    public record Heading(String text, LanguageTag language, String scheme) {}

    public static void languages(Draft draft, List<Found> found) {
        Languages.of(found).forEach(draft::language);
    }

    /** The DCMI type, however it is written; any other is a term. */
    public static void type(Draft draft, String text, LanguageTag language, String scheme) {
        var type = TYPES.get(plain(text));
        if (type != null && language.undetermined() && scheme.isEmpty()) draft.type(type);
        else draft.term("type", text, language, scheme);
    }

    /**
     * A day, a month or a year is when something was made; a moment of the clock is when a machine took it in, which is told as
     * {@code available}. The first of the former counts.
     */
    public static void dates(Draft draft, List<Found> found) {
        for (var date : found) {
            if (MOMENT.matcher(date.text()).lookingAt())
                draft.term("available", date.text(), LanguageTag.UNDETERMINED, "");
            else draft.date(date.text());
        }
    }

    /** A date of a certain kind is the date of the item too where no plain one is. */
    public static void datesOfKinds(Draft draft, List<Found> plain, List<Found> kinds, Function<Found, String> term) {
        dates(draft, plain);
        if (plain.isEmpty())
            kinds.stream()
                    .map(Found::text)
                    .filter(text -> !text.isEmpty())
                    .limit(1)
                    .forEach(draft::date);
        for (var date : kinds) draft.term(term.apply(date), date.text(), LanguageTag.UNDETERMINED, "");
    }

    /** Peoples by their names, and the other subjects; a further name of a people that is known already is no other subject. */
    public static void subjects(Draft draft, List<Heading> headings) {
        var peoples = new LinkedHashSet<People>();
        for (var heading : headings) people(heading).ifPresent(peoples::add);
        var names = peoples.stream()
                .flatMap(people -> Facts.names(people).stream())
                .map(Value::text)
                .collect(Collectors.toSet());
        peoples.forEach(people -> draft.people(people.id()));
        for (var heading : headings)
            if (people(heading).isEmpty() && !(heading.scheme.isEmpty() && names.contains(heading.text)))
                draft.term("subject", heading.text, heading.language, heading.scheme);
    }

    private static Optional<People> people(Heading heading) {
        if (!heading.scheme.isEmpty()) return Optional.empty();
        var official = OFFICIAL.get(heading.text.strip().toLowerCase(Locale.ROOT));
        return official != null ? Optional.of(official) : People.named(heading.text);
    }

    /** Points first, for a name alone would be taken for the whole place. */
    public static void places(Draft draft, List<Found> found) {
        found.stream().filter(place -> place.isOf("Point")).forEach(place -> point(place.text())
                .ifPresent(draft::place));
        var names = found.stream()
                .filter(place -> !place.isOf("Point") && !place.text().isEmpty())
                .toList();
        // a name in a language is one of several: the place only where there is no better
        boolean none = names.size() == found.size()
                && names.stream().noneMatch(place -> place.language().undetermined());
        for (int i = 0; i < names.size(); i++) {
            var place = names.get(i);
            if (place.language().undetermined() || none && i == 0) draft.place(new Place(place.text(), null, null));
            else draft.term("spatial", place.text(), place.language(), "");
        }
    }

    /** DCMI Point Encoding Scheme; empty where the text is none. */
    static Optional<Place> point(String text) {
        var parts = new HashMap<String, String>();
        for (var part : split(text, ';')) {
            var pair = split(part, '=');
            if (pair.size() == 2)
                parts.put(
                        pair.get(0).strip().toLowerCase(Locale.ROOT),
                        unescaped(pair.get(1).strip()));
        }
        try {
            return Optional.of(new Place(
                    parts.getOrDefault("name", ""),
                    Double.valueOf(parts.getOrDefault("north", "")),
                    Double.valueOf(parts.getOrDefault("east", ""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> split(String text, char at) {
        var parts = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') i++;
            else if (text.charAt(i) == at) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unescaped(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) i++;
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }

    private static String plain(String type) {
        return type.strip().toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private static Map<String, People> official() {
        var official = new HashMap<String, People>();
        for (int i = 1; i <= 54; i++)
            People.ofId(String.format(Locale.ROOT, "EG%02d", i))
                    .ifPresent(people -> official.put(people.nameVi().toLowerCase(Locale.ROOT), people));
        return Map.copyOf(official);
    }
}
