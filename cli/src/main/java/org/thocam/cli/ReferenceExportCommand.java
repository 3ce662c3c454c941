package org.thocam.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes the entities as they are now, edits included, as tables into a folder.")
final class ReferenceExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(paramLabel = "DIR", description = "the folder; made where it is missing, tables in it are replaced")
    private Path folder;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var arguments = ItemJson.MAPPER
                .createObjectNode()
                .put("folder", folder.toRealPath().toString());
        var tally = new IngestTally();
        try (var reach = Reach.toWork(options, "reference export")) {
            reach.operations().run("reference-export", arguments, line -> {
                if (line.has("written") && !options.quiet())
                    spec.commandLine()
                            .getErr()
                            .println(options.messages()
                                    .say(
                                            "reference.written",
                                            line.path("written").asInt(),
                                            folder));
                tally.add(line);
            });
        }
        return tally.exit();
    }
}
