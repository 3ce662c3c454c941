package org.thocam.ingest.archive;

import java.util.SortedMap;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** An archive that keeps the digests of its files, and tells them without reading the files. */
interface Inventory {
    /** The sha512 of each file of a version, in lower-case hex, by its path. */
    SortedMap<String, String> digests(ItemId id, Version version);
}
