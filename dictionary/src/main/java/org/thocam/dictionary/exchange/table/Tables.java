package org.thocam.dictionary.exchange.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.LexiconHead;
import org.thocam.dictionary.exchange.LexiconSource;
import org.thocam.dictionary.exchange.LossReport;
import org.thocam.dictionary.exchange.Lost;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.dictionary.exchange.table.Column.Name;

/** Lexicons as tables: CSV, TSV and XLSX, with the columns of {@link Column}. */
public final class Tables {
    /** As many as a reader of tables looks at; what else there is, is reported as lost. */
    private static final int MOST_COLUMNS = 2_000;

    private static final Column ID = Column.of(Name.ID);
    private static final Column LIFT_ID = Column.of(Name.LIFT_ID);
    private static final Column SENSE = Column.of(Name.SENSE);

    private Tables() {}

    public static void read(Path file, Kind kind, ColumnMapping mapping, String language, Reading reading)
            throws IOException, FormatException {
        try (var in = Files.newInputStream(file)) {
            read(in, kind, mapping, language, reading);
        }
    }

    /**
     * Reads to the end and changes nothing.
     *
     * @param language of the headwords, such as {@code bdq-Latn}
     * @throws FormatException if it is not such a file as a whole; entries that were told before do not count
     */
    public static void read(InputStream in, Kind kind, ColumnMapping mapping, String language, Reading reading)
            throws IOException, FormatException {
        var reader = new TableReader(mapping, language, reading);
        try (var spool = Spool.of(in)) {
            switch (kind) {
                case CSV -> DelimitedRows.read(spool, ',', reading, reader);
                case TSV -> DelimitedRows.read(spool, '\t', reading, reader);
                case XLSX -> SheetRows.read(spool, reading, reader);
            }
        }
        reader.end();
        if (!reader.begun())
            throw new FormatException(new Reading.Fault(
                    "", 1, "missing-column", "want a header such as id, headword, gloss@vi, found an empty file"));
    }

    /** Writes all entries; what is lost of them is what {@link #read} would not give back. Does not close {@code out}. */
    public static LossReport write(Kind kind, LexiconHead head, LexiconSource entries, OutputStream out)
            throws IOException {
        var found = new TreeSet<Column>();
        entries.forEach((id, entry) -> {
            var rows = rows(id, entry, head.language());
            for (var row : rows) found.addAll(row.keySet());
        });
        found.add(ID);
        found.add(Column.of(Name.HEADWORD));
        var columns =
                found.stream().filter(Column::nameable).limit(MOST_COLUMNS).toList();
        var report = new LossReport(kind.name().toLowerCase(Locale.ROOT));
        try (var writer = TableWriter.of(kind, out, "lexicon")) {
            writer.row(columns.stream().map(Column::toString).toList());
            entries.forEach((id, entry) -> {
                var kept = new ArrayList<Map<Column, String>>();
                for (var row : rows(id, entry, head.language())) {
                    var cells = new ArrayList<String>(columns.size());
                    var there = new TreeMap<Column, String>();
                    for (var column : columns) {
                        var cell = row.getOrDefault(column, "");
                        if (!writer.takes(cell)) cell = "";
                        cells.add(cell);
                        if (!cell.isBlank()) there.put(column, cell);
                    }
                    writer.row(cells);
                    kept.add(there);
                }
                Lost.report(id, entry, back(id, kept, head.language()), report);
            });
        }
        return report;
    }

    private static List<Map<Column, String>> rows(String id, Entry entry, String language) {
        var rows = Flat.rows(entry, language);
        for (var row : rows) row.put(ID, id);
        rows.get(0).computeIfPresent(LIFT_ID, (column, value) -> value.equals(id) ? null : value);
        // one sense needs no number, unless nothing else says that there is one
        if (rows.size() == 1
                && rows.get(0).keySet().stream()
                                .filter(column -> column.name().ofSense())
                                .count()
                        > 1) rows.get(0).remove(SENSE);
        return rows;
    }

    private static Entry back(String id, List<Map<Column, String>> rows, String language) {
        rows.get(0).putIfAbsent(LIFT_ID, id);
        return Flat.entry(rows, language);
    }
}
