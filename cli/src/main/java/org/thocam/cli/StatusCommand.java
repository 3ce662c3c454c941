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
            else {
                var table = new Table(2);
                rows("", status, table);
                table.print(out);
            }
        }
        out.flush();
        return Exit.DONE;
    }

    private static void rows(String prefix, JsonNode node, Table table) {
        for (var entry : node.properties()) {
            if (entry.getKey().startsWith("@")) continue;
            var name = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            if (entry.getValue().isObject()) rows(name, entry.getValue(), table);
            else
                table.row(
                        name,
                        entry.getValue().isTextual()
                                ? entry.getValue().asText()
                                : entry.getValue().toString());
        }
    }
}
