package org.thocam.ontology.entity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The readable tables that entities come in: UTF-8, tab-separated, the first line names the columns. */
public final class Tables {
    /** The name of the table of census figures. */
    static final String OBSERVATIONS = "observations";

    private Tables() {}

    /** Reads every table of a folder. */
    public static Register read(Path folder) {
        var texts = new LinkedHashMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(path -> path.toString().endsWith(".tsv"))
                    .sorted()
                    .toList())
                texts.put(
                        file.getFileName().toString().replace(".tsv", ""),
                        Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
        return read(texts);
    }

    /** @param tables the text of each, by its name without the ending */
    public static Register read(Map<String, String> tables) {
        var entities = new ArrayList<Entity>();
        for (var kind : EntityKind.values())
            for (var row : rows(tables.getOrDefault(kind.table(), ""))) entities.add(entity(row));
        var observations = new ArrayList<Observation>();
        for (var row : rows(tables.getOrDefault("observations", "")))
            observations.add(new Observation(
                    LocalDate.parse(row.get("ref_date")),
                    row.get("people"),
                    row.get("place"),
                    Long.parseLong(row.get("value")),
                    row.get("status"),
                    Entity.list(row, "source"),
                    Confidence.ofWord(row.get("confidence"))));
        return new Register(entities, observations);
    }

    private static Entity entity(Map<String, String> row) {
        var cells = new LinkedHashMap<>(row);
        cells.keySet().removeAll(List.of("id", "sources", "confidence", "confidence_by_column"));
        cells.values().removeIf(String::isEmpty);
        var levels = new HashMap<String, Confidence>();
        for (var part : row.getOrDefault("confidence_by_column", "").split(";")) {
            var pair = part.strip().split("=");
            if (pair.length == 2)
                for (var column : pair[1].split(",")) levels.put(column.strip(), Confidence.ofWord(pair[0]));
        }
        return new Entity(
                row.get("id"), cells, Entity.list(row, "sources"), Confidence.ofWord(row.get("confidence")), levels);
    }

    private static List<Map<String, String>> rows(String text) {
        var rows = new ArrayList<Map<String, String>>();
        var lines = text.split("\n");
        var head = lines[0].split("\t", -1);
        for (int i = 1; i < lines.length; i++) {
            var cells = lines[i].split("\t", -1);
            var row = new LinkedHashMap<String, String>();
            for (int c = 0; c < head.length; c++) row.put(head[c], cells[c]);
            rows.add(row);
        }
        return rows;
    }
}
