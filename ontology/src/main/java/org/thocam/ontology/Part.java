package org.thocam.ontology;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of an item with versions of its own, such as one edited entry of a dictionary. It has neither access nor sets of its own:
 * whoever may see the item may see its parts, so every door asks the item.
 *
 * @param facts what the part's owner has to know of it before its files are read, such as {@code action=edit}; the archive only
 *     keeps them
 * @param digest of what was handed in
 */
public record Part(ItemId id, Access access, List<String> sets, Map<String, String> facts, String digest)
        implements Holding {
    public Part {
        if (!id.isPart())
            throw new IllegalArgumentException("id '" + id + "' is that of an item: want one of a part, as item/part");
        if (!access.equals(Access.OPEN) || !sets.isEmpty())
            throw new IllegalArgumentException("part " + id + ": access and sets are those of item " + id.whole());
        sets = List.of();
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    public Part(ItemId id, Map<String, String> facts, String digest) {
        this(id, Access.OPEN, List.of(), facts, digest);
    }
}
