package org.thocam.ontology;

/**
 * A change with all that a projection needs to show it, read from the archive once for all of them.
 *
 * @param text the item's whole text, as it stands in the archive; empty for a tombstone and for a part
 */
public record Snapshot(Change change, Holding holding, String text) {}
