package org.thocam.ontology.transcript;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.List;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** The segments that the archive keeps beside the files they were read from. They know nothing of access: see {@link PassageRights}. */
public record ArchivedTranscripts(Archive archive) {
    private static final String FOLDER = "segments/files/";
    private static final String END = ".jsonl";

    /** Where those of a file are kept in the item's object. */
    public static String path(String file) {
        return FOLDER + file + END;
    }

    /** Names of the files of a version that have segments, in the order of their names. */
    public List<String> files(ItemId id, Version version) {
        return archive.paths(id, version).stream()
                .filter(path -> path.startsWith(FOLDER) && path.endsWith(END))
                .map(path -> path.substring(FOLDER.length(), path.length() - END.length()))
                .sorted()
                .toList();
    }

    /** @throws ArchiveException if they cannot be read */
    public Transcript read(ItemId id, Version version, String file) {
        try (var in = new BufferedInputStream(archive.open(id, version, path(file)), 1 << 16)) {
            return TranscriptLines.read(in, Limits.USUAL);
        } catch (IOException e) {
            throw new ArchiveException(
                    "the segments of file " + file + " of item " + id + " " + version + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }
}
