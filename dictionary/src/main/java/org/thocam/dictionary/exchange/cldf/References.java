package org.thocam.dictionary.exchange.cldf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.ontology.Shown;

/** Foreign keys: what they refer to has to be there. */
final class References {
    private References() {}

    /**
     * Leaves out rows whose one reference goes nowhere, and references of a list that do, until all others arrive. A table without a
     * file is not looked into.
     */
    static void settle(Metadata metadata, Consumer<Reading.Fault> faults) {
        for (boolean changed = true; changed; ) {
            changed = false;
            var targets = new HashMap<CldfTable.Key, Set<String>>();
            for (var table : metadata.tables)
                for (var key : table.keys) {
                    var target = metadata.table(key.table()).orElseThrow();
                    if (target.present) targets.put(key, target.values(key.target()));
                }
            for (var table : metadata.tables)
                for (var key : table.keys)
                    if (targets.containsKey(key)) changed |= settle(table, key, targets.get(key), faults);
        }
    }

    private static boolean settle(
            CldfTable table, CldfTable.Key key, Set<String> there, Consumer<Reading.Fault> faults) {
        var column = table.column(key.column()).orElseThrow();
        var kept = new ArrayList<CldfTable.Row>(table.rows.size());
        boolean changed = false;
        for (var row : table.rows) {
            var cell = row.cells().get(key.column());
            if (cell == null || !column.list() && there.contains(cell)) {
                kept.add(row);
                continue;
            }
            var good = new ArrayList<String>();
            for (var item : column.items(cell)) {
                if (there.contains(item)) good.add(item);
                else
                    faults.accept(new Reading.Fault(
                            table.url,
                            row.line(),
                            item.isBlank() ? "bad-separator" : "dangling-reference",
                            "column '" + column.name() + "': want ids of " + key.table()
                                    + (column.list() ? " separated by '" + Shown.of(column.separator()) + "'" : "")
                                    + ", found '" + Shown.of(item) + "'. "
                                    + (column.list() ? "The reference" : "The row") + " was left out"));
            }
            if (good.size() == column.items(cell).size()) {
                kept.add(row);
                continue;
            }
            changed = true;
            if (!column.list()) continue;
            var cells = new LinkedHashMap<>(row.cells());
            if (good.isEmpty()) cells.remove(column.name());
            else cells.put(column.name(), String.join(column.separator(), good));
            kept.add(new CldfTable.Row(row.line(), cells));
        }
        table.rows = kept;
        return changed;
    }
}
