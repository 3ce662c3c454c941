package org.thocam.ontology;

import java.time.Instant;
import java.util.List;

/**
 * One item as harvesters may know it. An item that was once public and no longer is, withdrawn or restricted, is announced as
 * deleted; one that never was public is not there at all. The datestamp of an item whose embargo ended is the embargo's end.
 */
public record FeedEntry(ItemId id, Version version, Instant datestamp, boolean deleted, List<String> sets) {
    public FeedEntry {
        sets = List.copyOf(sets);
    }

    public FeedQuery.Key key() {
        return new FeedQuery.Key(datestamp, id);
    }
}
