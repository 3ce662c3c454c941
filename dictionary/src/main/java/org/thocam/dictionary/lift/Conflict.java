package org.thocam.dictionary.lift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Two edits of one field, or of the order of one list. Both values are here; an absent one is {@code null} in JSON.
 *
 * @param path of the field within the entry, such as {@code senses/8a01…/glosses/vi/text}: list elements by their own name, else from 1
 */
public record Conflict(String path, Kind kind, JsonNode base, JsonNode mine, JsonNode theirs) {
    public enum Kind {
        /** Both changed one value to different ones: somebody has to choose. */
        VALUES,
        /** Both put one list into different orders. */
        ORDER,
        /** One edited what the other deleted: the edit stays, and the deletion is told. */
        EDIT_KEPT;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public ObjectNode json() {
        var node = JsonNodeFactory.instance.objectNode().put("path", path).put("kind", kind.word());
        node.set("base", shown(base));
        node.set("mine", shown(mine));
        node.set("theirs", shown(theirs));
        return node;
    }

    private static JsonNode shown(JsonNode value) {
        return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
    }
}
