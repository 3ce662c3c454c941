package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thocam.ontology.ItemJson;

/** Counts what became of the inputs, and remembers the first failures to show. */
final class IngestTally {
    private static final int SHOWN = 10;

    private final Map<String, Long> states = new TreeMap<>();
    private final List<JsonNode> failures = new ArrayList<>();
    private String error = "";
    private int exit = Exit.SERVICE_DOWN;

    void add(JsonNode line) {
        if (line.has("exit")) exit = line.path("exit").asInt();
        if (line.has("error")) error = line.path("error").asText();
        if (!line.has("state")) return;
        var state = line.path("state").asText();
        states.merge(state, 1L, Long::sum);
        if (state.equals("failed") && failures.size() < SHOWN) failures.add(line);
    }

    int exit() {
        if (!error.isEmpty()) throw new Stop(exit, error);
        return exit;
    }

    String json() {
        var answer = ItemJson.MAPPER.createObjectNode();
        if (states.containsKey("queued")) answer.put("queued", count("queued"));
        for (var state : List.of("ok", "unchanged", "empty", "needs-ocr", "failed"))
            answer.put(state, states.getOrDefault(state, 0L));
        return answer.toString();
    }

    void tell(Messages messages, Path report, PrintWriter err) {
        if (states.isEmpty()) return;
        if (states.containsKey("queued")) err.println(messages.say("queued", count("queued"), count("failed")));
        else
            err.println(messages.say(
                    "ingested", count("ok"), count("unchanged"), count("empty"), count("needs-ocr"), count("failed")));
        if (!failures.isEmpty()) {
            err.println(messages.say("failures"));
            for (var failure : failures)
                err.println(messages.say(
                        "failure",
                        failure.path("source").asText(),
                        failure.path("reason").asText()));
        }
        if (report != null) err.println(messages.say("report", report));
    }

    private long count(String state) {
        return states.getOrDefault(state, 0L);
    }
}
