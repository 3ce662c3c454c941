package org.thocam.dictionary.exchange.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Etymology;
import org.thocam.dictionary.entry.Example;
import org.thocam.dictionary.entry.Field;
import org.thocam.dictionary.entry.Form;
import org.thocam.dictionary.entry.Gloss;
import org.thocam.dictionary.entry.GrammaticalInfo;
import org.thocam.dictionary.entry.Media;
import org.thocam.dictionary.entry.Multitext;
import org.thocam.dictionary.entry.Note;
import org.thocam.dictionary.entry.Pronunciation;
import org.thocam.dictionary.entry.Relation;
import org.thocam.dictionary.entry.Sense;
import org.thocam.dictionary.entry.Trait;
import org.thocam.dictionary.entry.Translation;
import org.thocam.dictionary.entry.Variant;
import org.thocam.dictionary.exchange.table.Column.Name;

/**
 * An entry as rows of cells, one for each sense, and back. A sense's row has its number in {@link Name#SENSE}: {@code 2}, or {@code 2.1}
 * for the first subsense of the second.
 */
public final class Flat {
    static final String DOMAIN = "semantic-domain-ddp4";
    private static final String UNDETERMINED = "und";

    /** A sense's cells, with those of its subsenses below it. */
    private record Node(Map<Column, String> cells, List<Node> below) {}

    private Flat() {}

    // Entry to rows

    /** @param language of what has no tag in a column's name, such as {@code headword} */
    public static List<Map<Column, String>> rows(Entry entry, String language) {
        var first = new TreeMap<Column, String>();
        put(first, Name.LIFT_ID, entry.liftId());
        put(first, Name.GUID, entry.guid());
        put(first, Name.ORDER, entry.order());
        put(first, Name.DATE_CREATED, entry.dateCreated());
        put(first, Name.DATE_MODIFIED, entry.dateModified());
        put(first, Name.DATE_DELETED, entry.dateDeleted());
        texts(first, Name.HEADWORD, "", 1, entry.lexicalUnit(), language);
        texts(first, Name.CITATION, "", 1, entry.citation(), language);
        numbered(entry.pronunciations(), (number, one) -> {
            texts(first, Name.PRONUNCIATION, "", number, one.forms(), language + "-fonipa");
            if (!one.media().isEmpty())
                put(
                        first,
                        new Column(Name.AUDIO, "", "", number),
                        one.media().get(0).href());
        });
        numbered(entry.variants(), (number, one) -> texts(first, Name.VARIANT, "", number, one.forms(), language));
        numbered(entry.etymologies(), (number, one) -> {
            texts(first, Name.ETYMOLOGY, "", number, one.forms(), language);
            put(first, new Column(Name.ETYMOLOGY_TYPE, "", "", number), one.type());
            put(first, new Column(Name.ETYMOLOGY_SOURCE, "", "", number), one.source());
            for (var gloss : one.glosses())
                if (!gloss.lang().isEmpty())
                    put(first, new Column(Name.ETYMOLOGY_GLOSS, "", gloss.lang(), number), gloss.text());
        });
        notes(first, Name.NOTE, entry.notes());
        relations(first, Name.RELATION, entry.relations());
        fields(first, Name.FIELD, entry.fields());
        traits(first, Name.TRAIT, entry.traits());
        var rows = new ArrayList<Map<Column, String>>();
        senses(entry.senses(), "", language, rows);
        if (rows.isEmpty()) rows.add(first);
        else rows.get(0).putAll(first);
        return rows;
    }

