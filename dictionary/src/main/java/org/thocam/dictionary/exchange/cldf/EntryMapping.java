package org.thocam.dictionary.exchange.cldf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Field;
import org.thocam.dictionary.entry.Multitext;
import org.thocam.dictionary.entry.Trait;
import org.thocam.dictionary.exchange.table.Column;
import org.thocam.dictionary.exchange.table.Column.Name;
import org.thocam.dictionary.exchange.table.Flat;

/**
 * What the columns of a data set are in an entry, both ways. What CLDF has no column for stands in one whose {@code dc:identifier} is
 * the name of ours, such as {@code gloss@vi}; a column that we have no field for, in a field {@code cldf:NAME}.
 */
final class EntryMapping {
    static final String OWN = "cldf:";
    private static final String IDENTIFIER = "dc:identifier";
    private static final String DESCRIPTION = "description";
    private static final String BIBLIOGRAPHY = "bibliography";
    private static final String UNDETERMINED = "und";
    private static final String UNKNOWN = "?";

    /** Rows of one entry; what refers from one to the other is not in them. */
    record Bundle(String id, Map<String, String> main, List<OfSense> senses, List<Attached> attached) {}

    record OfSense(Map<String, String> cells, List<Map<String, String>> examples) {}

    /** A row of a table that hangs on the entry, such as a cognate. */
    record Attached(CldfTable table, Map<String, String> cells) {}

    final Metadata metadata;
    final CldfTable main;
    final Optional<CldfTable> senses;
    final Optional<CldfTable> examples;
    private final Optional<CldfTable> media;
    private final Optional<CldfTable> languages;
    private final Optional<CldfTable> parameters;
    private final String meta;
    private final Map<String, String> tagOf = new HashMap<>();
    private final Map<String, CldfTable.Row> languageRows = new HashMap<>();
    private final Map<String, CldfTable.Row> parameterRows = new HashMap<>();
    private final Map<String, CldfTable.Row> mediaRows = new HashMap<>();
    private final Map<String, String> mediaOf = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    EntryMapping(Metadata metadata) {
        this.metadata = metadata;
        main = metadata.component(metadata.main()).orElseThrow();
        boolean wordlist = metadata.module() == CldfDataset.Module.WORDLIST;
        senses = wordlist ? Optional.empty() : metadata.component("SenseTable");
        examples = senses.flatMap(table -> metadata.component("ExampleTable"))
                .filter(table -> senseReference(table).isPresent());
        media = metadata.component("MediaTable");
        languages = metadata.component("LanguageTable");
        parameters = metadata.component("ParameterTable");
        meta = metadata.metaLanguage();
        languages.ifPresent(table -> table.rows.forEach(row -> language(table, row)));
        parameters.ifPresent(table -> table.rows.forEach(row -> parameterRows.put(row.cell(table.id()), row)));
        media.ifPresent(table -> table.rows.forEach(row -> medium(table, row)));
    }

    // Tables

    Optional<CldfTable.Column> senseReference(CldfTable examples) {
        var url = metadata.component("SenseTable").map(table -> table.url).orElse("");
        return examples.columns.stream()
                .filter(column -> examples.keyOf(column.name())
                        .filter(key -> key.table().equals(url))
                        .isPresent())
                .findFirst();
    }

    Optional<CldfTable.Column> entryReference(CldfTable table) {
        return table.columns.stream()
                .filter(column -> !column.list()
                        && table.keyOf(column.name())
                                .filter(key -> key.table().equals(main.url))
                                .isPresent())
                .findFirst();
    }

    /** Tables whose rows hang on an entry each and that no other table refers to. */
    List<CldfTable> attached() {
        var targets = new HashSet<String>();
        metadata.tables.forEach(table -> table.keys.forEach(key -> targets.add(key.table())));
        return metadata.tables.stream()
                .filter(table -> table != main
                        && senses.filter(table::equals).isEmpty()
                        && examples.filter(table::equals).isEmpty()
                        && !targets.contains(table.url)
                        && entryReference(table).isPresent())
                .toList();
    }

    private static String nameOf(CldfTable table) {
        return OWN + (table.component.isEmpty() ? table.url.replaceFirst("\\.[^.]*$", "") : table.component);
    }

