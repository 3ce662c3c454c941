package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what the home holds and how far its views are.")
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(names = "--json", description = "as one JSON document")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        try (var reach = Reach.toRead(options, "status")) {
            var status = reach.connection().get("/api/v1/status", Map.of());
            if (json) out.println(status);
            else table(status).print(out);
        }
        out.flush();
        return Exit.DONE;
    }

    /** What a person reads: one line for each value, and one for each of the records that are not given to partners. */
    static Table table(JsonNode status) {
        var table = new Table(2);
        rows("", status, table);
        return table;
    }

    private static void rows(String prefix, JsonNode node, Table table) {
        for (var entry : node.properties()) {
            if (entry.getKey().startsWith("@")) continue;
            var name = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            var value = entry.getValue();
            if (value.isObject()) rows(name, value, table);
            else if (value.isArray()) list(name, value, table);
            else table.row(name, value.asText());
        }
    }

    private static void list(String name, JsonNode values, Table table) {
        if (values.isEmpty()) table.row(name, "none");
        for (var value : values) table.row(name, value.has("reason") ? fault(value) : value.asText());
    }

    /** A record that is left out of what partners get. The reason may quote what somebody deposited. */
    private static String fault(JsonNode fault) {
        var format = fault.path("metadataPrefix").asText();
        return fault.path("id").asText() + " v" + fault.path("version").asText()
                + (format.isEmpty() ? " in every format" : " in " + format) + ", since "
                + fault.path("at").asText() + ": "
                + fault.path("reason")
                        .asText()
                        .replaceAll("[\\p{Cntrl}\\s]+", " ")
                        .strip();
    }
}
