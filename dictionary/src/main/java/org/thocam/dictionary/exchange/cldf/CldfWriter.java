package org.thocam.dictionary.exchange.cldf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Sense;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.LexiconHead;
import org.thocam.dictionary.exchange.LexiconSource;
import org.thocam.dictionary.exchange.LossReport;
import org.thocam.dictionary.exchange.Lost;
import org.thocam.dictionary.exchange.table.Column;

/** Writes entries as the data set that they came from, or as a new Dictionary. */
final class CldfWriter {
    private static final String TERMS = CldfTable.TERMS;

    private final LexiconHead head;
    private final LexiconSource entries;
    private final Optional<CldfDataset> dataset;
    private final LossReport report = new LossReport("cldf");
    private final Map<String, String> idOf = new HashMap<>();
    private final Map<String, String> rowOf = new HashMap<>();
    private final Set<String> senseIds = new HashSet<>();
    private final Set<String> attachedIds = new HashSet<>();
    private final Map<String, CldfTable.Row> examples = new LinkedHashMap<>();
    /** Examples that stand behind one in a sense. */
    private final Map<String, Set<String>> after = new HashMap<>();

    CldfWriter(LexiconHead head, LexiconSource entries, Optional<CldfDataset> dataset) {
        this.head = head;
        this.entries = entries;
        this.dataset = dataset;
    }

    LossReport write(Path folder) throws IOException {
        var kept = new TreeMap<String, byte[]>();
        Metadata metadata;
        try {
            if (dataset.isPresent()) {
                kept.putAll(dataset.get().files());
                metadata = Metadata.of(kept);
                CldfReader.load(metadata, kept, (id, entry) -> {});
            } else metadata = Metadata.of("cldf-metadata.json", made());
            if (metadata.component("MediaTable").isEmpty() && hasMedia()) metadata = withMedia(metadata);
        } catch (FormatException e) {
            throw new IOException("the data set that these entries came with cannot be read: " + e.getMessage(), e);
        }
        var mapping = new EntryMapping(metadata);
        if (dataset.isEmpty()) mapping.newLanguage(head.language());
        ids();
        mapping.examples.ifPresent(table -> table.rows.forEach(row -> examples.put(row.cell(table.id()), row)));
        entries.forEach((id, entry) -> entry(mapping, id, entry));
        mapping.examples.ifPresent(table -> table.rows = exampleRows());
        References.settle(metadata, fault -> report.lost("cldf:" + fault.file(), fault.message()));
        CldfReader.standard(metadata);
        Files.createDirectories(folder);
        for (var table : metadata.tables) {
            if (table.present || !table.rows.isEmpty()) kept.put(table.url, table.csv());
        }
        kept.put(metadata.name, Metadata.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(metadata.node));
        for (var file : kept.entrySet()) Files.write(folder.resolve(file.getKey()), file.getValue());
        return report;
    }

    /** Each entry's row; relations name entries by what LIFT calls them. */
    private void ids() throws IOException {
        var taken = new HashSet<String>();
        entries.forEach((id, entry) -> {
            var wanted = Ids.isLegal(entry.liftId()) ? entry.liftId() : Ids.legal(id);
            var row = Ids.unique(wanted, taken);
            taken.add(row);
            rowOf.put(id, row);
            idOf.putIfAbsent(entry.liftId().isEmpty() ? id : entry.liftId(), row);
        });
    }

    private void entry(EntryMapping mapping, String id, Entry entry) {
        var row = rowOf.get(id);
        var named = entry.liftId().isEmpty() && !row.equals(id);
        var bundle = mapping.bundle(row, entry, idOf, head.language());
        if (named) bundle = mapping.bundle(row, withId(entry, id), idOf, head.language());
        mapping.main.rows.add(new CldfTable.Row(0, bundle.main()));
        var language = mapping.languageIn(bundle.main());
        for (int at = 0; at < bundle.senses().size(); at++)
            sense(mapping, row, at, bundle.senses().get(at), language);
        for (var attached : bundle.attached()) attached(mapping, row, attached);
        Lost.report(id, entry, mapping.entry(bundle), report);
    }

