package org.thocam.dictionary.exchange.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.Shown;

/**
 * What the columns of a file are, where its header does not say it in our words. A header that is not named here is taken as it is.
 *
 * @param columns by the file's header; empty for one to leave out
 */
public record ColumnMapping(Map<String, Optional<Column>> columns) {
    public static final ColumnMapping NONE = new ColumnMapping(Map.of());

    public ColumnMapping {
        columns = Map.copyOf(columns);
    }

    /**
     * @param spec such as {@code Từ=headword}, {@code Nghĩa=gloss@vi} and {@code Ghi chú=}, which leaves a column out
     * @throws IllegalArgumentException if one of them is no such mapping
     */
    public static ColumnMapping of(List<String> spec) {
        var columns = new LinkedHashMap<String, Optional<Column>>();
        for (var one : spec) {
            int equals = one.lastIndexOf('=');
            var header = equals < 0 ? "" : one.substring(0, equals).strip();
            if (header.isEmpty())
                throw new IllegalArgumentException(
                        "want HEADER=COLUMN, such as Nghĩa=gloss@vi, found '" + Shown.of(one) + "'");
            var wanted = one.substring(equals + 1).strip();
            Optional<Column> column = wanted.isEmpty() ? Optional.empty() : Column.parse(wanted);
            if (!wanted.isEmpty() && column.isEmpty())
                throw new IllegalArgumentException("'" + Shown.of(one)
                        + "': want a column such as id, headword, gloss@vi or part-of-speech, found '"
                        + Shown.of(wanted) + "'");
            if (columns.putIfAbsent(header, column) != null)
                throw new IllegalArgumentException("want each header once, found '" + Shown.of(header) + "' twice");
        }
        return new ColumnMapping(columns);
    }
}
