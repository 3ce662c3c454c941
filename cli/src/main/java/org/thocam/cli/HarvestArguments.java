package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.thocam.ingest.harvest.Harvester;
import org.thocam.ontology.Access;
import org.thocam.ontology.ItemJson;

/** The JSON that the verb {@code harvest} is asked with, and the lines that it answers. */
final class HarvestArguments {
    private HarvestArguments() {}

    static Harvester.Request read(JsonNode arguments) {
        var sets = new ArrayList<String>();
        arguments.path("sets").forEach(set -> sets.add(set.asText()));
        var access = arguments.path("access").asText("open");
        if (!access.equals("open") && !access.equals("restricted"))
            throw new Stop(Exit.USAGE, "--access is '" + access + "': want open or restricted");
        long pause = arguments.path("pause").asLong(200);
        long limit = arguments.path("limit").asLong(0);
        if (pause < 0 || pause > 3_600_000 || limit < 0)
            throw new Stop(
                    Exit.USAGE, "want --pause from 0 to 3600000 milliseconds, and a --limit that is not negative");
        return new Harvester.Request(
                arguments.path("base").asText(),
                sets,
                arguments.path("prefix").asText(""),
                arguments.path("from").asText(""),
                arguments.path("until").asText(""),
                Duration.ofMillis(pause),
                limit,
                arguments.path("dryRun").asBoolean(),
                arguments.path("reconcile").asBoolean(),
                arguments.path("withdrawMissing").asBoolean(),
                access.equals("open") ? Access.OPEN : new Access.Restricted(List.of()));
    }

    static Harvester.Told telling(Consumer<JsonNode> out) {
        return new Harvester.Told() {
            @Override
            public void record(Harvester.Line line) {
                var json = ItemJson.MAPPER.createObjectNode();
                if (line.id().isEmpty()) json.putNull("id");
                else json.put("id", line.id());
                if (line.version() == 0) json.putNull("version");
                else json.put("version", line.version());
                out.accept(json.put("state", line.state().word())
                        .put("source", line.source())
                        .put("reason", line.reason()));
            }

            @Override
            public void size(long records) {
                out.accept(ItemJson.MAPPER.createObjectNode().put("total", records));
            }

            @Override
            public void note(String text) {
                out.accept(ItemJson.MAPPER.createObjectNode().put("note", text));
            }
        };
    }
}
