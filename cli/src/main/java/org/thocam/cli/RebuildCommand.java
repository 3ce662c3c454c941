package org.thocam.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "Makes log, index and graph from the archive alone, beside the live ones, then swaps. Goes on where it was stopped.")
final class RebuildCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var messages = options.messages();
        var tally = new IngestTally();
        var err = spec.commandLine().getErr();
        try (var reach = Reach.toWork(options, "rebuild");
                var progress = Progress.of(messages.say("rebuilding"), -1, !options.quiet())) {
            reach.operations().run("rebuild", ItemJson.MAPPER.createObjectNode(), line -> {
                progress.to(line.path("progress").asLong());
                tally.add(line);
                if (line.has("items") && !options.quiet())
                    err.println(messages.say(
                            "rebuilt",
                            line.path("items").asLong(),
                            line.path("triples").asLong()));
            });
        }
        return tally.exit();
    }
}
