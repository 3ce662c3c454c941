package org.thocam.dictionary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.thocam.dictionary.lift.FieldChange;

/**
 * One state that an entry was in.
 *
 * @param agent who made it so
 * @param action {@code import}, {@code create}, {@code edit}, {@code delete}, {@code revert}, {@code state}, {@code comment},
 *     {@code conflict} or {@code settle}
 * @param xml its text as LIFT
 * @param changes from the state before; all fields for the first
 */
public record PastState(
        EntryTag tag,
        Instant at,
        String agent,
        String action,
        ReviewState state,
        boolean deleted,
        String xml,
        List<FieldChange> changes) {
    public ObjectNode json() {
        var node = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("tag", tag.toString())
                .put("at", at.toString())
                .put("by", agent)
                .put("action", action)
                .put("state", state.word());
        if (deleted) node.put("deleted", true);
        var list = node.putArray("changes");
        changes.forEach(change -> list.add(change.json()));
        return node;
    }
}
