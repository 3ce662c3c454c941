package org.thocam.dictionary.exchange.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thocam.dictionary.EntryId;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.dictionary.exchange.table.Column.Name;
import org.thocam.ontology.Shown;

/** Puts rows together to entries, and says what is wrong with those that are left out. */
final class TableReader implements Rows {
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int LONGEST_HEADWORD = 500;
    private static final int LONGEST_GLOSS = 10_000;
    private static final Pattern SENSE_NUMBER = Pattern.compile("[0-9]{1,6}(?:\\.[0-9]{1,6}){0,20}");
    private static final Column ID = Column.of(Name.ID);
    private static final Column LIFT_ID = Column.of(Name.LIFT_ID);
    private static final Column SENSE = Column.of(Name.SENSE);
    private static final Column SENSE_ID = Column.of(Name.SENSE_ID);

    private final ColumnMapping mapping;
    private final String language;
    private final Reading reading;

    /** Null where a column is not read. */
    private List<Column> columns = new ArrayList<>();

    private boolean begun;
    private boolean severalSenses;
    private final Map<String, Long> lineOf = new HashMap<>();
    private long entries;

    private String id = "";
    private long line;
    private boolean faulty;
    private final List<Map<Column, String>> rows = new ArrayList<>();
    private final Map<String, Long> senses = new HashMap<>();

    TableReader(ColumnMapping mapping, String language, Reading reading) {
        this.mapping = mapping;
        this.language = language;
        this.reading = reading;
    }

    @Override
    public void row(long at, List<String> cells, boolean padded) throws FormatException {
        if (!begun) {
            header(at, cells);
            begun = true;
            return;
        }
        boolean more = cells.size() > columns.size()
                && (!padded
                        || cells.subList(columns.size(), cells.size()).stream().anyMatch(cell -> !cell.isBlank()));
        if (more || !padded && cells.size() < columns.size()) {
            fault(at, "ragged-row", "want " + columns.size() + " columns, as the header has, found " + cells.size());
            return;
        }
        var row = new TreeMap<Column, String>();
        for (int i = 0; i < cells.size() && i < columns.size(); i++)
            if (columns.get(i) != null && !cells.get(i).isBlank()) row.put(columns.get(i), cells.get(i));
        row.computeIfPresent(ID, (column, value) -> value.strip());
        row.computeIfPresent(SENSE, (column, value) -> value.strip());
        if (!columns.contains(ID)) {
            end();
            begin(at, "", row);
        } else identified(at, row);
    }

    private void identified(long at, Map<Column, String> row) throws FormatException {
        String found;
        try {
            found = new EntryId(row.getOrDefault(ID, "")).value();
        } catch (IllegalArgumentException e) {
            fault(at, "wrong-id", e.getMessage());
            return;
        }
        boolean goesOn = severalSenses && found.equals(id) && (row.containsKey(SENSE) || row.containsKey(SENSE_ID));
        if (goesOn) {
            goOn(at, row);
            return;
        }
        var before = lineOf.putIfAbsent(found, at);
        if (before != null) {
            fault(at, "duplicate-id", "want each id once, found '" + found + "', which line " + before + " has too");
            return;
        }
        end();
        begin(at, found, row);
    }

    private void begin(long at, String found, Map<Column, String> row) throws FormatException {
        if (++entries > MOST_ENTRIES)
            throw new FormatException(new Reading.Fault(
                    "", at, "too-large", "want at most " + MOST_ENTRIES + " entries in a file, found more"));
        id = found;
        line = at;
        faulty = row.keySet().stream().noneMatch(column -> column.name() == Name.HEADWORD);
        if (faulty) fault(at, "missing-headword", "want a headword, found none");
        faulty |= tooLong(at, row) || !sense(at, row);
        if (!row.containsKey(LIFT_ID) && !id.isEmpty()) row.put(LIFT_ID, id);
        row.remove(ID);
        rows.add(row);
    }

