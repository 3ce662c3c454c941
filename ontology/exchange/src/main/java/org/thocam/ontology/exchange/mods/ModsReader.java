package org.thocam.ontology.exchange.mods;

import static org.thocam.ontology.exchange.reading.Reading.from;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.Description.Draft;
import org.thocam.ontology.exchange.RecordReader;
import org.thocam.ontology.exchange.UnreadableRecordException;
import org.thocam.ontology.exchange.reading.Found;
import org.thocam.ontology.exchange.reading.Languages;
import org.thocam.ontology.exchange.reading.Reading;
import org.thocam.ontology.exchange.reading.Understood;
import org.thocam.ontology.exchange.reading.Understood.Heading;
import org.thocam.ontology.reference.Language;
import org.w3c.dom.Element;

/** MODS 3 of the catalogues of others; of a {@code modsCollection} the first record. */
public final class ModsReader implements RecordReader {
    public static final RecordReader READER = new ModsReader();

    private static final Set<String> CREATORS = Set.of("", "creator", "author", "cre", "aut");
    private static final Set<String> PLACES =
            Set.of("geographic", "cartographics", "hierarchicalGeographic", "geographicCode");
    private static final Pattern SCRIPT = Pattern.compile("[A-Z][a-z]{3}");
    private static final Pattern POINT =
            Pattern.compile("\\s*(-?\\d{1,2}(?:\\.\\d+)?)\\s*,\\s*(-?\\d{1,3}(?:\\.\\d+)?)\\s*");
    /** DCMI type by {@code typeOfResource}, the most common where several are told alike. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("text", "Text"),
            Map.entry("cartographic", "Image"),
            Map.entry("notated music", "Text"),
            Map.entry("sound recording", "Sound"),
            Map.entry("sound recording-musical", "Sound"),
            Map.entry("sound recording-nonmusical", "Sound"),
            Map.entry("still image", "StillImage"),
            Map.entry("moving image", "MovingImage"),
            Map.entry("three dimensional object", "PhysicalObject"),
            Map.entry("software, multimedia", "Software"),
            Map.entry("mixed material", "Collection"));

    private static final Map<String, String> RELATIONS = Stream.concat(
                    Mods.RELATIONS.entrySet().stream(), Stream.of(Map.entry("isPartOf", "series")))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
    /** The DCMI term of each date. */
    private static final Map<String, String> DATES = Map.of(
            "dateIssued", "issued",
            "dateCreated", "created",
            "copyrightDate", "dateCopyrighted",
            "dateModified", "modified",
            "dateValid", "valid",
            "dateOther", "available");

    private static final Reading TABLE = Reading.of(
            root -> Mods.NAMESPACE.equals(root.getNamespaceURI()) && "mods".equals(root.getLocalName()),
            Found::name,
            from("titleInfo").each(ModsReader::title),
            from("name").each(ModsReader::name),
            from("genre", "typeOfResource").all(ModsReader::types),
            from("originInfo").each(ModsReader::origin),
            from("language").each(ModsReader::language),
            from("physicalDescription").each(ModsReader::form),
            from("abstract").each(ModsReader::summary),
            from("tableOfContents").term("tableOfContents"),
            from("targetAudience").term("audience"),
            from("note").each(ModsReader::note),
            from("subject").all(ModsReader::subjects),
            from("classification")
                    .each((draft, found) -> draft.term(
                            "subject", found.text(), LanguageTag.UNDETERMINED, found.attribute("authority"))),
            from("relatedItem").each(ModsReader::related),
            from("identifier").each((draft, found) -> {
                if (!found.attribute("invalid").equals("yes")) draft.identifier(found.text());
            }),
            from("location").each((draft, found) -> found.in("url").forEach(url -> draft.identifier(url.text()))),
            from("accessCondition").each(ModsReader::access));

    private ModsReader() {}

    @Override
    public boolean reads(Element metadata) {
        return TABLE.reads(metadata)
                || Mods.NAMESPACE.equals(metadata.getNamespaceURI())
                        && "modsCollection".equals(metadata.getLocalName());
    }

    @Override
    public Description read(Element metadata) {
        if (TABLE.reads(metadata)) return TABLE.read(metadata);
        var first = new Found(metadata)
                .in("mods").stream()
                        .findFirst()
                        .orElseThrow(() -> new UnreadableRecordException(
                                "the modsCollection is empty: want one mods record at least"));
        return TABLE.read(first.element());
    }

