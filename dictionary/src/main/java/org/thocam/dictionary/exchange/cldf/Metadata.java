package org.thocam.dictionary.exchange.cldf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.ontology.Shown;

/** The JSON that describes a data set (CSV on the Web). */
final class Metadata {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern FILE = Pattern.compile("[^/\\\\:\\x00-\\x1F]{1,200}");
    /** The tables that these properties refer to, where no foreign key says it. */
    private static final Map<String, String> REFERENCES = Map.ofEntries(
            Map.entry("languageReference", "LanguageTable"),
            Map.entry("metaLanguageReference", "LanguageTable"),
            Map.entry("parameterReference", "ParameterTable"),
            Map.entry("formReference", "FormTable"),
            Map.entry("entryReference", "EntryTable"),
            Map.entry("senseReference", "SenseTable"),
            Map.entry("exampleReference", "ExampleTable"),
            Map.entry("mediaReference", "MediaTable"),
            Map.entry("cognateReference", "CognateTable"),
            Map.entry("cognatesetReference", "CognatesetTable"));

    final String name;
    final ObjectNode node;
    final List<CldfTable> tables = new ArrayList<>();
    private final CldfDataset.Module module;

    private Metadata(String name, ObjectNode node, CldfDataset.Module module) {
        this.name = name;
        this.node = node;
        this.module = module;
    }

    CldfDataset.Module module() {
        return module;
    }

    String main() {
        return module == CldfDataset.Module.WORDLIST ? "FormTable" : "EntryTable";
    }

    /** BCP 47 tag of what is said about the words: as the metadata say it, else English, which CLDF is nearly always in. */
    String metaLanguage() {
        for (var context : node.path("@context"))
            if (context.has("@language")) return context.get("@language").asText();
        return "en";
    }

    Optional<CldfTable> component(String component) {
        return tables.stream()
                .filter(table -> table.component.equals(component))
                .findFirst();
    }

    Optional<CldfTable> table(String url) {
        return tables.stream().filter(table -> table.url.equals(url)).findFirst();
    }

    static Metadata of(Map<String, byte[]> files) throws FormatException {
        var names = files.keySet().stream()
                .filter(file -> file.endsWith(DatasetFiles.METADATA))
                .toList();
        if (names.size() != 1 && !names.contains("cldf-metadata.json"))
            throw DatasetFiles.refused("", "wrong-metadata", "want one file *-metadata.json, found " + names.size());
        var name = names.size() == 1 ? names.get(0) : "cldf-metadata.json";
        try {
            if (JSON.readTree(files.get(name)) instanceof ObjectNode node) return of(name, node);
            throw DatasetFiles.refused(name, "wrong-metadata", "want a JSON object, found another value");
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new FormatException(new Reading.Fault(
                    name, line, "wrong-metadata", "want JSON, found " + Shown.of(e.getOriginalMessage())));
        } catch (IOException e) {
            throw DatasetFiles.refused(name, "wrong-metadata", "want JSON in UTF-8, found " + Shown.of(e.getMessage()));
        }
    }

    static Metadata of(String name, ObjectNode node) throws FormatException {
        var conforms = node.path("dc:conformsTo").asText();
        var module =
                switch (conforms.startsWith(CldfTable.TERMS) ? conforms.substring(CldfTable.TERMS.length()) : "") {
                    case "Wordlist" -> CldfDataset.Module.WORDLIST;
                    case "Dictionary" -> CldfDataset.Module.DICTIONARY;
                    default ->
                        throw DatasetFiles.refused(
                                name,
                                "wrong-metadata",
                                "want dc:conformsTo to be " + CldfTable.TERMS + "Wordlist or Dictionary, found '"
                                        + Shown.of(conforms) + "'");
                };
        var metadata = new Metadata(name, node, module);
        for (var table : node.path("tables")) metadata.tables.add(metadata.table(table));
        if (metadata.tables.stream().map(table -> table.url).distinct().count() != metadata.tables.size())
            throw DatasetFiles.refused(name, "wrong-metadata", "want each table once, found an url twice");
        metadata.references();
        return metadata;
    }

