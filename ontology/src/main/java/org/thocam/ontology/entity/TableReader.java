package org.thocam.ontology.entity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.thocam.ontology.Shown;

/** One reading of all tables: what is wrong is gathered, and only what has no fault at all becomes a register. */
final class TableReader {
    static final List<String> FIGURE =
            List.of("ref_date", "people", "place", "value", "status", "source", "confidence", "confidence_by_column");

    private static final int MOST_ROWS = 200_000;
    /** What stands behind so many tabs is one cell, which no column can hold. */
    private static final int MOST_CELLS = 100;

    private static final Pattern PERSONS = Pattern.compile("[0-9]{1,12}");
    private static final Set<String> STATES = Set.of("observed", "derived");
    private static final Column DATE = new Column("ref_date", Column.Type.DATE, true, Set.of());
    private static final Column PEOPLE = new Column("people", Column.Type.ID, true, Set.of(EntityKind.PEOPLE));
    private static final Column PLACE = new Column("place", Column.Type.ID, true, Set.of(EntityKind.PLACE));
    private static final String ID = "id";
    private static final String SOURCES = "sources";
    private static final String CONFIDENCE = "confidence";
    private static final String LEVELS = "confidence_by_column";

    private final List<Fault> faults;
    private final Map<String, Entity> entities = new LinkedHashMap<>();
    private final List<Observation> observations = new ArrayList<>();
    /** By identity: where an entity or a figure stands. */
    private final Map<Object, Integer> lines = new IdentityHashMap<>();

    TableReader(List<Fault> faults) {
        this.faults = faults;
    }

    static List<String> head(EntityKind kind) {
        var head = new ArrayList<String>(List.of(ID));
        for (var column : kind.columns()) head.add(column.name());
        head.addAll(List.of(SOURCES, CONFIDENCE, LEVELS));
        return head;
    }

    /** @throws FaultyEntitiesException if anything was wrong */
    Register register() {
        var register = new Register(entities.values(), observations);
        if (!full()) faults.addAll(Integrity.faults(register, lines));
        if (!faults.isEmpty())
            throw new FaultyEntitiesException(
                    faults.stream().limit(FaultyEntitiesException.MOST).toList());
        return register;
    }

    void entities(EntityKind kind, String text) {
        var required = new ArrayList<>(List.of(ID, SOURCES, CONFIDENCE));
        kind.columns().stream().filter(Column::required).map(Column::name).forEach(required::add);
        rows(kind.table(), text, head(kind), required, row -> row.text(ID), row -> entity(kind, row));
    }

    void observations(String text) {
        rows(Tables.OBSERVATIONS, text, FIGURE, FIGURE.subList(0, 7), TableReader::figureId, this::observation);
    }

    private static String figureId(Row row) {
        return "OB-" + row.text("people") + "-" + row.text("place") + "-"
                + row.text("ref_date").split("-", 2)[0];
    }

    private void rows(
            String table,
            String text,
            List<String> columns,
            List<String> required,
            Function<Row, String> name,
            Consumer<Row> reader) {
        if (text.isEmpty()) return;
        int from = text.charAt(0) == '\uFEFF' ? 1 : 0;
        List<String> head = null;
        for (int line = 1; from < text.length() && !full(); line++) {
            int end = text.indexOf('\n', from);
            if (end < 0) end = text.length();
            var cells = text.substring(from, end > from && text.charAt(end - 1) == '\r' ? end - 1 : end);
            from = end + 1;
            if (head == null) {
                head = List.of(cells.split("\t", MOST_CELLS));
                if (!headed(table, head, columns, required)) return;
            } else if (line > MOST_ROWS + 1) {
                fault(table, line, "", "", "another row", "at most " + MOST_ROWS + " rows");
                return;
            } else {
                var row = new Row(table, line, head, cells.split("\t", MOST_CELLS), this);
                row.name = Shown.of(name.apply(row));
                reader.accept(row);
            }
        }
        if (head == null) headed(table, List.of(), columns, required);
    }

    private boolean headed(String table, List<String> head, List<String> columns, List<String> required) {
        int before = faults.size();
        var seen = new HashSet<String>();
        for (var column : head) {
            if (full()) return false;
            if (!columns.contains(column))
                fault(
                        table,
                        1,
                        "",
                        Shown.of(column),
                        Shown.of(column),
                        "a column of " + table + "; the nearest is '" + Nearest.of(column, columns) + "'");
            else if (!seen.add(column)) fault(table, 1, "", column, column, "each column once");
        }
        for (var column : required) if (!seen.contains(column)) fault(table, 1, "", column, "", "the column " + column);
        return faults.size() == before;
    }

    private void entity(EntityKind kind, Row row) {
        var id = row.text(ID);
        if (EntityKind.ofId(id).filter(kind::equals).isEmpty()) {
            row.fault(ID, id, "the id of a " + kind.word() + ": " + kind.idPattern());
            return;
        }
        var cells = new LinkedHashMap<String, String>();
        if (row.complete())
            for (var column : kind.columns()) row.cell(column).ifPresent(text -> cells.put(column.name(), text));
        var sources = row.complete() ? row.sources(SOURCES) : List.<String>of();
        var confidence = row.complete() ? row.confidence() : Confidence.RECALLED;
        var levels = row.complete()
                ? row.levels(kind.columns().stream().map(Column::name).toList(), cells)
                : Map.<String, Confidence>of();
        // a faulty row stays known by its id, so that rows that name it are not told to be wrong too
        var entity = new Entity(id, cells, sources, confidence, levels);
        var twin = entities.putIfAbsent(id, entity);
        if (twin != null) row.fault(ID, id, "an id that no other row has; line " + lines.get(twin) + " has it");
        else lines.put(entity, row.line);
    }

