package org.thocam.ontology;

import java.util.List;

/**
 * What is left to say of a withdrawn item. It keeps its sets, because harvesters of a set must hear of it too, and its access,
 * because whoever might not see the item need not know that it was there.
 */
public record Tombstone(ItemId id, Access access, List<String> sets, String reason) implements Holding {
    public Tombstone {
        sets = List.copyOf(sets);
    }

    public Tombstone(ItemId id, List<String> sets, String reason) {
        this(id, Access.OPEN, sets, reason);
    }
}
