package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Says what differs between the entities here and the tables of a folder, cell by cell: '-' is here, '+' in the tables.")
final class ReferenceDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(paramLabel = "DIR", description = "the folder of the tables")
    private Path folder;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Option(names = "--ndjson", description = "one JSON line for each difference")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) throw new Stop(Exit.NOT_FOUND, folder + " is no folder of tables");
        var arguments = ItemJson.MAPPER
                .createObjectNode()
                .put("folder", folder.toRealPath().toString());
        List<JsonNode> lines = new ArrayList<>();
        var text = new StringBuilder();
        var tally = new IngestTally();
        var out = spec.commandLine().getOut();
        try (var reach = Reach.toWork(options, "reference diff")) {
            reach.operations().run("reference-diff", arguments, line -> {
                if (line.has("column")) lines.add(line);
                if (line.has("text")) text.append(line.path("text").asText());
                for (var fault : line.path("faults"))
                    spec.commandLine().getErr().println("thocam: " + ReferenceFault.text(fault, options.messages()));
                tally.add(line);
            });
        }
        if (ndjson) lines.forEach(out::println);
        else if (json) {
            var document = ItemJson.MAPPER.createObjectNode();
            document.putArray("changes").addAll(lines);
            out.println(document);
        } else out.print(text);
        out.flush();
        return tally.exit();
    }
}
