package org.thocam.ontology;

import java.util.List;

/** What is left to say of a withdrawn item: it keeps its sets, because harvesters of a set must hear of it too. */
public record Tombstone(ItemId id, List<String> sets, String reason) implements Holding {
    public Tombstone {
        sets = List.copyOf(sets);
    }

    @Override
    public Access access() {
        return Access.OPEN;
    }
}
