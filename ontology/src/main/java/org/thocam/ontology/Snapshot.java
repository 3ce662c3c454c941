package org.thocam.ontology;

import java.util.List;

/**
 * A change with all that a projection needs to show it, read from the archive once for all of them.
 *
 * @param text the item's whole text, as it stands in the archive; empty for a tombstone and for a part
 * @param mentions what the text and the description name, in the order of fields and places
 */
public record Snapshot(Change change, Holding holding, String text, List<Mention> mentions) {
    public Snapshot {
        mentions = List.copyOf(mentions);
    }

    /** Of what names nothing that we know. */
    public Snapshot(Change change, Holding holding, String text) {
        this(change, holding, text, List.of());
    }
}
