package org.thocam.ontology.entity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A register as rows of cells, entities and census figures alike, to be compared and merged. */
final class Rows {
    static final String LEVELS = "confidence_by_column";

    private static final String SOURCES = "sources";
    private static final String CONFIDENCE = "confidence";
    private static final List<String> FIGURE = List.of("ref_date", "value", "status", SOURCES, CONFIDENCE);

    private final Map<String, Row> entities = new LinkedHashMap<>();
    private final Map<String, Row> figures = new LinkedHashMap<>();

    /** @param level the word of its confidence, empty where it has that of the row */
    record Cell(String text, String level) {
        static final Cell EMPTY = new Cell("", "");
    }

    /**
     * @param columns all that a row of its table has, filled or not
     * @param cells what is filled
     */
    record Row(String label, List<String> columns, Map<String, Cell> cells) {
        Cell cell(String column) {
            return cells.getOrDefault(column, Cell.EMPTY);
        }
    }

    static Rows of(Register register) {
        var rows = new Rows();
        for (var entity : register.all()) rows.put(entity.id(), row(entity));
        for (var figure : register.observations()) rows.put(figure.id(), row(figure));
        return rows;
    }

    void put(String id, Row row) {
        (isFigure(id) ? figures : entities).put(id, row);
    }

    Row find(String id) {
        return isFigure(id) ? figures.get(id) : entities.get(id);
    }

    /** All ids: entities before figures, those of the first before those that only the others have. */
    static Set<String> ids(Rows first, Rows... others) {
        var ids = new LinkedHashSet<>(first.entities.keySet());
        for (var other : others) ids.addAll(other.entities.keySet());
        ids.addAll(first.figures.keySet());
        for (var other : others) ids.addAll(other.figures.keySet());
        return ids;
    }

    private static boolean isFigure(String id) {
        return id.startsWith("OB-");
    }

    private static Row row(Entity entity) {
        var columns = new ArrayList<String>();
        var cells = new LinkedHashMap<String, Cell>();
        for (var column : entity.kind().columns()) {
            var name = column.name();
            columns.add(name);
            var level = entity.levels().get(name);
            if (!entity.text(name).isEmpty())
                cells.put(name, new Cell(entity.text(name), level == null ? "" : level.word()));
        }
        columns.addAll(List.of(SOURCES, CONFIDENCE));
        cells.put(SOURCES, new Cell(String.join(";", entity.sources()), ""));
        cells.put(CONFIDENCE, new Cell(entity.confidence().word(), ""));
        return new Row(entity.label(), columns, cells);
    }

    private static Row row(Observation figure) {
        var cells = Map.of(
                "ref_date",
                new Cell(figure.date().toString(), ""),
                "value",
                new Cell(Long.toString(figure.persons()), ""),
                "status",
                new Cell(figure.status(), ""),
                SOURCES,
                new Cell(String.join(";", figure.sources()), ""),
                CONFIDENCE,
                new Cell(figure.confidence().word(), ""));
        return new Row(Long.toString(figure.persons()), FIGURE, cells);
    }

    Register register(Register... known) {
        var names = new HashMap<String, Observation>();
        for (var register : known) for (var figure : register.observations()) names.put(figure.id(), figure);
        return new Register(
                entities.entrySet().stream()
                        .map(entry -> entity(entry.getKey(), entry.getValue()))
                        .toList(),
                figures.entrySet().stream()
                        .map(entry -> figure(names.get(entry.getKey()), entry.getValue()))
                        .toList());
    }

    private static Entity entity(String id, Row row) {
        var cells = new LinkedHashMap<String, String>();
        var levels = new HashMap<String, Confidence>();
        for (var column : EntityKind.ofId(id).orElseThrow().columns()) {
            var cell = row.cell(column.name());
            if (!cell.text.isEmpty()) cells.put(column.name(), cell.text);
            if (!cell.level.isEmpty()) levels.put(column.name(), Confidence.ofWord(cell.level));
        }
        return new Entity(id, cells, Entity.list(Map.of("", row.cell(SOURCES).text), ""), word(row), levels);
    }

    private static Observation figure(Observation named, Row row) {
        return new Observation(
                LocalDate.parse(row.cell("ref_date").text),
                named.people(),
                named.place(),
                Long.parseLong(row.cell("value").text),
                row.cell("status").text,
                Entity.list(Map.of("", row.cell(SOURCES).text), ""),
                word(row));
    }

    private static Confidence word(Row row) {
        return Confidence.ofWord(row.cell(CONFIDENCE).text);
    }
}
