package org.thocam.dictionary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.thocam.dictionary.lift.Conflict;

/** What became of an edit. */
public sealed interface Edited {
    /** The entry as it is now, or was before a refused edit. */
    KeptEntry entry();

    /**
     * It is in the archive, or made no difference.
     *
     * @param changed whether there is a new state
     * @param merged whether it was made on an older state and met other edits
     * @param kept edits that outlived a deletion
     */
    record Done(KeptEntry entry, boolean changed, boolean merged, List<Conflict> kept) implements Edited {}

    /**
     * It met another edit of the same field: nothing of it holds, and all of it is kept beside the entry until somebody settles it.
     *
     * @param conflict its name among the entry's conflicts; empty for a dry run
     */
    record Refused(
            KeptEntry entry,
            ObjectNode base,
            ObjectNode mine,
            ObjectNode theirs,
            List<Conflict> conflicts,
            String conflict)
            implements Edited {}
}