    private void observation(Row row) {
        if (!row.complete()) return;
        int before = faults.size();
        var date = row.cell(DATE);
        var people = row.text("people").equals(Observation.TOTAL) ? Optional.of(Observation.TOTAL) : row.cell(PEOPLE);
        var place = row.cell(PLACE);
        var persons = row.text("value");
        if (!PERSONS.matcher(persons).matches()) row.fault("value", persons, "persons: a whole number, 0 or more");
        var status = row.text("status");
        if (!STATES.contains(status)) row.fault("status", status, "observed or derived");
        var sources = row.sources("source");
        var confidence = row.confidence();
        var level = row.levels(List.of("value"), Map.of("value", persons)).getOrDefault("value", confidence);
        if (level != confidence && faults.size() == before)
            row.fault(LEVELS, row.text(LEVELS), "the confidence of the row: " + confidence.word() + "=value");
        if (faults.size() > before) return;
        var figure = new Observation(
                LocalDate.parse(date.orElseThrow()),
                people.orElseThrow(),
                place.orElseThrow(),
                Long.parseLong(persons),
                status,
                sources,
                confidence);
        observations.add(figure);
        lines.put(figure, row.line);
    }

    private boolean full() {
        return faults.size() >= FaultyEntitiesException.MOST;
    }

    private void fault(String table, int line, String entity, String column, String found, String expected) {
        if (!full()) faults.add(new Fault(table, line, entity, column, Shown.of(found), expected, ""));
    }

    private static final class Row {
        private final String table;
        private final int line;
        private final Map<String, String> cells = new HashMap<>();
        private final boolean complete;
        private final TableReader reader;
        private String name = "";

        private Row(String table, int line, List<String> head, String[] cells, TableReader reader) {
            this.table = table;
            this.line = line;
            this.reader = reader;
            for (int i = 0; i < Math.min(cells.length, head.size()); i++) this.cells.put(head.get(i), cells[i].strip());
            complete = cells.length == head.size();
            if (!complete) {
                name = Shown.of(text(ID));
                fault(
                        "",
                        (cells.length == MOST_CELLS ? "at least " : "") + cells.length + " cells",
                        head.size() + " cells with a tab between them, one for each column");
            }
        }

        private boolean complete() {
            return complete;
        }

        private String text(String column) {
            return cells.getOrDefault(column, "");
        }

        private Optional<String> cell(Column column) {
            var text = Cell.canonical(column, text(column.name()));
            if (text.isEmpty()) {
                if (column.required()) fault(column.name(), "", "a value: every row has one");
                return Optional.empty();
            }
            var wrong = Cell.wrong(column, text);
            wrong.ifPresent(expected -> fault(column.name(), text, expected));
            return wrong.isPresent() ? Optional.empty() : Optional.of(text);
        }

        private List<String> sources(String column) {
            var text = text(column);
            var sources = Entity.list(cells, column);
            var unfit = Cell.unfit(text);
            if (unfit.isPresent()) fault(column, text, unfit.get());
            else if (sources.isEmpty()) fault(column, text, "at least one key or address of a source");
            return sources;
        }

        private Confidence confidence() {
            return word(CONFIDENCE, text(CONFIDENCE));
        }

        private Confidence word(String column, String word) {
            try {
                return Confidence.ofWord(word);
            } catch (IllegalArgumentException e) {
                fault(column, word, Confidence.WORDS);
                return Confidence.RECALLED;
            }
        }

        private Map<String, Confidence> levels(List<String> columns, Map<String, String> filled) {
            var levels = new HashMap<String, Confidence>();
            var text = text(LEVELS);
            if (text.length() > Cell.LONGEST) {
                fault(LEVELS, text, "at most " + Cell.LONGEST + " characters");
                return levels;
            }
            var seen = new HashSet<String>();
            for (var part : Entity.list(cells, LEVELS)) {
                int sign = part.indexOf('=');
                if (sign < 0) {
                    fault(LEVELS, part, "a confidence and its columns, such as checked1=name_vi,peoples");
                    continue;
                }
                var level = word(LEVELS, part.substring(0, sign).strip());
                for (var column : part.substring(sign + 1).split(",", -1)) {
                    var of = column.strip();
                    if (reader.full()) return levels;
                    if (!columns.contains(of))
                        fault(LEVELS, of, "a column; the nearest is '" + Nearest.of(of, columns) + "'");
                    else if (!seen.add(of)) fault(LEVELS, of, "each column once");
                    else if (filled.containsKey(of)) levels.put(of, level);
                }
            }
            return levels;
        }

        private void fault(String column, String found, String expected) {
            reader.fault(table, line, name, column, found, expected);
        }
    }
}