    private void sense(EntryMapping mapping, String entry, int at, EntryMapping.OfSense sense, String language) {
        var table = mapping.senses.orElseThrow();
        var said = sense.cells().getOrDefault(table.id(), "");
        var wanted = Ids.isLegal(said) ? said : said.isEmpty() ? entry + "-" + (at + 1) : Ids.legal(said);
        var row = Ids.unique(wanted, senseIds);
        senseIds.add(row);
        sense.cells().put(table.id(), row);
        if (!said.isEmpty() && !said.equals(row))
            mapping.putOwn(table, Column.of(Column.Name.SENSE_ID), said, sense.cells());
        table.property("entryReference").ifPresent(column -> sense.cells().put(column.name(), entry));
        table.rows.add(new CldfTable.Row(0, sense.cells()));
        String before = null;
        for (int number = 0; number < sense.examples().size(); number++) {
            var id = example(mapping, row, number, sense.examples().get(number), language);
            if (before != null)
                after.computeIfAbsent(before, one -> new LinkedHashSet<>()).add(id);
            before = id;
        }
    }

    /** In an order that keeps that of each sense: an example may stand in several. */
    private List<CldfTable.Row> exampleRows() {
        var waitsFor = new HashMap<String, Integer>();
        after.values().forEach(ids -> ids.forEach(id -> waitsFor.merge(id, 1, Integer::sum)));
        var left = new LinkedHashMap<>(examples);
        var rows = new ArrayList<CldfTable.Row>(examples.size());
        for (var first : examples.keySet()) {
            if (waitsFor.getOrDefault(first, 0) > 0) continue;
            var ready = new ArrayDeque<>(List.of(first));
            while (!ready.isEmpty()) {
                var id = ready.pop();
                var row = left.remove(id);
                if (row == null) continue;
                rows.add(row);
                for (var next : after.getOrDefault(id, Set.of()))
                    if (waitsFor.merge(next, -1, Integer::sum) == 0) ready.push(next);
            }
        }
        // senses that disagree about the order
        rows.addAll(left.values());
        return rows;
    }

    private String example(
            EntryMapping mapping, String sense, int number, Map<String, String> example, String language) {
        var table = mapping.examples.orElseThrow();
        var reference = mapping.senseReference(table).orElseThrow();
        var said = example.getOrDefault(table.id(), "");
        if (!language.isEmpty())
            table.property("languageReference").ifPresent(column -> example.putIfAbsent(column.name(), language));
        var before = examples.get(said);
        if (before != null && reference.list()) {
            var cells = new LinkedHashMap<>(before.cells());
            var senses = cells.remove(reference.name());
            if (cells.equals(example)) {
                cells.put(reference.name(), senses == null ? sense : senses + reference.separator() + sense);
                examples.put(said, new CldfTable.Row(0, cells));
                return said;
            }
        }
        var id = Ids.unique(
                Ids.isLegal(said) ? said : said.isEmpty() ? sense + "-x" + (number + 1) : Ids.legal(said),
                examples.keySet());
        example.put(table.id(), id);
        var cells = new LinkedHashMap<>(example);
        cells.put(reference.name(), sense);
        examples.put(id, new CldfTable.Row(0, cells));
        return id;
    }

    private void attached(EntryMapping mapping, String entry, EntryMapping.Attached attached) {
        var table = attached.table();
        var said = attached.cells().getOrDefault(table.id(), "");
        var id = Ids.unique(Ids.isLegal(said) ? said : entry + "-1", attachedIds);
        attachedIds.add(id);
        attached.cells().put(table.id(), id);
        var cells = new LinkedHashMap<>(attached.cells());
        cells.put(mapping.entryReference(table).orElseThrow().name(), entry);
        table.rows.add(new CldfTable.Row(0, cells));
    }

    private boolean hasMedia() throws IOException {
        var found = new boolean[1];
        entries.forEach((id, entry) -> found[0] |=
                entry.pronunciations().stream().anyMatch(one -> !one.media().isEmpty())
                        || entry.senses().stream().anyMatch(CldfWriter::pictured));
        return found[0];
    }

    private static boolean pictured(Sense sense) {
        return !sense.illustrations().isEmpty() || sense.subsenses().stream().anyMatch(CldfWriter::pictured);
    }

    private static Entry withId(Entry e, String id) {
        return new Entry(
                id,
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
                e.fields(),
                e.traits(),
                e.annotations(),
                e.dateCreated(),
                e.dateModified());
    }

    // Metadata of a new data set

