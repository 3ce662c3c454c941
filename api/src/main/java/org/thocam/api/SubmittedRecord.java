package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;

/** A record that came over HTTP, read strictly; what we ourselves add to an item when it is read is passed over, so that it can come back as it was. */
final class SubmittedRecord {
    private static final Set<String> OURS =
            Set.of("@context", "@id", "version", "datestamp", "links", "digest", "source", "decoded");
    private static final Pattern FIELD = Pattern.compile("field '([^']+)'");

    private SubmittedRecord() {}

    /** @throws org.thocam.api.problem.ProblemException 422, pointing at the field, if it is not what it has to be */
    static ItemJson.Entry read(JsonNode json) {
        try {
            return ItemJson.entry(json.isObject() ? withoutOurs((ObjectNode) json) : json);
        } catch (IllegalArgumentException e) {
            throw invalid(pointer(e.getMessage()), e.getMessage());
        }
    }

    static ItemJson.Entry read(JsonNode json, ItemId expected) {
        if (json.isObject() && !json.has("id")) ((ObjectNode) json).put("id", expected.value());
        var entry = read(json);
        if (!entry.item().id().equals(expected))
            throw invalid("/id", "the record's id is " + entry.item().id() + ", the address's is " + expected);
        return entry;
    }

    static ObjectNode withoutOurs(ObjectNode json) {
        var record = json.deepCopy();
        record.remove(OURS);
        var files = record.path("files");
        // Names are what a depositor says; objects are what we said of them.
        if (files.isArray() && !files.isEmpty() && files.get(0).isObject()) record.remove("files");
        return record;
    }

    static RuntimeException invalid(String pointer, String detail) {
        return Problem.of(ProblemType.INVALID, detail)
                .with(new Problem.FieldError(pointer, detail))
                .thrown();
    }

    /** RFC 7396, section 2. */
    static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) return patch;
        var result = target.isObject() ? ((ObjectNode) target).deepCopy() : ItemJson.MAPPER.createObjectNode();
        for (var change : patch.properties()) {
            if (change.getValue().isNull()) result.remove(change.getKey());
            else result.set(change.getKey(), merged(result.path(change.getKey()), change.getValue()));
        }
        return result;
    }

    private static String pointer(String message) {
        var field = FIELD.matcher(message);
        if (field.find()) return "/" + field.group(1).replace("~", "~0").replace("/", "~1");
        if (message.contains("no title")) return "/title";
        if (message.contains(": set '")) return "/sets";
        if (message.startsWith("subject '")) return "/about";
        for (var name : List.of("language", "place", "id")) if (message.startsWith(name + " '")) return "/" + name;
        return "";
    }
}