    private static void senses(List<Sense> senses, String above, String language, List<Map<Column, String>> rows) {
        numbered(senses, (number, sense) -> {
            var row = new TreeMap<Column, String>();
            var path = above + number;
            put(row, Name.SENSE, path);
            put(row, Name.SENSE_ID, sense.id());
            if (sense.grammaticalInfo() != null)
                put(row, Name.PART_OF_SPEECH, sense.grammaticalInfo().value());
            var glosses = new HashMap<String, Integer>();
            for (var gloss : sense.glosses())
                if (!gloss.lang().isEmpty())
                    put(
                            row,
                            new Column(Name.GLOSS, "", gloss.lang(), glosses.merge(gloss.lang(), 1, Integer::sum)),
                            gloss.text());
            texts(row, Name.DEFINITION, "", 1, sense.definition(), "");
            domains(row, sense.traits());
            numbered(sense.examples(), (at, example) -> example(row, at, example, language));
            numbered(sense.illustrations(), (at, picture) -> {
                put(row, new Column(Name.PICTURE, "", "", at), picture.href());
                texts(row, Name.PICTURE_CAPTION, "", at, picture.label(), UNDETERMINED);
            });
            notes(row, Name.SENSE_NOTE, sense.notes());
            relations(row, Name.SENSE_RELATION, sense.relations());
            fields(row, Name.SENSE_FIELD, sense.fields());
            rows.add(row);
            senses(sense.subsenses(), path + ".", language, rows);
        });
    }

    private static void domains(Map<Column, String> row, List<Trait> traits) {
        var domains = new ArrayList<String>();
        var others = new ArrayList<Trait>();
        for (var trait : traits) {
            var value = trait.value();
            boolean plain = value.equals(value.strip()) && !value.isEmpty() && !value.contains(";");
            if (trait.name().equals(DOMAIN) && plain) domains.add(value);
            else others.add(trait);
        }
        put(row, Name.DOMAIN, String.join("; ", domains));
        traits(row, Name.SENSE_TRAIT, others);
    }

    private static void example(Map<Column, String> row, int number, Example example, String language) {
        example.forms().forms().forEach((tag, form) -> {
            if (tag.equals(language)) put(row, new Column(Name.EXAMPLE, "", "", number), form.text());
            else if (!tag.isEmpty()) put(row, new Column(Name.EXAMPLE_FORM, "", tag, number), form.text());
        });
        for (var translation : example.translations())
            translation.forms().forms().forEach((tag, form) -> {
                if (!tag.isEmpty() && !form.text().isBlank())
                    row.putIfAbsent(new Column(Name.EXAMPLE, "", tag, number), form.text());
            });
        put(row, new Column(Name.EXAMPLE_SOURCE, "", "", number), example.source());
        if (!example.notes().isEmpty())
            texts(
                    row,
                    Name.EXAMPLE_NOTE,
                    example.notes().get(0).type(),
                    number,
                    example.notes().get(0).forms(),
                    UNDETERMINED);
        for (var field : example.fields())
            if (!field.type().isEmpty())
                texts(row, Name.EXAMPLE_FIELD, field.type(), number, field.forms(), UNDETERMINED);
    }

    private static void notes(Map<Column, String> row, Name name, List<Note> notes) {
        var counts = new HashMap<String, Integer>();
        for (var note : notes)
            texts(row, name, note.type(), counts.merge(note.type(), 1, Integer::sum), note.forms(), UNDETERMINED);
    }

    private static void fields(Map<Column, String> row, Name name, List<Field> fields) {
        var counts = new HashMap<String, Integer>();
        for (var field : fields)
            if (!field.type().isEmpty())
                texts(
                        row,
                        name,
                        field.type(),
                        counts.merge(field.type(), 1, Integer::sum),
                        field.forms(),
                        UNDETERMINED);
    }

    private static void relations(Map<Column, String> row, Name name, List<Relation> relations) {
        var counts = new HashMap<String, Integer>();
        for (var one : relations)
            if (!one.type().isEmpty())
                put(row, new Column(name, one.type(), "", counts.merge(one.type(), 1, Integer::sum)), one.ref());
    }

    private static void traits(Map<Column, String> row, Name name, List<Trait> traits) {
        var counts = new HashMap<String, Integer>();
        for (var one : traits)
            if (!one.name().isEmpty())
                put(row, new Column(name, one.name(), "", counts.merge(one.name(), 1, Integer::sum)), one.value());
    }

    private static void texts(
            Map<Column, String> row, Name name, String type, int number, Multitext texts, String untagged) {
        texts.forms().forEach((tag, form) -> {
            boolean plain = tag.equals(untagged);
            if (plain || !tag.isEmpty()) put(row, new Column(name, type, plain ? "" : tag, number), form.text());
        });
    }

    private static void put(Map<Column, String> row, Name name, String value) {
        put(row, Column.of(name), value);
    }

