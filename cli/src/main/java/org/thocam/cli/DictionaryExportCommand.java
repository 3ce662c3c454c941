package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes a dictionary to a file, and says what the format had no home for. A dictionary that was taken in as LIFT comes back to the byte, but for the entries that were edited here.")
final class DictionaryExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(names = "--id", required = true, description = "the dictionary's id")
    private String id;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "lift, csv, tsv, xlsx, cldf, tei, ontolex, dmlex-json or dmlex-xml")
    private String format;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "where to write; for cldf a folder, for lift also a .zip with all that belongs to it")
    private Path output;

    @Option(names = "--published", description = "what readers see; else what editors work on")
    private boolean published;

    @Option(names = "--json", description = "the loss report as one JSON document")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder))
            throw new Stop(Exit.NOT_FOUND, folder + " is not there; make the folder first");
        var arguments = ItemJson.MAPPER.createObjectNode();
        try {
            arguments.put("id", ItemId.ofItem(id).value());
        } catch (IllegalArgumentException e) {
            throw new Stop(Exit.USAGE, e.getMessage(), e);
        }
        arguments
                .put("format", format)
                .put("output", output.toAbsolutePath().toString())
                .put("published", published);
        var tally = new IngestTally();
        var report = new JsonNode[1];
        try (var reach = Reach.toWork(options, "dictionary export")) {
            reach.operations().run("dictionary-export", arguments, line -> {
                if (line.has("lost")) report[0] = line;
                tally.add(line);
            });
        }
        int exit = tally.exit();
        if (report[0] != null) summarize(report[0]);
        return exit;
    }

    private void summarize(JsonNode report) {
        var out = spec.commandLine().getOut();
        if (json) out.println(report);
        out.flush();
        if (options.quiet()) return;
        var err = spec.commandLine().getErr();
        var messages = options.messages();
        err.println(messages.say("exported", id, output, report.path("point").asText()));
        for (var lost : report.path("lost"))
            err.println(messages.say(
                    "lost",
                    lost.path("field").asText(),
                    lost.path("count").asLong(),
                    lost.path("entries").path(0).asText()));
    }
}
