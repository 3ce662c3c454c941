package org.thocam.dictionary.exchange.cldf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table of a data set: what its metadata say of it, and its rows. */
final class CldfTable {
    static final String TERMS = "http://cldf.clld.org/v1.0/terms.rdf#";

    /**
     * @param property of CLDF, without the address of its terms; else as it is, empty where there is none
     * @param separator empty where a cell has one value
     * @param nulls what stands for no value
     * @param lang BCP 47; empty where it is not said
     */
    record Column(
            String name,
            List<String> names,
            String property,
            String separator,
            boolean required,
            List<String> nulls,
            String lang,
            JsonNode node) {
        boolean list() {
            return !separator.isEmpty();
        }

        List<String> items(String cell) {
            return list() ? List.of(cell.split(Pattern.quote(separator), -1)) : List.of(cell);
        }
    }

    record Key(String column, String table, String target) {}

    /** @param cells by column; without those that have no value */
    record Row(long line, Map<String, String> cells) {
        String cell(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    final String url;
    /** Of CLDF, such as {@code FormTable}; empty for one that it does not know. */
    final String component;

    final ObjectNode node;
    final List<Column> columns = new ArrayList<>();
    final List<Key> keys = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    /** Whether there is a file of it. */
    boolean present = true;

    CldfTable(String url, String component, ObjectNode node) {
        this.url = url;
        this.component = component;
        this.node = node;
    }

    Optional<Column> property(String property) {
        return columns.stream()
                .filter(column -> column.property().equals(property))
                .findFirst();
    }

    Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    Optional<Key> keyOf(String column) {
        return keys.stream().filter(key -> key.column().equals(column)).findFirst();
    }

    /** Column of the ids: of the property, or the first of the primary key. */
    String id() {
        return property("id")
                .map(Column::name)
                .orElseGet(() ->
                        node.path("tableSchema").path("primaryKey").path(0).asText("ID"));
    }

    Set<String> values(String column) {
        var values = new HashSet<String>();
        for (var row : rows) if (row.cells().containsKey(column)) values.add(row.cell(column));
        return values;
    }

    byte[] csv() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var printer = new CSVPrinter(
                new OutputStreamWriter(out, StandardCharsets.UTF_8),
                CSVFormat.RFC4180.builder().setRecordSeparator("\n").get())) {
            printer.printRecord(columns.stream().map(Column::name).toList());
            for (var row : rows)
                printer.printRecord(columns.stream()
                        .map(column -> row.cells().getOrDefault(column.name(), empty(column)))
                        .toList());
        }
        return out.toByteArray();
    }

    private static String empty(Column column) {
        return column.nulls().isEmpty() || column.nulls().contains("")
                ? ""
                : column.nulls().get(0);
    }
}
