package org.thocam.dictionary.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.thocam.dictionary.entry.Entry;

/** An entry that is read bit by bit, as the tree that its JSON is. */
public final class Draft {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Draft() {}

    public static ObjectNode begun() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static Entry entry(ObjectNode tree) {
        try {
            return MAPPER.treeToValue(tree, Entry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a draft has the fields of Entry", e);
        }
    }

    /** A new element of a list. */
    public static ObjectNode add(ObjectNode owner, String list) {
        return owner.withArray(list).addObject();
    }

    /** Two texts in one language become one, parted by a semicolon. */
    public static void text(ObjectNode owner, String member, String tag, String text) {
        var forms = owner.get(member) instanceof ObjectNode there ? there : owner.putObject(member);
        forms.put(tag, forms.has(tag) ? forms.get(tag).asText() + "; " + text : text);
    }

    /** Writes nothing where there is nothing. */
    public static void put(ObjectNode owner, String member, String value) {
        if (!value.isEmpty()) owner.put(member, value);
    }
}
