package org.thocam.ontology.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What differs between two registers, cell by cell: entities in the order of the tables, then census figures. Lists compare as they are
 * written.
 */
public final class TableDiff {
    private static final int SHOWN = 60;

    private TableDiff() {}

    /** What was done to a row or to a cell of it. */
    public enum Kind {
        /** A row that is new. */
        ADDED,
        /** A cell that is different. */
        CHANGED,
        /** A row that is gone. */
        REMOVED
    }

    /**
     * @param id of the entity or of the figure, such as {@code OB-EG08-P63-02-2019}
     * @param column empty for a whole row; {@code confidence_by_column} for the confidence of one cell
     * @param before what stood there; for a row that is gone its label; for a confidence such as {@code name_vi=recalled}
     * @param after what stands there; for a new row its label
     */
    public record Change(Kind kind, String id, String column, String before, String after) {
        /** One line: {@code ~ FE001 name_en: 'before' → 'after'}. */
        public String message() {
            return switch (kind) {
                case ADDED -> "+ " + id + " " + after;
                case REMOVED -> "- " + id + " " + before;
                case CHANGED -> "~ " + id + " " + column + ": '" + before + "' → '" + after + "'";
            };
        }
    }

    public static List<Change> between(Register before, Register after) {
        return between(Rows.of(before), Rows.of(after));
    }

    static List<Change> between(Rows before, Rows after) {
        var changes = new ArrayList<Change>();
        for (var id : Rows.ids(after, before)) {
            var old = before.find(id);
            var now = after.find(id);
            if (old == null) changes.add(new Change(Kind.ADDED, id, "", "", now.label()));
            else if (now == null) changes.add(new Change(Kind.REMOVED, id, "", old.label(), ""));
            else cells(id, old, now, changes);
        }
        return changes;
    }

    private static void cells(String id, Rows.Row old, Rows.Row now, List<Change> changes) {
        for (var column : now.columns()) {
            var from = old.cell(column);
            var to = now.cell(column);
            if (!from.text().equals(to.text()))
                changes.add(new Change(Kind.CHANGED, id, column, from.text(), to.text()));
            if (!from.level().equals(to.level()))
                changes.add(new Change(
                        Kind.CHANGED,
                        id,
                        Rows.LEVELS,
                        from.level().isEmpty() ? "" : column + "=" + from.level(),
                        to.level().isEmpty() ? "" : column + "=" + to.level()));
        }
    }

    /** A table for people: what was done, id, column, before and after, under each other; long cells are cut at 60 characters. */
    public static String text(List<Change> changes) {
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("", "id", "column", "before", "after"));
        for (var change : changes)
            lines.add(List.of(
                    switch (change.kind()) {
                        case ADDED -> "+";
                        case CHANGED -> "~";
                        case REMOVED -> "-";
                    },
                    change.id(),
                    change.column(),
                    cut(change.before()),
                    cut(change.after())));
        var widths = new int[5];
        for (var line : lines)
            for (int i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], length(line.get(i)));
        return lines.stream()
                .map(line -> {
                    var text = new StringBuilder();
                    for (int i = 0; i < widths.length; i++)
                        text.append(line.get(i)).append(" ".repeat(widths[i] - length(line.get(i)) + 2));
                    return text.toString().stripTrailing() + "\n";
                })
                .collect(Collectors.joining());
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String cut(String text) {
        return length(text) <= SHOWN ? text : text.substring(0, text.offsetByCodePoints(0, SHOWN - 1)) + "…";
    }
}