    private CldfTable table(JsonNode table) throws FormatException {
        var url = table.path("url").asText();
        if (!(table instanceof ObjectNode object) || !FILE.matcher(url).matches() || url.startsWith("."))
            throw wrong("url of a table", "the name of a file beside it", url);
        var schema = table.path("tableSchema");
        if (!schema.path("columns").isArray()) throw wrong(url, "tableSchema with columns", schema.asText("none"));
        var read = new CldfTable(url, term(table.path("dc:conformsTo").asText()), object);
        for (var column : schema.path("columns"))
            if (!column.path("virtual").asBoolean()) read.columns.add(column(url, column));
        if (read.columns.stream().map(CldfTable.Column::name).distinct().count() != read.columns.size())
            throw wrong(url, "each column once", "one twice");
        for (var key : schema.path("foreignKeys")) {
            var from = texts(key.path("columnReference"));
            var to = texts(key.path("reference").path("columnReference"));
            var target = key.path("reference").path("resource").asText();
            // keys of several columns are not looked at; CLDF has none
            if (from.size() != 1 || to.size() != 1) continue;
            if (read.column(from.get(0)).isEmpty())
                throw wrong(url, "a foreign key of one of its columns", from.get(0));
            read.keys.add(new CldfTable.Key(from.get(0), target, to.get(0)));
        }
        return read;
    }

    private void references() throws FormatException {
        for (var table : tables) {
            for (var key : table.keys) {
                var target = table(key.table());
                if (target.isEmpty() || target.get().column(key.target()).isEmpty())
                    throw wrong(
                            table.url, "a foreign key to a column of a table here", key.table() + " " + key.target());
            }
            for (var column : table.columns) {
                var target = component(REFERENCES.getOrDefault(column.property(), "-"));
                if (target.isPresent() && table.keyOf(column.name()).isEmpty())
                    table.keys.add(new CldfTable.Key(
                            column.name(), target.get().url, target.get().id()));
            }
        }
    }

    static String term(String address) {
        return address.startsWith(CldfTable.TERMS) ? address.substring(CldfTable.TERMS.length()) : address;
    }

    private CldfTable.Column column(String url, JsonNode column) throws FormatException {
        var names = new LinkedHashSet<String>();
        if (column.has("name")) names.add(column.get("name").asText());
        var titles = column.path("titles");
        if (titles.isObject()) titles.forEach(title -> names.addAll(texts(title)));
        else names.addAll(texts(titles));
        if (names.isEmpty()) throw wrong(url, "a column with a name", "none");
        var separator = column.path("separator");
        if (!separator.isMissingNode()
                && !separator.isNull()
                && (!separator.isTextual() || separator.asText().isEmpty()))
            throw new FormatException(new Reading.Fault(
                    name,
                    0,
                    "bad-separator",
                    url + ", column '" + Shown.of(names.iterator().next())
                            + "': want a text to separate values by, found " + Shown.of(separator.toString())));
        return read(column, List.copyOf(names));
    }

    static CldfTable.Column read(JsonNode column, List<String> names) {
        return new CldfTable.Column(
                names.get(0),
                names,
                term(column.path("propertyUrl").asText()),
                column.path("separator").asText(""),
                column.path("required").asBoolean(),
                column.has("null") ? texts(column.get("null")) : List.of(""),
                column.path("lang").asText(""),
                column);
    }

    private FormatException wrong(String where, String expected, String found) {
        return DatasetFiles.refused(
                name, "wrong-metadata", Shown.of(where) + ": want " + expected + ", found '" + Shown.of(found) + "'");
    }

    private static List<String> texts(JsonNode node) {
        if (node.isTextual()) return List.of(node.asText());
        var texts = new ArrayList<String>();
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