    private static void title(Draft draft, Found info) {
        var language = languageOf(
                info, info.textIn("title").isPresent() ? info.in("title").get(0) : info);
        var main = join(" ", List.of(info.textIn("nonSort"), info.textIn("title")));
        var whole = join(": ", List.of(main, info.textIn("subTitle")));
        var text = join(". ", List.of(whole, info.textIn("partNumber"), info.textIn("partName")));
        if (text.isEmpty()) return;
        var type = info.attribute("type");
        if (type.isEmpty() || type.equals("translated")) draft.title(language, text.get());
        else draft.term("alternative", text.get(), language, "");
    }

    private static Optional<String> join(String with, List<Optional<String>> parts) {
        return parts.stream().flatMap(Optional::stream).reduce((one, other) -> one + with + other);
    }

    /** The {@code xml:lang}, else MODS's own {@code lang} with {@code script}. */
    private static LanguageTag languageOf(Found info, Found title) {
        var language = title.language().undetermined() ? info.language() : title.language();
        var script = info.attribute("script");
        boolean tagged =
                info.element().hasAttribute("xml:lang") || title.element().hasAttribute("xml:lang");
        return tagged || script.isEmpty() || language.undetermined() ? language : scripted(language, script);
    }

    /** The tag with its script, unless that is what everybody expects of the language. RFC 5646, section 4.1. */
    private static LanguageTag scripted(LanguageTag language, String script) {
        if (!SCRIPT.matcher(script).matches()
                || Language.script(language.value()).equals(script)) return language;
        return Languages.tag(language.language() + "-" + script).orElse(language);
    }

    private static void name(Draft draft, Found name) {
        var family = part(name, "family");
        var text = family.isPresent()
                ? join(", ", List.of(family, part(name, "given")))
                : join(" ", List.of(part(name, ""), part(name, "given")));
        var role = name.textIn("role", "roleTerm").orElse("");
        for (var term : name.in("role", "roleTerm")) if (term.attribute("type").equals("text")) role = term.text();
        var shown = text.or(() -> name.textIn("displayForm")).orElse("");
        if (CREATORS.contains(role)) draft.creator(shown);
        else draft.term("contributor", shown, LanguageTag.UNDETERMINED, role.equals("contributor") ? "" : role);
    }

    private static Optional<String> part(Found name, String type) {
        return name.in("namePart").stream()
                .filter(part ->
                        part.attribute("type").equals(type) && !part.text().isEmpty())
                .map(Found::text)
                .reduce((one, other) -> one + " " + other);
    }

    /** A DCMI type is exact; {@code typeOfResource} is asked where there is none. */
    private static void types(Draft draft, List<Found> found) {
        boolean exact = false;
        for (var genre : found) {
            if (!genre.name().equals("genre")) continue;
            boolean dct = genre.attribute("authority").equals("dct");
            exact |= dct;
            Understood.type(draft, genre.text(), genre.language(), dct ? "" : genre.attribute("authority"));
        }
        if (!exact)
            for (var type : found)
                if (type.name().equals("typeOfResource")) draft.type(TYPES.getOrDefault(type.text(), ""));
    }

    private static void origin(Draft draft, Found origin) {
        for (var publisher : origin.in("publisher"))
            draft.term("publisher", publisher.text(), publisher.language(), "");
        var dates = origin.children().stream()
                .filter(date -> DATES.containsKey(date.name()))
                .toList();
        var key = dates.stream()
                .filter(date ->
                        date.attribute("keyDate").equals("yes") && date.name().equals("dateCreated"))
                .limit(1)
                .toList();
        var kinds = new ArrayList<Found>();
        for (var name : List.of("dateIssued", "dateCreated", "copyrightDate", "dateModified", "dateValid"))
            dates.stream()
                    .filter(date -> date.name().equals(name) && !key.contains(date))
                    .forEach(kinds::add);
        Understood.datesOfKinds(draft, key, kinds, date -> DATES.get(date.name()));
        // when it may be seen, or something else again, is not when it was made
        for (var date : dates)
            if (date.name().equals("dateOther")) draft.term("available", date.text(), LanguageTag.UNDETERMINED, "");
    }

