package org.thocam.ontology.entity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * New tables taken over an edited register, cell by cell, against the tables as they were loaded last: what only one side changed is
 * taken from it. A cell goes together with its confidence, latitude with longitude, and a date rule with its calendar. The outcome is to be checked
 * with {@link Integrity}: an edit may name a row that the new tables no longer have.
 */
public final class TableMerge {
    private static final List<List<String>> TOGETHER =
            List.of(List.of("lat", "lon"), List.of("calendar", "date_rule"), List.of("ref_date", "value", "status"));

    private final Rows base;
    private final Rows ours;
    private final Rows theirs;
    private final boolean preferTheirs;
    private final Rows merged = new Rows();
    private final List<Conflict> conflicts = new ArrayList<>();

    /**
     * That both sides changed the same, and differently.
     *
     * @param column empty where one side removed the row that the other changed; the cells are then the row's label, or empty
     */
    public record Conflict(String id, String column, String base, String ours, String theirs) {
        public String message() {
            return id + (column.isEmpty() ? "" : " " + column) + ": was '" + base + "', here '" + ours
                    + "', in the new tables '" + theirs + "'";
        }
    }

    /**
     * @param changes what {@code register} differs in from ours
     * @param conflicts told even where {@code preferTheirs} decided them
     */
    public record Outcome(Register register, List<TableDiff.Change> changes, List<Conflict> conflicts) {
        public Outcome {
            changes = List.copyOf(changes);
            conflicts = List.copyOf(conflicts);
        }
    }

    private TableMerge(Register base, Register ours, Register theirs, boolean preferTheirs) {
        this.base = Rows.of(base);
        this.ours = Rows.of(ours);
        this.theirs = Rows.of(theirs);
        this.preferTheirs = preferTheirs;
    }

    /**
     * @param base the tables as they were loaded last
     * @param ours what was made of them by edits
     * @param theirs the new tables
     * @param preferTheirs whether theirs is taken in a conflict; else ours stays
     */
    public static Outcome merge(Register base, Register ours, Register theirs, boolean preferTheirs) {
        var merge = new TableMerge(base, ours, theirs, preferTheirs);
        for (var id : Rows.ids(merge.theirs, merge.ours, merge.base)) merge.row(id);
        return new Outcome(
                merge.merged.register(ours, theirs), TableDiff.between(merge.ours, merge.merged), merge.conflicts);
    }

    private void row(String id) {
        var was = base.find(id);
        var our = ours.find(id);
        var their = theirs.find(id);
        if (our != null && their != null) {
            merged.put(id, cells(id, was, our, their));
            return;
        }
        var one = our != null ? our : their;
        if (one == null) return;
        boolean removed = was != null;
        boolean conflict = removed && !one.equals(was);
        if (conflict) conflicts.add(new Conflict(id, "", was.label(), label(our), label(their)));
        if (!removed || conflict && (our == null) == preferTheirs) merged.put(id, one);
    }

    private static String label(Rows.Row row) {
        return row == null ? "" : row.label();
    }

    private Rows.Row cells(String id, Rows.Row was, Rows.Row our, Rows.Row their) {
        var cells = new LinkedHashMap<String, Rows.Cell>();
        for (var unit : units(our.columns())) {
            var from = our;
            if (!same(unit, our, their) && !(was != null && same(unit, was, their))) {
                boolean conflict = was == null || !same(unit, was, our);
                if (conflict) tell(id, unit, was, our, their);
                if (!conflict || preferTheirs) from = their;
            }
            for (var column : unit)
                if (!from.cell(column).equals(Rows.Cell.EMPTY)) cells.put(column, from.cell(column));
        }
        return new Rows.Row(our.label(), our.columns(), cells);
    }

    private void tell(String id, List<String> unit, Rows.Row was, Rows.Row our, Rows.Row their) {
        for (var column : unit) {
            var ourCell = our.cell(column);
            var theirCell = their.cell(column);
            var wasCell = was == null ? Rows.Cell.EMPTY : was.cell(column);
            if (!ourCell.text().equals(theirCell.text()))
                conflicts.add(new Conflict(id, column, wasCell.text(), ourCell.text(), theirCell.text()));
            else if (!ourCell.equals(theirCell))
                conflicts.add(new Conflict(
                        id,
                        Rows.LEVELS,
                        column + "=" + wasCell.level(),
                        column + "=" + ourCell.level(),
                        column + "=" + theirCell.level()));
        }
    }

    private static boolean same(List<String> unit, Rows.Row one, Rows.Row other) {
        return unit.stream().allMatch(column -> one.cell(column).equals(other.cell(column)));
    }

    private static List<List<String>> units(List<String> columns) {
        var units = new LinkedHashSet<List<String>>();
        for (var column : columns)
            units.add(TOGETHER.stream()
                    .filter(unit -> unit.contains(column) && columns.containsAll(unit))
                    .findFirst()
                    .orElse(List.of(column)));
        return List.copyOf(units);
    }
}
