package org.thocam.dictionary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.ontology.ItemId;

/**
 * An entry as the archive has it now.
 *
 * @param xml its working text as LIFT, to the byte; for a deleted one its last
 * @param published what readers see: empty for "nothing"; the same as {@code xml} where nothing waits for review
 * @param place in the file, from 0
 * @param conflicts that nobody has settled yet
 */
public record KeptEntry(
        ItemId lexicon,
        EntryId id,
        EntryTag tag,
        String xml,
        ReviewState state,
        boolean deleted,
        Optional<String> published,
        long place,
        long conflicts) {
    /** What the archive calls, or would call, the entry's own object within its dictionary. */
    public String part() {
        return EntryPart.id(lexicon, id).partName();
    }

    public ObjectNode tree() {
        return LiftEntry.kept(xml).tree();
    }

    public Entry entry() {
        return LiftEntry.kept(xml).entry();
    }

    /** The entry as readers see it; empty where they see none. */
    public Optional<KeptEntry> asPublished() {
        return published
                .filter(text -> !deleted || !text.isEmpty())
                .map(text -> new KeptEntry(
                        lexicon, id, tag, text, ReviewState.PUBLISHED, false, published, place, conflicts));
    }
}