    private static void language(Draft draft, Found language) {
        var terms = language.in("languageTerm");
        var tag = terms.stream()
                .filter(term -> term.attribute("authority").startsWith("rfc"))
                .flatMap(term -> Languages.tag(term.text()).stream())
                .findFirst();
        tag.or(() -> terms.stream()
                        .flatMap(term -> Languages.tag(term.text()).stream())
                        .findFirst()
                        .map(found ->
                                scripted(found, language.textIn("scriptTerm").orElse(""))))
                .ifPresent(draft::language);
    }

    private static void form(Draft draft, Found form) {
        terms(draft, form, "form", "medium");
        terms(draft, form, "internetMediaType", "format");
        terms(draft, form, "extent", "extent");
        for (var note : form.in("note"))
            draft.term(note.attribute("type").equals("format") ? "format" : "extent", note.text(), note.language(), "");
    }

    private static void terms(Draft draft, Found in, String element, String term) {
        for (var one : in.in(element)) draft.term(term, one.text(), one.language(), "");
    }

    private static void summary(Draft draft, Found summary) {
        if (summary.attribute("type").equals("abstract"))
            draft.term("abstract", summary.text(), summary.language(), "");
        else draft.description(summary.language(), summary.text());
    }

    private static void note(Draft draft, Found note) {
        switch (note.attribute("type")) {
            case "preferred citation" -> draft.term("bibliographicCitation", note.text(), note.language(), "");
            case "ownership" -> draft.term("provenance", note.text(), note.language(), "");
            default -> draft.description(note.language(), note.text());
        }
    }

    /** A heading with subdivisions is one heading, its parts joined as the Library of Congress writes them. */
    private static void subjects(Draft draft, List<Found> found) {
        var headings = new ArrayList<Heading>();
        for (var subject : found) {
            var parts = subject.children();
            boolean place = !parts.isEmpty() && parts.stream().allMatch(part -> PLACES.contains(part.name()));
            boolean time = !parts.isEmpty()
                    && parts.stream().allMatch(part -> part.name().equals("temporal"));
            if (place) place(draft, subject);
            else if (time) parts.forEach(part -> draft.term("temporal", part.text(), part.language(), ""));
            else if (!parts.isEmpty()) headings.add(heading(subject, parts));
        }
        Understood.subjects(draft, headings);
    }

    private static Heading heading(Found subject, List<Found> parts) {
        var text = parts.stream()
                .map(part -> part.in("namePart").isEmpty()
                        ? part.text()
                        : part(part, "").orElse(part.text()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("--"));
        var language = parts.get(0).language().undetermined()
                ? subject.language()
                : parts.get(0).language();
        return new Heading(text, language, subject.attribute("authority"));
    }

    private static void place(Draft draft, Found subject) {
        var levels = new ArrayList<String>();
        subject.in("hierarchicalGeographic")
                .forEach(geographic -> geographic.children().forEach(level -> levels.add(0, level.text())));
        var geographic = subject.in("geographic");
        var name = geographic.isEmpty()
                ? String.join(", ", levels)
                : geographic.get(0).text();
        var point = subject.textIn("cartographics", "coordinates")
                .map(POINT::matcher)
                .filter(m -> m.matches());
        var language = geographic.isEmpty()
                ? LanguageTag.UNDETERMINED
                : geographic.get(0).language();
        if (!language.undetermined()) draft.term("spatial", name, language, "");
        else if (point.isPresent())
            draft.place(located(
                    name,
                    Double.valueOf(point.get().group(1)),
                    Double.valueOf(point.get().group(2))));
        else if (!name.isBlank()) draft.place(new Place(name, null, null));
    }

    private static Place located(String name, Double lat, Double lon) {
        boolean onEarth = Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
        return onEarth ? new Place(name, lat, lon) : new Place(name, null, null);
    }

    private static void related(Draft draft, Found item) {
        var text = join(": ", List.of(item.textIn("titleInfo", "title"), item.textIn("titleInfo", "subTitle")));
        var value = item.textIn("location", "url").or(() -> text).or(() -> item.textIn("identifier"));
        var term = RELATIONS.getOrDefault(item.attribute("type"), "relation");
        value.ifPresent(said -> draft.term(term, said, item.language(), ""));
    }

    private static void access(Draft draft, Found condition) {
        var text = condition.text().isEmpty() ? condition.attribute("href") : condition.text();
        if (condition.attribute("type").equals("license")) draft.term("license", text, condition.language(), "");
        else draft.rights(text);
    }
}
