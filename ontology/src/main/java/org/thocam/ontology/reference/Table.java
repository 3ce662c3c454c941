package org.thocam.ontology.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One of the tables of {@code fixtures/reference}, which the build copies beside this class. */
final class Table {
    private Table() {}

    static List<Map<String, String>> rows(String name) {
        var resource = Objects.requireNonNull(Table.class.getResourceAsStream(name), name);
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            var head = lines.readLine().split("\t", -1);
            var rows = new ArrayList<Map<String, String>>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var cells = line.split("\t", -1);
                var row = new LinkedHashMap<String, String>();
                for (int i = 0; i < head.length; i++) row.put(head[i], cells[i]);
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be read", e);
        }
    }

    /** The members of the cells of some columns, each once. */
    static List<String> lists(Map<String, String> row, String... columns) {
        return Stream.of(columns)
                .flatMap(column -> Stream.of(row.get(column).split(";")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    /** The codes in ids of entities: {@code blt} for {@code LG-blt}. */
    static List<String> ids(Map<String, String> row, String column, String prefix) {
        return lists(row, column).stream()
                .map(id -> id.substring(prefix.length()))
                .toList();
    }
}
