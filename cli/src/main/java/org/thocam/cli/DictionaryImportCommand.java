package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageTag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Takes in a lexicon: LIFT, CLDF, CSV, TSV, XLSX, TEI Lex-0, OntoLex-Lemon or DMLex. The same file again changes nothing; another one is merged with what was edited here, field by field.")
final class DictionaryImportCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(names = "--id", required = true, description = "the dictionary's id, which is that of its item")
    private String id;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            description = "language of the headwords (BCP 47), such as bdq-Latn; else what the dictionary says already")
    private String language;

    @Option(
            names = "--since",
            paramLabel = "POINT",
            description =
                    "the file was made from an export: the point that 'dictionary export' told. What was changed on both sides since then is merged.")
    private String since;

    @Option(names = "--deletions", description = "what the file lacks is deleted here too; else it stays")
    private boolean deletions;

    @Option(names = "--dry-run", description = "says what would happen, and keeps nothing")
    private boolean dryRun;

    @Option(
            names = "--column",
            paramLabel = "HEADER=FIELD",
            description = "for tables: what a column is, such as 'Nghĩa=gloss@vi'; repeat for each")
    private List<String> columns = List.of();

    @Parameters(paramLabel = "FILE", description = "the lexicon: a file, a folder or a .zip of one")
    private Path file;

    @Option(names = "--json", description = "the outcome as one JSON document")
    private boolean json;

    @Option(names = "--ndjson", description = "one JSON line for each row that failed, then the outcome")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.exists(file)) throw new Stop(Exit.NOT_FOUND, file + " is not there");
        var arguments = ItemJson.MAPPER.createObjectNode();
        try {
            arguments.put("id", ItemId.ofItem(id).value());
            if (language != null) arguments.put("language", new LanguageTag(language).value());
        } catch (IllegalArgumentException e) {
            throw new Stop(Exit.USAGE, e.getMessage(), e);
        }
        arguments.put("file", file.toRealPath().toString()).put("agent", System.getProperty("user.name", "thocam"));
        if (since != null) arguments.put("since", since);
        arguments.put("deletions", deletions).put("dryRun", dryRun);
        columns.forEach(arguments.putArray("columns")::add);
        var told = new Told(spec.commandLine().getOut());
        try (var reach = Reach.toWork(options, "dictionary import")) {
            reach.operations().run("dictionary-import", arguments, told::take);
        }
        return told.end();
    }

    private final class Told {
        private final PrintWriter out;
        private final List<JsonNode> failures = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();
        private final IngestTally tally = new IngestTally();
        private JsonNode outcome;
        private long faults;

        Told(PrintWriter out) {
            this.out = out;
        }

        void take(JsonNode line) {
            if (line.has("line")) {
                faults++;
                if (failures.size() < SHOWN) failures.add(line);
            }
            if (line.has("unknownColumn"))
                unknown.add(line.path("unknownColumn").asText());
            if (line.has("entries")) outcome = line;
            if (ndjson && (line.has("line") || line.has("entries"))) out.println(line);
            tally.add(line);
        }

        int end() {
            int exit = tally.exit();
            if (json && outcome != null) out.println(outcome);
            out.flush();
            if (!options.quiet() && outcome != null)
                summarize(spec.commandLine().getErr());
            return exit;
        }

        private static String place(JsonNode failure) {
            var name = failure.path("file").asText();
            var line = String.valueOf(failure.path("line").asLong());
            return name.isEmpty() ? line : name + ":" + line;
        }

        private void summarize(PrintWriter err) {
            var messages = options.messages();
            for (var name : unknown) err.println(messages.say("column.unknown", name));
            for (var failure : failures)
                err.println(messages.say(
                        "row.failed",
                        place(failure),
                        failure.path("code").asText() + ": "
                                + failure.path("reason").asText()));
            long failed = outcome.path("failed").asLong();
            if (faults > failures.size()) err.println(messages.say("rows.more", faults - failures.size()));
            if (!outcome.path("reason").asText().isEmpty())
                err.println(messages.say("failure", file, outcome.path("reason").asText()));
            err.println(messages.say(
                    switch (outcome.path("state").asText()) {
                        case "unchanged" -> "imported.unchanged";
                        case "dry-run" -> "imported.dry";
                        default -> "imported";
                    },
                    id,
                    outcome.path("version").asText(),
                    outcome.path("entries").asLong(),
                    failed,
                    outcome.path("added").asLong(),
                    outcome.path("changed").asLong()));
            for (var what : List.of("conflicts", "missing"))
                if (outcome.path(what).asLong() > 0)
                    err.println(
                            messages.say("imported." + what, outcome.path(what).asLong(), id));
        }
    }
}
