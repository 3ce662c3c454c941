package org.thocam.ontology.exchange.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.reference.People;

/**
 * The columns of a Dublin Core table: DSpace's {@code dc.title[vi]}, {@code dcterms.extent}, or plain {@code title@vi}. Several values
 * stand in one cell with {@code ||} between them. DSpace 7 documentation, Batch Metadata Editing.
 */
final class DublinCoreColumns {
    private static final Pattern HEADING = Pattern.compile(
            "(?:(?<schema>dc|dcterms)\\.)?(?<element>[A-Za-z]+)(?:\\.(?<qualifier>[^\\[\\]@]+))?(?:\\[(?<tag>[^\\]]*)\\]|@(?<at>[A-Za-z0-9-]+))?");
    private static final List<String> ELEMENTS = List.of(
            "title",
            "creator",
            "subject",
            "description",
            "publisher",
            "contributor",
            "date",
            "type",
            "format",
            "identifier",
            "source",
            "language",
            "relation",
            "coverage",
            "rights");
    /** The columns of DSpace that are about its own collections. */
    private static final List<String> OTHERS = List.of("id", "collection");

    private static final Pattern POINT = Pattern.compile("([a-z]+)\\s*=\\s*([^;]*)");

    /** @param qualifier empty where there is none */
    private record Column(String schema, String element, String qualifier, LanguageTag language) {
        static Optional<Column> of(String heading) {
            var matcher = HEADING.matcher(heading.strip());
            if (!matcher.matches()) return Optional.empty();
            var schema = matcher.group("schema") == null ? "" : matcher.group("schema");
            var element = matcher.group("element");
            boolean known = ELEMENTS.contains(element) || !schema.equals("dc") && Term.NAMES.contains(element);
            if (!known && !schema.equals("dc")) return Optional.empty();
            var qualifier = matcher.group("qualifier") == null ? "" : matcher.group("qualifier");
            if (schema.isEmpty() && !qualifier.isEmpty()) return Optional.empty();
            return Optional.of(new Column(
                    schema,
                    element,
                    qualifier,
                    tag(matcher.group("tag") == null ? matcher.group("at") : matcher.group("tag"))));
        }

        private static LanguageTag tag(String text) {
            try {
                return text == null
                        ? LanguageTag.UNDETERMINED
                        : new LanguageTag(text.strip().replace('_', '-'));
            } catch (IllegalArgumentException e) {
                // DSpace writes * for any
                return LanguageTag.UNDETERMINED;
            }
        }
    }

    private DublinCoreColumns() {}

    /** Whether a table with this heading row is one of Dublin Core: a title, and, without DSpace's prefix, nothing that is none. */
    static boolean are(List<String> headings) {
        var columns =
                headings.stream().map(Column::of).flatMap(Optional::stream).toList();
        boolean title = columns.stream().anyMatch(column -> column.element.equals("title"));
        boolean prefixed = columns.stream().anyMatch(column -> column.schema.equals("dc"));
        boolean all = headings.stream()
                .allMatch(heading -> OTHERS.contains(heading.strip().toLowerCase(Locale.ROOT))
                        || Column.of(heading).isPresent());
        return title && (prefixed || all && columns.size() > 1);
    }

    static Description describe(Map<String, String> row) {
        var draft = new Description.Draft();
        row.forEach((heading, cell) -> Column.of(heading).ifPresent(column -> {
            for (var value : cell.split("\\|\\|")) if (!value.isBlank()) say(draft, column, value.strip());
        }));
        return draft.done();
    }

    private static void say(Description.Draft draft, Column column, String value) {
        var tag = column.language;
        var qualifier = column.qualifier;
        if (column.schema.equals("dcterms") || !ELEMENTS.contains(column.element)) {
            if (column.element.equals("title")) draft.title(tag, value);
            else if (Term.NAMES.contains(column.element)) draft.term(column.element, value, tag, qualifier);
            else if (ELEMENTS.contains(column.element))
                say(draft, new Column("dc", column.element, qualifier, tag), value);
            return;
        }
        switch (column.element) {
            case "title" -> {
                if (qualifier.isEmpty()) draft.title(tag, value);
                else draft.term("alternative", value, tag, "");
            }
            case "creator" -> draft.creator(value);
            case "contributor" -> {
                if (qualifier.equals("author")) draft.creator(value);
                else draft.term("contributor", value, tag, qualifier);
            }
            case "subject" -> subject(draft, value, tag, qualifier);
            case "description" -> description(draft, value, tag, qualifier);
            case "date" -> date(draft, value, qualifier);
            case "language" -> language(draft, value);
            case "identifier" -> {
                if (qualifier.equals("citation")) draft.term("bibliographicCitation", value, tag, "");
                else draft.identifier(value);
            }
            case "coverage" -> coverage(draft, value, tag, qualifier);
            case "rights" -> {
                if (qualifier.equals("uri") || qualifier.equals("license"))
                    draft.term("license", value, LanguageTag.UNDETERMINED, "");
                else if (qualifier.equals("holder")) draft.term("rightsHolder", value, tag, "");
                else draft.rights(value);
            }
            case "relation" -> relation(draft, value, tag, qualifier);
            case "format" -> draft.term(Term.NAMES.contains(qualifier) ? qualifier : "format", value, tag, "");
            case "type" -> draft.type(value);
            default -> draft.term(column.element, value, tag, qualifier);
        }
    }