    private ObjectNode made() {
        var node = Metadata.JSON.createObjectNode();
        node.putArray("@context").add("http://www.w3.org/ns/csvw").addObject().put("@language", "en");
        node.put("dc:conformsTo", TERMS + "Dictionary");
        node.put("dc:title", head.title().shown());
        if (!head.license().isEmpty()) node.put("dc:license", head.license());
        if (!head.creators().isEmpty()) node.put("dc:creator", String.join("; ", head.creators()));
        node.put("dc:identifier", head.iri());
        node.put("rdf:ID", Ids.legal(head.id()));
        node.put("rdf:type", "http://www.w3.org/ns/dcat#Distribution");
        var tables = node.putArray("tables");
        var entryTable = table(tables, "EntryTable", "entries.csv");
        id(entryTable);
        column(entryTable, "Language_ID", "languageReference", true);
        column(entryTable, "Headword", "headword", true);
        key(entryTable, "Language_ID", "languages.csv");
        var senseTable = table(tables, "SenseTable", "senses.csv");
        id(senseTable);
        EntryMapping.identify(column(senseTable, "Description", "description", true), "description");
        column(senseTable, "Entry_ID", "entryReference", true);
        column(senseTable, "Part_Of_Speech", "partOfSpeech", false);
        key(senseTable, "Entry_ID", "entries.csv");
        var exampleTable = table(tables, "ExampleTable", "examples.csv");
        id(exampleTable);
        column(exampleTable, "Language_ID", "languageReference", true);
        column(exampleTable, "Primary_Text", "primaryText", true);
        column(exampleTable, "Translated_Text", "translatedText", false);
        column(exampleTable, "Sense_IDs", "", false).put("separator", ";");
        key(exampleTable, "Language_ID", "languages.csv");
        key(exampleTable, "Sense_IDs", "senses.csv");
        var languageTable = table(tables, "LanguageTable", "languages.csv");
        id(languageTable);
        column(languageTable, "Name", "name", false);
        column(languageTable, "Glottocode", "glottocode", false);
        column(languageTable, "ISO639P3code", "iso639P3code", false);
        EntryMapping.identify(column(languageTable, "BCP47", "", false), "bcp47");
        return node;
    }

    private static Metadata withMedia(Metadata metadata) throws FormatException {
        var node = metadata.node;
        var rows = new HashMap<String, List<CldfTable.Row>>();
        var present = new HashMap<String, Boolean>();
        metadata.tables.forEach(table -> {
            rows.put(table.url, table.rows);
            present.put(table.url, table.present);
        });
        for (var component : List.of("EntryTable", "SenseTable"))
            metadata.component(component).ifPresent(table -> {
                if (table.columns.stream().anyMatch(column -> column.name().equals("Media_IDs"))) return;
                column(table.node, "Media_IDs", "mediaReference", false).put("separator", ";");
                key(table.node, "Media_IDs", "media.csv");
            });
        var media = table(node.withArrayProperty("tables"), "MediaTable", "media.csv");
        id(media);
        column(media, "Name", "name", false);
        column(media, "Media_Type", "mediaType", true);
        column(media, "Download_URL", "downloadUrl", false).put("datatype", "anyURI");
        var again = Metadata.of(metadata.name, node);
        again.tables.forEach(table -> {
            table.rows = rows.getOrDefault(table.url, new ArrayList<>());
            table.present = present.getOrDefault(table.url, true);
        });
        return again;
    }

    private static ObjectNode table(ArrayNode tables, String component, String url) {
        var table = tables.addObject();
        table.put("dc:conformsTo", TERMS + component).put("dc:extent", 0);
        var schema = table.putObject("tableSchema");
        schema.putArray("columns");
        schema.putArray("foreignKeys");
        schema.putArray("primaryKey").add("ID");
        table.put("url", url);
        return table;
    }

    private static void id(ObjectNode table) {
        var column = column(table, "ID", "id", true);
        column.putObject("datatype").put("base", "string").put("format", "[a-zA-Z0-9_\\-]+");
    }

    private static ObjectNode column(ObjectNode table, String name, String property, boolean required) {
        var column =
                table.withObject("tableSchema").withArrayProperty("columns").addObject();
        column.put("name", name);
        if (!property.isEmpty()) column.put("propertyUrl", TERMS + property);
        return column.put("required", required).put("datatype", "string");
    }

    private static void key(ObjectNode table, String column, String target) {
        var key =
                table.withObject("tableSchema").withArrayProperty("foreignKeys").addObject();
        key.putArray("columnReference").add(column);
        key.putObject("reference")
                .put("resource", target)
                .putArray("columnReference")
                .add("ID");
    }
}
