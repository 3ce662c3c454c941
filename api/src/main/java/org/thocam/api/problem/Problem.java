package org.thocam.api.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.ServiceUnavailableException;

/**
 * A problem document. RFC 9457.
 *
 * @param status that of the type, or what a library answered where we have no type of that status
 * @param headers to be sent with it, such as {@code Retry-After}
 * @param members more to say, by name. RFC 9457, section 3.2
 */
public record Problem(
        ProblemType type,
        int status,
        String detail,
        List<FieldError> errors,
        Map<String, String> headers,
        Map<String, JsonNode> members) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** @param pointer JSON pointer (RFC 6901) of the field */
    public record FieldError(String pointer, String detail) {}

    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, type.status(), detail, List.of(), Map.of(), Map.of());
    }

    /** For a status that a library chose, and its own words about it. */
    public static Problem ofStatus(int status, String detail) {
        var type = ProblemType.ofStatus(status);
        return new Problem(type, status, detail == null ? type.meaning() : detail, List.of(), Map.of(), Map.of());
    }

    /** Where a service that a store stands on is down: 503, and when to ask again. */
    public static Optional<Problem> ofServiceDown(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof ServiceUnavailableException)
                return Optional.of(of(
                                ProblemType.UNAVAILABLE,
                                "a service that this library stands on does not answer; ask again in a moment. What was acknowledged is safe; a change that got this answer may have been kept: send it again with the same Idempotency-Key or If-Match")
                        .with("Retry-After", "5"));
        return Optional.empty();
    }

    public Problem with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Problem(type, status, detail, errors, more, members);
    }

    public Problem with(FieldError error) {
        return new Problem(type, status, detail, List.of(error), headers, members);
    }

    public Problem saying(Map<String, String> more) {
        var texts = JsonNodeFactory.instance.objectNode();
        more.forEach(texts::put);
        return saying(texts);
    }

    public Problem saying(ObjectNode more) {
        var all = new LinkedHashMap<String, JsonNode>();
        more.properties().forEach(member -> all.put(member.getKey(), member.getValue()));
        return new Problem(type, status, detail, errors, headers, all);
    }

    public ProblemException thrown() {
        return new ProblemException(this);
    }

    /** @param requestId a UUID, which stands in the log beside the same problem */
    public ObjectNode json(String requestId) {
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("type", type.path())
                .put("title", type.title())
                .put("status", status)
                .put("detail", detail)
                .put("instance", "urn:uuid:" + requestId);
        members.forEach(node::set);
        if (!errors.isEmpty()) {
            var list = node.putArray("errors");
            errors.forEach(
                    error -> list.addObject().put("pointer", error.pointer()).put("detail", error.detail()));
        }
        return node;
    }
}