    private static void subject(Description.Draft draft, String value, LanguageTag tag, String qualifier) {
        var people = qualifier.isEmpty() ? People.named(value) : Optional.<People>empty();
        people.ifPresentOrElse(known -> draft.people(known.id()), () -> draft.term("subject", value, tag, qualifier));
    }

    private static void description(Description.Draft draft, String value, LanguageTag tag, String qualifier) {
        switch (qualifier.toLowerCase(Locale.ROOT)) {
            case "tableofcontents" -> draft.term("tableOfContents", value, tag, "");
            case "provenance" -> draft.term("provenance", value, tag, "");
            default -> draft.description(tag, value);
        }
    }

    private static void date(Description.Draft draft, String value, String qualifier) {
        switch (qualifier) {
            case "", "issued" -> draft.date(value);
            case "accessioned", "updated" -> {
                // when another repository took it in, is no fact of the item
            }
            case "copyright" -> draft.term("dateCopyrighted", value, LanguageTag.UNDETERMINED, "");
            default ->
                draft.term(Term.NAMES.contains(qualifier) ? qualifier : "issued", value, LanguageTag.UNDETERMINED, "");
        }
    }

    private static void language(Description.Draft draft, String value) {
        try {
            draft.language(new LanguageTag(value.replace('_', '-')));
        } catch (IllegalArgumentException e) {
            // a language in words is told as it is
            draft.description(LanguageTag.UNDETERMINED, value);
        }
    }

    private static void relation(Description.Draft draft, String value, LanguageTag tag, String qualifier) {
        var name = Term.NAMES.stream()
                .filter(term -> term.equalsIgnoreCase(qualifier))
                .findFirst()
                .orElse(qualifier.startsWith("ispartof") ? "isPartOf" : "relation");
        draft.term(name, value, tag, qualifier.endsWith("series") ? "series" : "");
    }

    /** A place is a name, or a DCMI Point. */
    private static void coverage(Description.Draft draft, String value, LanguageTag tag, String qualifier) {
        if (qualifier.equals("temporal")) {
            draft.term("temporal", value, tag, "");
            return;
        }
        var parts = new LinkedHashMap<String, String>();
        var matcher = POINT.matcher(value);
        while (matcher.find()) parts.put(matcher.group(1), matcher.group(2).strip());
        try {
            draft.place(
                    parts.containsKey("east") && parts.containsKey("north")
                            ? new Place(
                                    parts.getOrDefault("name", ""),
                                    Double.valueOf(parts.get("north")),
                                    Double.valueOf(parts.get("east")))
                            : new Place(value, null, null));
        } catch (IllegalArgumentException e) {
            draft.place(new Place(value, null, null));
        }
    }

    /** The cells of an item, by their headings. */
    static Map<String, String> row(CatalogueRecord record) {
        var item = record.item();
        var row = new LinkedHashMap<String, String>();
        add(row, "id", item.id().value());
        item.title().texts().forEach((tag, text) -> add(row, "dc.title" + in(tag), text));
        item.creators().forEach(name -> add(row, "dc.contributor.author", name));
        add(row, "dc.date.issued", item.date());
        add(row, "dc.type", item.type());
        record.languages().forEach(tag -> add(row, "dc.language.iso", tag.value()));
        item.description().texts().forEach((tag, text) -> add(row, "dc.description" + in(tag), text));
        item.people().forEach(id -> add(row, "dc.subject", People.shown(id)));
        item.place().ifPresent(place -> add(row, "dc.coverage.spatial", point(place)));
        add(row, "dc.rights", item.rights());
        add(row, "dc.identifier.uri", record.page());
        item.identifiers().forEach(text -> add(row, "dc.identifier", text));
        for (var term : item.terms()) {
            var qualifier = term.qualifier().replaceAll("[\\[\\]@]", "");
            var name = "dcterms." + term.name() + (qualifier.isEmpty() ? "" : "." + qualifier);
            add(row, name + in(term.language()), term.value());
        }
        return row;
    }

    private static String in(LanguageTag tag) {
        return tag.value().equals("und") ? "" : "[" + tag + "]";
    }

    private static String point(Place place) {
        return place.located()
                ? "name=" + place.name().replace(';', ',') + "; east=" + place.lon() + "; north=" + place.lat()
                : place.name();
    }

    private static void add(Map<String, String> row, String heading, String value) {
        if (!value.isBlank()) row.merge(heading, value.replace("||", "| |"), (first, more) -> first + "||" + more);
    }
}
