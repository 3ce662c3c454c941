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

/** A table of reference facts, one row a line; each carries its sources and how sure they are. */
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

    static List<String> list(String cell) {
        return Stream.of(cell.split(";"))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
