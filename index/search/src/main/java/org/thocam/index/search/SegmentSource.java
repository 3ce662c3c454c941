package org.thocam.index.search;

import java.util.List;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;
import org.thocam.ontology.transcript.Transcript;

/** Where the segments of an item are read from. */
public interface SegmentSource {
    /** Names of the files of a version that have some. */
    List<String> files(ItemId id, Version version);

    Transcript read(ItemId id, Version version, String file);
}