    private void language(CldfTable table, CldfTable.Row row) {
        var id = row.cell(table.id());
        var own = table.columns.stream()
                .filter(column -> column.node().path(IDENTIFIER).asText().equals("bcp47"))
                .map(column -> row.cell(column.name()))
                .findFirst()
                .orElse("");
        tagOf.put(
                id, own.isEmpty() ? Lects.tag(cell(table, row, "iso639P3code"), cell(table, row, "glottocode")) : own);
        languageRows.put(id, row);
    }

    private void medium(CldfTable table, CldfTable.Row row) {
        var id = row.cell(table.id());
        mediaRows.put(id, row);
        if (mediaOf.putIfAbsent(href(table, row), id) != null) ambiguous.add(href(table, row));
    }

    private static String href(CldfTable table, CldfTable.Row row) {
        return Stream.of("downloadUrl", "name", "id")
                .map(property -> cell(table, row, property))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(row.cell(table.id()));
    }

    private static String cell(CldfTable table, CldfTable.Row row, String property) {
        return table.property(property).map(column -> row.cell(column.name())).orElse("");
    }

    // Columns

    private boolean refersTo(CldfTable table, CldfTable.Column column, Optional<CldfTable> target) {
        return table.keyOf(column.name())
                .filter(key -> target.filter(one -> one.url.equals(key.table())).isPresent())
                .isPresent();
    }

