package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;
import org.thocam.ontology.exchange.file.ExportFormat;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes items as packages for other archives (a BagIt bag, an RO-Crate, a METS document), or their records in a file (MARC 21, CSV, RIS, BibTeX).",
        subcommands = {
            ExportCommand.Bag.class,
            ExportCommand.Crate.class,
            ExportCommand.Mets.class,
            ExportCommand.Records.class
        })
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** No verb of its own. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Exit.USAGE;
    }

    /** Which items: those named, those found, or those of a set. */
    static final class Selection {
        @Option(names = "--query", paramLabel = "Q", description = "items that a search finds; * for all")
        private String query;

        @Option(
                names = "--set",
                paramLabel = "SET",
                description = "items of a set, such as language:blt, and its sub-sets")
        private String set;

        @Parameters(paramLabel = "ID", arity = "1..*", description = "items by their ids")
        private List<String> ids = new ArrayList<>();

        private ObjectNode into(ObjectNode arguments) {
            for (var id : ids) arguments.withArray("ids").add(checked(id));
            if (query != null) arguments.put("query", query);
            if (set != null) arguments.put("set", set);
            return arguments;
        }
    }

    /** What every export of a selection has in common. */
    abstract static class Selected implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private Options options;

        @ArgGroup(multiplicity = "1")
        private Selection selection;

        @Option(
                names = "--include-restricted",
                description = "also items that not everybody may see; else they are left out and counted")
        private boolean restricted;

        @Option(names = "--json", description = "the outcome as one JSON document")
        private boolean json;

        /** Runs the operation, and tells the outcome: {@code told} says it in words. */
        final int run(
                String operation,
                String form,
                Path output,
                Consumer<ObjectNode> more,
                BiConsumer<Messages, JsonNode> told)
                throws IOException, InterruptedException {
            var messages = options.messages();
            var arguments = selection.into(ItemJson.MAPPER.createObjectNode().put("form", form));
            arguments.put("output", output.toAbsolutePath().toString()).put("restricted", restricted);
            more.accept(arguments);
            var answer = new AtomicReference<JsonNode>();
            var tally = new IngestTally();
            try (var reach = Reach.toWork(options, "export " + spec.name());
                    var progress = Progress.of(messages.say("exporting"), -1, !options.quiet())) {
                reach.operations().run(operation, arguments, line -> {
                    if (line.has("progress")) progress.to(line.path("progress").asLong());
                    if (line.has("items")) answer.set(line);
                    if (line.has("reason"))
                        say(line.path("id").asText() + ": "
                                + line.path("reason").asText());
                    tally.add(line);
                });
            }
            int exit = tally.exit();
            var result = answer.get();
            if (json && result != null) spec.commandLine().getOut().println(result);
            spec.commandLine().getOut().flush();
            if (result != null && !options.quiet()) {
                told.accept(messages, result);
                if (result.path("withheld").asLong() > 0)
                    say(messages.say("withheld", result.path("withheld").asLong()));
                if (result.path("withdrawn").asLong() > 0)
                    say(messages.say("withdrawn", result.path("withdrawn").asLong()));
            }
            return exit;
        }

        final void say(String line) {
            spec.commandLine().getErr().println(line);
        }
    }

    /** What bag and crate have in common. */
    abstract static class Packaged extends Selected {
        @Option(
                names = "--output",
                required = true,
                paramLabel = "PATH",
                description = "where to write: a folder to be made, or a .zip file")
        private Path output;

        @Option(names = "--zip", description = "one ZIP file, whatever the ending of PATH")
        private boolean zip;

        abstract String form();

        @Override
        public Integer call() throws IOException, InterruptedException {
            absent(output);
            boolean oneFile = zip || output.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
            return run(
                    "export-package",
                    form(),
                    output,
                    arguments -> arguments.put("zip", oneFile),
                    (messages, result) -> say(messages.say(
                            "packaged",
                            output,
                            result.path("items").asLong(),
                            result.path("files").asLong(),
                            result.path("bytes").asLong())));
        }
    }

    @Command(
            name = "bag",
            mixinStandardHelpOptions = true,
            description =
                    "Writes items as a BagIt 1.0 bag (RFC 8493) whose payload is an RO-Crate. 'thocam ingest' takes it in again.")
    static final class Bag extends Packaged {
        @Override
        String form() {
            return "bag";
        }
    }

    @Command(
            name = "crate",
            mixinStandardHelpOptions = true,
            description = "Writes items as an RO-Crate 1.2. 'thocam ingest' takes it in again.")
    static final class Crate extends Packaged {
        @Override
        String form() {
            return "crate";
        }
    }

    @Command(
            name = "mets",
            mixinStandardHelpOptions = true,
            description = "Writes one item with its history as METS 1.12 with PREMIS 3.0 events.")
    static final class Mets implements Callable<Integer> {
        @Mixin
        private Options options;

        @Parameters(paramLabel = "ID", description = "the item's id")
        private String id;

        @Option(names = "--output", required = true, paramLabel = "FILE", description = "where to write")
        private Path output;

        @Option(names = "--fixity", description = "reads every byte of the item now, and tells the outcome as an event")
        private boolean fixity;

        @Option(names = "--include-restricted", description = "also an item that not everybody may see")
        private boolean restricted;

        @Override
        public Integer call() throws IOException, InterruptedException {
            absent(output);
            ObjectNode arguments = ItemJson.MAPPER
                    .createObjectNode()
                    .put("id", checked(id))
                    .put("output", output.toAbsolutePath().toString())
                    .put("fixity", fixity)
                    .put("restricted", restricted);
            var tally = new IngestTally();
            try (var reach = Reach.toWork(options, "export mets")) {
                reach.operations().run("export-mets", arguments, tally::add);
            }
            return tally.exit();
        }
    }

    @Command(
            name = "records",
            mixinStandardHelpOptions = true,
            description =
                    "Writes the descriptions of items, without their files: marc (ISO 2709), marc8, marcxml, dc-csv, ris, bibtex, jsonl. 'thocam ingest' takes them in.")
    static final class Records extends Selected {
        @Option(
                names = "--format",
                paramLabel = "F",
                description = "one of these; else the ending of FILE says it: .mrc .xml .csv .ris .bib .jsonl")
        private String format;

        @Option(names = "--output", required = true, paramLabel = "FILE", description = "where to write")
        private Path output;

        @Override
        public Integer call() throws IOException, InterruptedException {
            absent(output);
            return run(
                    "export-records",
                    chosen().word(),
                    output,
                    arguments -> {},
                    (messages, result) -> say(messages.say(
                            "exported",
                            output,
                            result.path("items").asLong(),
                            result.path("bytes").asLong())));
        }

        private ExportFormat chosen() {
            var known =
                    Arrays.stream(ExportFormat.values()).map(ExportFormat::word).collect(Collectors.joining(", "));
            if (format != null)
                return ExportFormat.of(format)
                        .orElseThrow(() -> new Stop(
                                Exit.USAGE, "there is no format '" + Shown.of(format) + "'; there are " + known));
            var name = output.toString().toLowerCase(Locale.ROOT);
            return Arrays.stream(ExportFormat.values())
                    .filter(one -> name.endsWith(one.ending()))
                    .findFirst()
                    .orElseThrow(() -> new Stop(
                            Exit.USAGE,
                            "the ending of " + output + " says no format: name one with --format, of " + known));
        }
    }

    private static String checked(String id) {
        try {
            return ItemId.ofItem(id).value();
        } catch (IllegalArgumentException e) {
            throw new Stop(Exit.USAGE, e.getMessage(), e);
        }
    }

    private static void absent(Path output) {
        var folder = output.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder))
            throw new Stop(Exit.NOT_FOUND, folder + " is not there; make the folder first");
        if (Files.exists(output, LinkOption.NOFOLLOW_LINKS))
            throw new Stop(Exit.CONFLICT, output + " is there already: name another place, or remove it");
    }
}
