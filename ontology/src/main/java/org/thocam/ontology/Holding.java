package org.thocam.ontology;

import java.util.List;

/** What the archive holds under an id: an item, or the tombstone of one. */
public sealed interface Holding permits Item, Tombstone {
    ItemId id();

    Access access();

    List<String> sets();
}