    private static void put(Map<Column, String> row, Column column, String value) {
        if (!value.isBlank() && column.number() < 10_000) row.put(column, value);
    }

    private static <T> void numbered(List<T> list, BiConsumer<Integer, T> with) {
        for (int at = 0; at < list.size(); at++) with.accept(at + 1, list.get(at));
    }

    // Rows to entry

    /** Whether a row says something of a sense. */
    public static boolean hasSense(Map<Column, String> row) {
        return row.keySet().stream().anyMatch(column -> column.name().ofSense());
    }

    /**
     * The entry of these rows; what is said of the entry is in the first. A sense whose number is {@code 2.1} stands below the one
     * before it that is {@code 2}.
     *
     * @param rows without blank cells
     */
    public static Entry entry(List<Map<Column, String>> rows, String language) {
        var first = new TreeMap<>(rows.get(0));
        var top = new ArrayList<Node>();
        var byPath = new HashMap<String, Node>();
        for (var row : rows) {
            if (!hasSense(row)) continue;
            var path = row.getOrDefault(Column.of(Name.SENSE), "");
            int dot = path.lastIndexOf('.');
            var above = dot < 0 ? null : byPath.get(path.substring(0, dot));
            var node = new Node(new TreeMap<>(row), new ArrayList<>());
            (above == null ? top : above.below()).add(node);
            byPath.put(path, node);
        }
        return new Entry(
                value(first, Name.LIFT_ID),
                value(first, Name.GUID),
                value(first, Name.ORDER),
                value(first, Name.DATE_DELETED),
                text(first, Name.HEADWORD, language),
                text(first, Name.CITATION, language),
                pronunciations(first, language),
                groups(first, Name.VARIANT)
                        .map(cells -> new Variant(
                                "", text(cells, Name.VARIANT, language), null, null, null, null, null, "", ""))
                        .toList(),
                top.stream().map(node -> sense(node, language)).toList(),
                notes(first, Name.NOTE),
                relations(first, Name.RELATION),
                groups(first, Name.ETYMOLOGY, Name.ETYMOLOGY_TYPE, Name.ETYMOLOGY_SOURCE, Name.ETYMOLOGY_GLOSS)
                        .map(cells -> new Etymology(
                                value(cells, Name.ETYMOLOGY_TYPE),
                                value(cells, Name.ETYMOLOGY_SOURCE),
                                text(cells, Name.ETYMOLOGY, language),
                                glosses(cells, Name.ETYMOLOGY_GLOSS),
                                null,
                                null,
                                null,
                                "",
                                ""))
                        .toList(),
                fields(first, Name.FIELD),
                traits(first, Name.TRAIT),
                List.of(),
                value(first, Name.DATE_CREATED),
                value(first, Name.DATE_MODIFIED));
    }

