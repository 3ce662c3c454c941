package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "derive",
        mixinStandardHelpOptions = true,
        description =
                "Makes thumbnails, posters, waveforms and access copies of all items or of some. What is there is left as it is.")
final class DeriveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "items; all where none is named")
    private List<String> ids = List.of();

    @Option(
            names = "--recipe",
            paramLabel = "R",
            description =
                    "only technical, thumbnail, poster, peaks, access or tiles; tiles are made only when named here")
    private String recipe = "";

    @Option(names = "--again", description = "also what is there, or was tried and failed")
    private boolean again;

    @Option(names = "--json", description = "the summary as one JSON document")
    private boolean json;

    @Option(names = "--ndjson", description = "one line on stdout for each failure")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DeriveOperation.recipes(recipe);
        var messages = options.messages();
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var arguments = ItemJson.MAPPER.createObjectNode().put("recipe", recipe).put("again", again);
        var list = arguments.putArray("ids");
        ids.forEach(list::add);
        var summary = new AtomicReference<JsonNode>(ItemJson.MAPPER.createObjectNode());
        var tally = new IngestTally();
        try (var reach = Reach.toWork(options, "derive");
                var progress = Progress.of(messages.say("deriving"), -1, !options.quiet())) {
            reach.operations().run("derive", arguments, line -> {
                if (line.has("total")) progress.of(line.path("total").asLong());
                if (line.has("item")) progress.step();
                if (line.has("fault")) {
                    if (ndjson) out.println(line);
                    if (!options.quiet())
                        err.println(messages.say(
                                "underived",
                                line.path("id").asText(),
                                Shown.of(line.path("file").asText()),
                                line.path("recipe").asText(),
                                line.path("fault").asText(),
                                line.path("reason").asText()));
                }
                if (line.has("lacking"))
                    err.println("thocam: " + line.path("reason").asText());
                if (line.has("made")) summary.set(line);
                tally.add(line);
            });
        }
        int exit = tally.exit();
        var done = summary.get();
        if (json) out.println(done);
        else if (!options.quiet())
            err.println(messages.say(
                    "derived",
                    done.path("files").asLong(),
                    done.path("made").asLong(),
                    done.path("kept").asLong(),
                    done.path("failed").asLong()));
        out.flush();
        return exit;
    }
}
