package org.thocam.ontology;

import java.util.List;

/** What the archive holds under an id: an item, the tombstone of one, or a part of one. */
public sealed interface Holding permits Item, Tombstone, Part {
    ItemId id();

    Access access();

    List<String> sets();
}