    /** A further sense of the entry that is being read. */
    private void goOn(long at, Map<Column, String> row) {
        if (faulty) {
            fault(at, "dangling-reference", "entry '" + id + "' begins in line " + line + ", which was left out");
            return;
        }
        row.remove(ID);
        for (var cell : row.entrySet()) {
            if (cell.getKey().name().ofSense()
                    || cell.getValue().equals(rows.get(0).get(cell.getKey()))) continue;
            fault(
                    at,
                    "conflicting-value",
                    "want '" + cell.getKey() + "' empty or as in line " + line + ", where entry '" + id
                            + "' begins, found '" + Shown.of(cell.getValue()) + "'");
            return;
        }
        if (!tooLong(at, row) && sense(at, row)) rows.add(row);
    }

    private boolean sense(long at, Map<Column, String> row) {
        var number = row.getOrDefault(SENSE, "");
        if (number.isEmpty()) return true;
        if (!SENSE_NUMBER.matcher(number).matches()) {
            // an id where a number may stand
            row.remove(SENSE);
            row.putIfAbsent(SENSE_ID, number);
        } else if (number.contains(".")) {
            var above = number.substring(0, number.lastIndexOf('.'));
            if (!senses.containsKey(above) || id.isEmpty()) {
                fault(
                        at,
                        "dangling-reference",
                        "want sense " + above + " of entry '" + id + "' in a row before its subsense " + number
                                + ", found none");
                return false;
            }
        }
        var before = senses.putIfAbsent(number, at);
        if (before != null)
            fault(
                    at,
                    "duplicate-id",
                    "want each sense of an entry once, found '" + Shown.of(number) + "', which line " + before
                            + " has too");
        return before == null;
    }

    private boolean tooLong(long at, Map<Column, String> row) {
        for (var cell : row.entrySet()) {
            int most = cell.getKey().name() == Name.HEADWORD
                    ? LONGEST_HEADWORD
                    : cell.getKey().name() == Name.GLOSS ? LONGEST_GLOSS : Integer.MAX_VALUE;
            int length = cell.getValue().codePointCount(0, cell.getValue().length());
            if (length <= most) continue;
            fault(at, "too-large", "want at most " + most + " characters in '" + cell.getKey() + "', found " + length);
            return true;
        }
        return false;
    }

    /** The last row was read. */
    void end() {
        if (!rows.isEmpty() && !faulty) reading.entry(id, Flat.entry(rows, language));
        rows.clear();
        senses.clear();
        faulty = false;
    }

    boolean begun() {
        return begun;
    }

    private void header(long at, List<String> cells) throws FormatException {
        var names = cells.stream().map(String::strip).toList();
        var seen = new HashSet<Column>();
        for (int i = 0; i < names.size(); i++) {
            var column = column(at, names.get(i), i + 1);
            columns.add(column);
            if (column != null && !seen.add(column))
                throw refused(at, "duplicate-column", "want each column once, found '" + column + "' twice");
        }
        for (var header : mapping.columns().keySet())
            if (!names.contains(header))
                throw refused(
                        at,
                        "missing-column",
                        "the mapping names the column '" + Shown.of(header) + "', which is not among '" + shown(names)
                                + "'");
        if (seen.stream().noneMatch(column -> column.name() == Name.HEADWORD))
            throw refused(
                    at,
                    "missing-column",
                    "want a header with headword, such as id, headword, gloss@vi, found '" + shown(names) + "'");
        severalSenses = seen.contains(SENSE) || seen.contains(SENSE_ID);
    }

    private static String shown(List<String> names) {
        return Shown.of(names.stream().collect(Collectors.joining(", ")));
    }

    private Column column(long at, String header, int place) throws FormatException {
        var mapped = mapping.columns().get(header);
        if (mapped != null) return mapped.orElse(null);
        try {
            var column = Column.parse(header);
            if (column.isEmpty()) reading.unknown(header.isEmpty() ? "column " + place : header);
            return column.orElse(null);
        } catch (IllegalArgumentException e) {
            throw refused(at, "wrong-column", e.getMessage());
        }
    }

    private void fault(long at, String code, String message) {
        reading.fault(new Reading.Fault("", at, code, message));
    }

    private static FormatException refused(long at, String code, String message) {
        return new FormatException(new Reading.Fault("", at, code, message));
    }
}
