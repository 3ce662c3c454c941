package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "load",
        aliases = "update",
        mixinStandardHelpOptions = true,
        description =
                "Takes in a folder of tables, whole or not at all. Other tables than before are merged with what was edited here, cell by cell.")
final class ReferenceLoadCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(paramLabel = "DIR", description = "the folder of the tables, such as fixtures/reference")
    private Path folder;

    @Option(
            names = "--prefer-tables",
            description = "where a cell was changed on both sides, the tables win; else what was edited here stays")
    private boolean preferTables;

    @Option(names = "--dry-run", description = "says what would happen, and keeps nothing")
    private boolean dryRun;

    @Option(names = "--json", description = "the outcome as one JSON document")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var reach = Reach.toWork(options, "reference load")) {
            return run(
                    reach,
                    options,
                    folder,
                    preferTables,
                    dryRun,
                    json,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
    }

    static int run(
            Reach reach,
            Options options,
            Path folder,
            boolean preferTables,
            boolean dryRun,
            boolean json,
            PrintWriter out,
            PrintWriter err)
            throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) throw new Stop(Exit.NOT_FOUND, folder + " is no folder of tables");
        var arguments = ItemJson.MAPPER
                .createObjectNode()
                .put("folder", folder.toRealPath().toString())
                .put("preferTables", preferTables)
                .put("dryRun", dryRun)
                .put("agent", System.getProperty("user.name", "thocam"));
        var told = new JsonNode[1];
        var tally = new IngestTally();
        reach.operations().run("reference-load", arguments, line -> {
            if (line.has("entities") || line.has("faults")) told[0] = line;
            tally.add(line);
        });
        var outcome = told[0];
        if (outcome == null) return tally.exit();
        if (json) out.println(outcome);
        out.flush();
        var messages = options.messages();
        if (outcome.has("faults")) {
            for (var fault : outcome.path("faults")) err.println("thocam: " + ReferenceFault.text(fault, messages));
            err.println("thocam: "
                    + messages.say("reference.faulty", outcome.path("faults").size()));
            return tally.exit();
        }
        if (options.quiet()) return tally.exit();
        int shown = 0;
        for (var conflict : outcome.path("conflicts"))
            if (shown++ < SHOWN)
                err.println(messages.say(
                        "reference.conflict", conflict.path("message").asText()));
        err.println(messages.say(
                outcome.path("changed").asBoolean()
                        ? outcome.path("version").asLong() == 1 ? "reference.first" : "reference.loaded"
                        : dryRun ? "reference.dry" : "reference.unchanged",
                outcome.path("entities").asLong(),
                outcome.path("observations").asLong(),
                outcome.path("changes").size(),
                outcome.path("conflicts").size(),
                outcome.path("version").asLong()));
        return tally.exit();
    }
}
