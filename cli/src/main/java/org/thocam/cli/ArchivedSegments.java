package org.thocam.cli;

import java.util.List;
import org.thocam.index.search.SegmentSource;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;
import org.thocam.ontology.transcript.ArchivedTranscripts;
import org.thocam.ontology.transcript.Transcript;

/** Segments for the index, from where ingest kept them. */
record ArchivedSegments(ArchivedTranscripts transcripts) implements SegmentSource {
    ArchivedSegments(Archive archive) {
        this(new ArchivedTranscripts(archive));
    }

    @Override
    public List<String> files(ItemId id, Version version) {
        return transcripts.files(id, version);
    }

    @Override
    public Transcript read(ItemId id, Version version, String file) {
        return transcripts.read(id, version, file);
    }
}
