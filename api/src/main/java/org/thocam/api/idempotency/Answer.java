package org.thocam.api.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thocam.ontology.ItemJson;

/** An answer that can be given again. */
public record Answer(int status, Map<String, String> headers, JsonNode body) {
    byte[] written() {
        var node = ItemJson.MAPPER.createObjectNode().put("status", status);
        var all = node.putObject("headers");
        headers.forEach(all::put);
        node.set("body", body);
        try {
            return ItemJson.MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer could not be written as JSON", e);
        }
    }

    static Answer read(byte[] json) {
        try {
            var node = ItemJson.MAPPER.readTree(json);
            var headers = new LinkedHashMap<String, String>();
            for (var header : node.path("headers").properties())
                headers.put(header.getKey(), header.getValue().asText());
            return new Answer(node.path("status").asInt(), headers, node.path("body"));
        } catch (IOException e) {
            throw new IllegalStateException("an answer that was kept cannot be read", e);
        }
    }
}
