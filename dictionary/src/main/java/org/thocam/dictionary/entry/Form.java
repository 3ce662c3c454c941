package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A text in one language and script.
 *
 * @param text without markup
 * @param markup the text with its {@code <span>} elements, as in LIFT; empty where there are none
 */
public record Form(String text, String markup) {
    public Form(String text) {
        this(text, "");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Form of(JsonNode node) {
        return node.isObject()
                ? new Form(node.path("text").asText(), node.path("markup").asText())
                : new Form(node.asText());
    }

    @JsonValue
    JsonNode json() {
        return markup.isEmpty()
                ? TextNode.valueOf(text)
                : JsonNodeFactory.instance.objectNode().put("text", text).put("markup", markup);
    }
}