    private static Sense sense(Node node, String language) {
        var cells = node.cells();
        var pos = value(cells, Name.PART_OF_SPEECH);
        var domains = Stream.of(value(cells, Name.DOMAIN).split(";"))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> new Trait(DOMAIN, value, List.of()));
        return new Sense(
                value(cells, Name.SENSE_ID),
                "",
                pos.isEmpty() ? null : new GrammaticalInfo(pos, List.of()),
                glosses(cells, Name.GLOSS),
                text(cells, Name.DEFINITION, ""),
                relations(cells, Name.SENSE_RELATION),
                notes(cells, Name.SENSE_NOTE),
                groups(
                                cells,
                                Name.EXAMPLE,
                                Name.EXAMPLE_FORM,
                                Name.EXAMPLE_SOURCE,
                                Name.EXAMPLE_NOTE,
                                Name.EXAMPLE_FIELD)
                        .map(group -> example(group, language))
                        .toList(),
                List.of(),
                groups(cells, Name.PICTURE, Name.PICTURE_CAPTION)
                        .map(group ->
                                new Media(value(group, Name.PICTURE), text(group, Name.PICTURE_CAPTION, UNDETERMINED)))
                        .toList(),
                node.below().stream().map(below -> sense(below, language)).toList(),
                fields(cells, Name.SENSE_FIELD),
                Stream.concat(domains, traits(cells, Name.SENSE_TRAIT).stream()).toList(),
                List.of(),
                "",
                "");
    }

    private static List<Pronunciation> pronunciations(Map<Column, String> cells, String language) {
        return groups(cells, Name.PRONUNCIATION, Name.AUDIO)
                .map(group -> {
                    var audio = value(group, Name.AUDIO);
                    return new Pronunciation(
                            text(group, Name.PRONUNCIATION, language + "-fonipa"),
                            audio.isEmpty() ? List.of() : List.of(new Media(audio, Multitext.EMPTY)),
                            null,
                            null,
                            null,
                            "",
                            "");
                })
                .toList();
    }

    private static Example example(Map<Column, String> cells, String language) {
        var forms = new LinkedHashMap<String, Form>();
        var translations = new ArrayList<Translation>();
        cells.forEach((column, value) -> {
            if (column.name() == Name.EXAMPLE_FORM) forms.put(column.tag(), new Form(value));
            if (column.name() != Name.EXAMPLE) return;
            if (column.tag().isEmpty()) forms.put(language, new Form(value));
            else translations.add(new Translation("", Multitext.of(column.tag(), value)));
        });
        return new Example(
                value(cells, Name.EXAMPLE_SOURCE),
                new Multitext(forms),
                translations,
                notes(cells, Name.EXAMPLE_NOTE),
                fields(cells, Name.EXAMPLE_FIELD),
                null,
                null,
                "",
                "");
    }

    private static List<Note> notes(Map<Column, String> cells, Name name) {
        return byType(cells, name)
                .map(group -> new Note(
                        group.keySet().iterator().next().type(),
                        text(group, name, UNDETERMINED),
                        null,
                        null,
                        null,
                        "",
                        ""))
                .toList();
    }

    private static List<Field> fields(Map<Column, String> cells, Name name) {
        return byType(cells, name)
                .map(group -> new Field(
                        group.keySet().iterator().next().type(), text(group, name, UNDETERMINED), null, null, "", ""))
                .toList();
    }

    private static List<Gloss> glosses(Map<Column, String> cells, Name name) {
        return only(cells, name)
                .map(cell -> new Gloss(cell.getKey().tag(), cell.getValue(), "", List.of()))
                .toList();
    }

    private static List<Relation> relations(Map<Column, String> cells, Name name) {
        return only(cells, name)
                .map(cell -> new Relation(
                        cell.getKey().type(), cell.getValue(), "", Multitext.EMPTY, null, null, null, "", ""))
                .toList();
    }

    private static List<Trait> traits(Map<Column, String> cells, Name name) {
        return only(cells, name)
                .map(cell -> new Trait(cell.getKey().type(), cell.getValue(), List.of()))
                .toList();
    }

    private static Stream<Map.Entry<Column, String>> only(Map<Column, String> cells, Name name) {
        return cells.entrySet().stream().filter(cell -> cell.getKey().name() == name);
    }

    /** The cells of these names by their number. */
    private static Stream<Map<Column, String>> groups(Map<Column, String> cells, Name... names) {
        var wanted = List.of(names);
        return grouped(cells.entrySet().stream()
                .filter(cell -> wanted.contains(cell.getKey().name())));
    }

    private static Stream<Map<Column, String>> byType(Map<Column, String> cells, Name name) {
        return only(cells, name)
                .collect(Collectors.groupingBy(cell -> cell.getKey().type(), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(group -> grouped(group.getValue().stream()));
    }

    private static Stream<Map<Column, String>> grouped(Stream<Map.Entry<Column, String>> cells) {
        var groups = new TreeMap<Integer, Map<Column, String>>();
        cells.forEach(cell -> groups.computeIfAbsent(cell.getKey().number(), number -> new TreeMap<>())
                .put(cell.getKey(), cell.getValue()));
        return groups.values().stream();
    }

    private static String value(Map<Column, String> cells, Name name) {
        return only(cells, name).map(Map.Entry::getValue).findFirst().orElse("");
    }

    private static Multitext text(Map<Column, String> cells, Name name, String untagged) {
        var forms = new LinkedHashMap<String, Form>();
        only(cells, name).forEach(cell -> {
            var tag = cell.getKey().tag();
            forms.put(tag.isEmpty() ? untagged : tag, new Form(cell.getValue()));
        });
        return new Multitext(forms);
    }
}