    private static Optional<Column> own(CldfTable.Column column) {
        var identifier = column.node().path(IDENTIFIER).asText("");
        try {
            return identifier.isEmpty() ? Optional.empty() : Column.parse(identifier);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a column with one text is in an entry; empty where it is made from others. */
    private Optional<Column> role(CldfTable table, CldfTable.Column column) {
        var own = own(column);
        if (own.isPresent()) return own;
        var lang = column.lang().isEmpty() ? meta : column.lang();
        boolean ofSense = senses.filter(table::equals).isPresent();
        if (examples.filter(table::equals).isPresent())
            return switch (column.property()) {
                case "primaryText" -> Optional.of(Column.of(Name.EXAMPLE));
                case "translatedText" -> Optional.of(Column.of(Name.EXAMPLE, "", lang));
                case "comment" -> Optional.of(Column.of(Name.EXAMPLE_NOTE));
                case "source" -> Optional.of(Column.of(Name.EXAMPLE_SOURCE));
                default -> Optional.of(Column.of(Name.EXAMPLE_FIELD, OWN + column.name(), ""));
            };
        return switch (column.property()) {
            case "form", "headword" ->
                Optional.of(ofSense ? Column.of(Name.SENSE_FIELD, OWN + column.name(), "") : Column.of(Name.HEADWORD));
            case "languageReference", "parameterReference" ->
                Optional.of(Column.of(ofSense ? Name.SENSE_TRAIT : Name.TRAIT, OWN + column.name(), ""));
            case "comment" -> Optional.of(Column.of(ofSense ? Name.SENSE_NOTE : Name.NOTE));
            case "source" -> Optional.of(Column.of(ofSense ? Name.SENSE_NOTE : Name.NOTE, BIBLIOGRAPHY, ""));
            case "partOfSpeech" -> Optional.of(Column.of(Name.PART_OF_SPEECH));
            case "concepticonReference" ->
                Optional.of(Column.of(ofSense ? Name.SENSE_TRAIT : Name.TRAIT, "concepticon-id", ""));
            case "description" -> {
                if (column.node().path(IDENTIFIER).asText().equals(DESCRIPTION)) yield Optional.empty();
                yield Optional.of(
                        ofSense
                                ? Column.of(Name.DEFINITION, "", lang)
                                : Column.of(Name.FIELD, OWN + column.name(), ""));
            }
            default ->
                ofSense && column.name().equalsIgnoreCase("Gloss")
                        ? Optional.of(Column.of(Name.GLOSS, "", lang))
                        : Optional.of(Column.of(ofSense ? Name.SENSE_FIELD : Name.FIELD, OWN + column.name(), ""));
        };
    }

    private static boolean joins(CldfTable table, CldfTable.Column column) {
        return column.name().equals(table.id())
                || own(column).isEmpty() && column.property().equals("entryReference");
    }

    // Rows to entry

    Entry entry(Bundle bundle) {
        var cells = new TreeMap<Column, String>();
        cells.put(Column.of(Name.LIFT_ID), bundle.id());
        take(main, bundle.main(), cells, Name.RELATION, Name.AUDIO, "audio/");
        var pos = main.property("partOfSpeech")
                .map(column -> bundle.main().getOrDefault(column.name(), ""))
                .orElse("");
        var rows = new ArrayList<Map<Column, String>>();
        if (metadata.module() == CldfDataset.Module.WORDLIST) {
            meaning(bundle, cells);
            rows.add(cells);
        }
        var wantedPos = Column.of(Name.PART_OF_SPEECH);
        if (metadata.module() == CldfDataset.Module.DICTIONARY) cells.remove(wantedPos);
        for (var sense : bundle.senses()) {
            var table = senses.orElseThrow();
            var row = new TreeMap<Column, String>();
            row.put(Column.of(Name.SENSE_ID), sense.cells().getOrDefault(table.id(), ""));
            take(table, sense.cells(), row, Name.SENSE_RELATION, Name.PICTURE, "image/");
            if (!pos.isEmpty()) row.putIfAbsent(wantedPos, pos);
            for (int at = 0; at < sense.examples().size(); at++)
                example(sense.examples().get(at), at + 1, row);
            row.values().removeIf(String::isBlank);
            rows.add(row);
        }
        if (rows.isEmpty()) {
            if (!pos.isEmpty())
                main.property("partOfSpeech")
                        .ifPresent(column -> cells.put(Column.of(Name.FIELD, OWN + column.name(), ""), pos));
            rows.add(cells);
        } else rows.get(0).putAll(cells);
        derived(bundle, cells).forEach(rows.get(0)::putIfAbsent);
        return withAttached(Flat.entry(rows, tagOf(bundle.main())), bundle.attached());
    }

    private void take(
            CldfTable table,
            Map<String, String> row,
            Map<Column, String> into,
            Name relation,
            Name medium,
            String mediaType) {
        for (var column : table.columns) {
            var cell = row.getOrDefault(column.name(), "");
            if (cell.isBlank() || joins(table, column)) continue;
            if (own(column).isEmpty() && column.list() && refersTo(table, column, Optional.of(main))) {
                var items = column.items(cell);
                for (int at = 0; at < items.size(); at++)
                    into.put(new Column(relation, column.name(), "", at + 1), items.get(at));
            } else if (refersTo(table, column, media)
                    && hrefs(column.items(cell), mediaType).isPresent()) {
                var hrefs = hrefs(column.items(cell), mediaType).orElseThrow();
                for (int at = 0; at < hrefs.size(); at++) into.put(new Column(medium, "", "", at + 1), hrefs.get(at));
            } else role(table, column).ifPresent(known -> into.put(known, cell));
        }
    }

    /** Empty unless all are of this kind, and can be told from others by their address. */
    private Optional<List<String>> hrefs(List<String> ids, String mediaType) {
        var table = media.orElseThrow();
        var hrefs = new ArrayList<String>();
        for (var id : ids) {
            var row = mediaRows.get(id);
            if (row == null || !cell(table, row, "mediaType").startsWith(mediaType)) return Optional.empty();
            var href = href(table, row);
            if (ambiguous.contains(href)) return Optional.empty();
            hrefs.add(href);
        }
        return Optional.of(hrefs);
    }

    private void example(Map<String, String> example, int number, Map<Column, String> into) {
        var table = examples.orElseThrow();
        var reference = senseReference(table).orElseThrow().name();
        for (var column : table.columns) {
            var cell = example.getOrDefault(column.name(), "");
            if (cell.isBlank() || column.name().equals(reference)) continue;
            role(table, column)
                    .ifPresent(known -> into.put(new Column(known.name(), known.type(), known.tag(), number), cell));
        }
    }

    /** What a wordlist says of a form by its parameter. */
    private void meaning(Bundle bundle, Map<Column, String> cells) {
        var row = parameterRows.get(main.property("parameterReference")
                .map(column -> bundle.main().getOrDefault(column.name(), ""))
                .orElse(""));
        if (row == null) return;
        var table = parameters.orElseThrow();
        putIfThere(cells, Column.of(Name.GLOSS, "", meta), cell(table, row, "name"));
        putIfThere(cells, Column.of(Name.SENSE_TRAIT, "concepticon-id", ""), cell(table, row, "concepticonReference"));
        putIfThere(cells, Column.of(Name.SENSE_TRAIT, "concepticon-gloss", ""), row.cell("Concepticon_Gloss"));
    }

    private Map<Column, String> derived(Bundle bundle, Map<Column, String> cells) {
        var derived = new TreeMap<Column, String>();
        var row = languageRows.get(languageIn(bundle.main()));
        if (row != null)
            putIfThere(
                    derived, Column.of(Name.TRAIT, "glottocode", ""), cell(languages.orElseThrow(), row, "glottocode"));
        return derived;
    }

    private static void putIfThere(Map<Column, String> cells, Column column, String value) {
        if (!value.isBlank()) cells.putIfAbsent(column, value);
    }

    String languageIn(Map<String, String> row) {
        return main.property("languageReference")
                .map(column -> row.getOrDefault(column.name(), ""))
                .orElse("");
    }

    private String tagOf(Map<String, String> row) {
        return tagOf.getOrDefault(languageIn(row), UNDETERMINED);
    }

    private Entry withAttached(Entry entry, List<Attached> attached) {
        if (attached.isEmpty()) return entry;
        var fields = new ArrayList<>(entry.fields());
        for (var row : attached) {
            var reference = entryReference(row.table()).orElseThrow().name();
            var label = row.table()
                    .property("cognatesetReference")
                    .map(column -> row.cells().getOrDefault(column.name(), ""))
                    .filter(value -> !value.isBlank())
                    .orElse(row.cells().getOrDefault(row.table().id(), ""));
            var traits = row.cells().entrySet().stream()
                    .filter(cell -> !cell.getKey().equals(reference))
                    .map(cell -> new Trait(cell.getKey(), cell.getValue(), List.of()))
                    .toList();
            fields.add(new Field(
                    nameOf(row.table()),
                    label.isEmpty() ? Multitext.EMPTY : Multitext.of(UNDETERMINED, label),
                    traits,
                    null,
                    "",
                    ""));
        }
        return with(entry, fields);
    }

    private static Entry with(Entry e, List<Field> fields) {
        return new Entry(
                e.liftId(),
                e.guid(),
                e.order(),
                e.dateDeleted(),
                e.lexicalUnit(),
                e.citation(),
                e.pronunciations(),
                e.variants(),
                e.senses(),
                e.notes(),
                e.relations(),
                e.etymologies(),
                fields,
                e.traits(),
                e.annotations(),
                e.dateCreated(),
                e.dateModified());
    }

    // Entry to rows

    /**
     * @param id of the row in the main table
     * @param idOf of an entry by the id that relations have
     * @param language where the entry does not say it
     */
    Bundle bundle(String id, Entry entry, Map<String, String> idOf, String language) {
        var attached = new ArrayList<Attached>();
        var others = new ArrayList<Field>();
        var tables = new HashMap<String, CldfTable>();
        for (var table : attached()) tables.put(nameOf(table), table);
        for (var field : entry.fields()) {
            var table = tables.get(field.type());
            if (table == null) others.add(field);
            else {
                var cells = new LinkedHashMap<String, String>();
                for (var trait : field.traits())
                    if (table.column(trait.name()).isPresent()) cells.put(trait.name(), trait.value());
                table.property("cognatesetReference")
                        .filter(column -> field.forms().text(UNDETERMINED).isPresent())
                        .ifPresent(
                                column -> cells.put(column.name(), field.forms().first()));
                attached.add(new Attached(table, cells));
            }
        }
        var cells = new LinkedHashMap<String, String>();
        cells.put(main.id(), id);
        var languageId = languageId(entry, language);
        var tag = tagOf.getOrDefault(languageId, UNDETERMINED);
        var rows = Flat.rows(with(entry, others), tag);
        var first = rows.get(0);
        var liftId = Column.of(Name.LIFT_ID);
        if (entry.liftId().equals(id)) first.remove(liftId);
        main.property("languageReference").ifPresent(column -> {
            if (!languageId.isEmpty()) cells.put(column.name(), languageId);
            first.remove(Column.of(Name.TRAIT, OWN + column.name(), ""), languageId);
        });
        if (!rows.stream()
                .anyMatch(row -> row.getOrDefault(Column.of(Name.SENSE), "").contains(".")))
            rows.forEach(row -> row.remove(Column.of(Name.SENSE)));
        boolean wordlist = metadata.module() == CldfDataset.Module.WORDLIST;
        if (wordlist) parameter(first, cells);
        var pos = Column.of(Name.PART_OF_SPEECH);
        var entryPos = first.getOrDefault(pos, "");
        var written = new Bundle(id, cells, new ArrayList<>(), attached);
        var ofEntry = new TreeMap<Column, String>();
        first.forEach((column, value) -> {
            if (wordlist || !column.name().ofSense()) ofEntry.put(column, value);
        });
        if (!wordlist && main.property("partOfSpeech").isPresent() && !entryPos.isEmpty()) ofEntry.put(pos, entryPos);
        main.property("partOfSpeech").filter(column -> entryPos.isEmpty()).ifPresent(column -> {
            var field = ofEntry.remove(Column.of(Name.FIELD, OWN + column.name(), ""));
            if (field != null) ofEntry.put(pos, field);
        });
        give(main, ofEntry, cells, Name.RELATION, Name.AUDIO, idOf);
        derived(written, ofEntry).forEach(ofEntry::remove);
        rest(main, ofEntry, cells);
        needed(main, List.of("headword", "form", "value"), cells, headword(entry));
        if (senses.isPresent())
            for (var row : rows) {
                if (!Flat.hasSense(row)) continue;
                if (main.property("partOfSpeech").isPresent()) row.remove(pos, entryPos);
                row.keySet().removeIf(column -> !column.name().ofSense());
                written.senses().add(sense(row, idOf));
            }
        return written;
    }

    private OfSense sense(Map<Column, String> row, Map<String, String> idOf) {
        var table = senses.orElseThrow();
        var cells = new LinkedHashMap<String, String>();
        var described = described(row);
        var byNumber = new TreeMap<Integer, Map<Column, String>>();
        for (var left = row.entrySet().iterator(); left.hasNext(); ) {
            var cell = left.next();
            if (!ofExample(cell.getKey())) continue;
            if (examples.isPresent()) {
                byNumber.computeIfAbsent(cell.getKey().number(), number -> new TreeMap<>())
                        .put(
                                Column.of(
                                        cell.getKey().name(),
                                        cell.getKey().type(),
                                        cell.getKey().tag()),
                                cell.getValue());
                left.remove();
            }
        }
        var said = row.remove(Column.of(Name.SENSE_ID));
        if (said != null) cells.put(table.id(), said);
        give(table, row, cells, Name.SENSE_RELATION, Name.PICTURE, idOf);
        rest(table, row, cells);
        needed(table, List.of("description"), cells, described);
        var written = new ArrayList<Map<String, String>>();
        for (var example : byNumber.values()) {
            var out = new LinkedHashMap<String, String>();
            var shown = example.entrySet().stream()
                    .filter(cell -> cell.getKey().name() == Name.EXAMPLE
                            || cell.getKey().name() == Name.EXAMPLE_FORM)
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(UNKNOWN);
            give(examples.orElseThrow(), example, out, null, null, idOf);
            rest(examples.orElseThrow(), example, out);
            needed(examples.orElseThrow(), List.of("primaryText"), out, shown);
            written.add(out);
        }
        return new OfSense(cells, written);
    }

    private static boolean ofExample(Column column) {
        return switch (column.name()) {
            case EXAMPLE, EXAMPLE_FORM, EXAMPLE_SOURCE, EXAMPLE_NOTE, EXAMPLE_FIELD -> true;
            default -> false;
        };
    }

    /** What stands for a sense where one text has to. */
    private static String described(Map<Column, String> row) {
        for (var name : List.of(Name.DEFINITION, Name.GLOSS))
            for (var cell : row.entrySet()) if (cell.getKey().name() == name) return cell.getValue();
        return UNKNOWN;
    }

    private static String headword(Entry entry) {
        var headword = entry.lexicalUnit().first().isEmpty()
                ? entry.citation().first()
                : entry.lexicalUnit().first();
        return headword.isEmpty() ? UNKNOWN : headword;
    }

    /** Fills the columns that a table has, and takes what it filled them with. */
    private void give(
            CldfTable table,
            Map<Column, String> from,
            Map<String, String> into,
            Name relation,
            Name medium,
            Map<String, String> idOf) {
        for (var column : List.copyOf(table.columns)) {
            // an example's id is a field of it, for an example of several senses is one row
            boolean joins =
                    joins(table, column) && examples.filter(table::equals).isEmpty();
            if (joins || into.containsKey(column.name())) continue;
            if (relation != null
                    && own(column).isEmpty()
                    && column.list()
                    && refersTo(table, column, Optional.of(main))) {
                var refs = new ArrayList<String>();
                for (int at = 1; from.containsKey(new Column(relation, column.name(), "", at)); at++) {
                    var ref = from.remove(new Column(relation, column.name(), "", at));
                    if (idOf.containsKey(ref)) refs.add(idOf.get(ref));
                }
                if (!refs.isEmpty()) into.put(column.name(), String.join(column.separator(), refs));
                continue;
            }
            if (medium != null && refersTo(table, column, media)) media(column, from, into, medium);
            if (!into.containsKey(column.name()))
                role(table, column).map(from::remove).ifPresent(value -> into.put(column.name(), value));
        }
    }

    private void media(CldfTable.Column column, Map<Column, String> from, Map<String, String> into, Name medium) {
        var found = from.keySet().stream().filter(one -> one.name() == medium).toList();
        var ids = new ArrayList<String>();
        for (int at = 0; at < found.size(); at++) {
            var href = from.get(found.get(at));
            if (found.get(at).number() != at + 1 || ambiguous.contains(href) || !column.list() && found.size() > 1)
                return;
            ids.add(mediaOf.getOrDefault(href, ""));
        }
        if (ids.isEmpty()) return;
        for (int at = 0; at < found.size(); at++)
            if (ids.get(at).isEmpty()) ids.set(at, newMedium(from.get(found.get(at)), medium));
        found.forEach(from::remove);
        into.put(column.name(), String.join(column.separator(), ids));
    }

    private String newMedium(String href, Name medium) {
        var table = media.orElseThrow();
        var id = Ids.unique("m" + (table.rows.size() + 1), mediaRows.keySet());
        var cells = new LinkedHashMap<String, String>();
        cells.put(table.id(), id);
        boolean address = href.matches("https?://[!-~]+");
        table.property("name").ifPresent(column -> cells.put(column.name(), href));
        if (address) table.property("downloadUrl").ifPresent(column -> cells.put(column.name(), href));
        var ending = href.substring(href.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        var subtype =
                switch (ending) {
                    case "jpg" -> "jpeg";
                    case "mp3" -> "mpeg";
                    default -> ending.matches("[a-z0-9]{1,8}") ? ending : "x-unknown";
                };
        table.property("mediaType")
                .ifPresent(column -> cells.put(column.name(), (medium == Name.AUDIO ? "audio/" : "image/") + subtype));
        var row = new CldfTable.Row(0, cells);
        table.rows.add(row);
        medium(table, row);
        return id;
    }

    /** What a table has no column for gets one. */
    private void rest(CldfTable table, Map<Column, String> from, Map<String, String> into) {
        from.forEach((column, value) -> putOwn(table, column, value, into));
        from.clear();
    }

    void putOwn(CldfTable table, Column column, String value, Map<String, String> into) {
        var known = table.columns.stream()
                .filter(one -> own(one).filter(column::equals).isPresent())
                .findFirst();
        into.put(known.orElseGet(() -> add(table, column)).name(), value);
    }

    private static CldfTable.Column add(CldfTable table, Column column) {
        var wanted = column.name() == Name.LIFT_ID || column.name() == Name.SENSE_ID
                ? "LIFT_ID"
                : column.toString().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
        var taken = new HashSet<String>();
        table.columns.forEach(one -> taken.addAll(one.names()));
        var node = table.node
                .withObject("tableSchema")
                .withArrayProperty("columns")
                .addObject();
        node.put("name", Ids.unique(wanted, taken)).put("datatype", "string").put(IDENTIFIER, column.toString());
        if (!column.tag().isEmpty()) node.put("lang", column.tag());
        var added = Metadata.read(node, List.of(node.get("name").asText()));
        table.columns.add(added);
        return added;
    }

    private static void needed(CldfTable table, List<String> properties, Map<String, String> cells, String value) {
        for (var property : properties)
            table.property(property).ifPresent(column -> cells.putIfAbsent(column.name(), value));
        // a column of another's that wants a value
        for (var column : table.columns)
            if (column.required() && !joins(table, column) && !column.property().endsWith("Reference"))
                cells.putIfAbsent(column.name(), UNKNOWN);
    }

    private String languageId(Entry entry, String language) {
        var column = main.property("languageReference");
        if (column.isEmpty()) return "";
        var said = entry.traits().stream()
                .filter(trait -> trait.name().equals(OWN + column.get().name()))
                .map(Trait::value)
                .findFirst()
                .orElse("");
        if (languages.isEmpty() || languageRows.containsKey(said)) return said;
        for (var tag : entry.lexicalUnit().forms().keySet())
            for (var row : tagOf.entrySet()) if (row.getValue().equals(tag)) return row.getKey();
        if (languageRows.size() == 1) return languageRows.keySet().iterator().next();
        return newLanguage(language);
    }

    String newLanguage(String tag) {
        var table = languages.orElseThrow();
        for (var row : tagOf.entrySet()) if (row.getValue().equals(tag)) return row.getKey();
        var id = Ids.unique(Ids.legal(tag), languageRows.keySet());
        var cells = new LinkedHashMap<String, String>();
        cells.put(table.id(), id);
        table.property("name").ifPresent(column -> cells.put(column.name(), tag));
        table.property("iso639P3code")
                .ifPresent(column -> Lects.iso(tag).ifPresent(iso -> cells.put(column.name(), iso)));
        for (var column : table.columns)
            if (column.node().path(IDENTIFIER).asText().equals("bcp47")) cells.put(column.name(), tag);
        var row = new CldfTable.Row(0, cells);
        table.rows.add(row);
        language(table, row);
        return id;
    }

    /** A form's parameter: the one that it says, else the one of its gloss, which is made where there is none. */
    private void parameter(Map<Column, String> first, Map<String, String> cells) {
        var column = main.property("parameterReference");
        if (column.isEmpty()) return;
        var trait = Column.of(Name.TRAIT, OWN + column.get().name(), "");
        var gloss = Column.of(Name.GLOSS, "", meta);
        if (parameters.isEmpty()) {
            var said = first.remove(trait);
            if (said != null) cells.put(column.get().name(), said);
            return;
        }
        var table = parameters.get();
        var id = first.getOrDefault(trait, "");
        if (parameterRows.containsKey(id)) first.remove(trait);
        else {
            var name = first.getOrDefault(gloss, described(first));
            id = parameterRows.entrySet().stream()
                    .filter(row -> cell(table, row.getValue(), "name").equals(name))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseGet(() -> newParameter(table, name));
        }
        cells.put(column.get().name(), id);
        var said = new TreeMap<Column, String>();
        meaning(new Bundle("", cells, List.of(), List.of()), said);
        said.forEach(first::remove);
    }

    private String newParameter(CldfTable table, String name) {
        var id = Ids.unique(Ids.legal(name), parameterRows.keySet());
        var cells = new LinkedHashMap<String, String>();
        cells.put(table.id(), id);
        table.property("name").ifPresent(column -> cells.put(column.name(), name));
        var row = new CldfTable.Row(0, cells);
        table.rows.add(row);
        parameterRows.put(id, row);
        return id;
    }

    static void identify(ObjectNode column, String as) {
        column.put(IDENTIFIER, as);
    }
}
