package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thocam.dictionary.WordList;
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
                "Takes in a word list as a dictionary: .csv or .tsv in UTF-8 with the columns id, headword and any of gloss@LANGUAGE. The same file again changes nothing; another one replaces all entries.")
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

    @Parameters(paramLabel = "FILE", description = "the word list")
    private Path file;

    @Option(names = "--json", description = "the outcome as one JSON document")
    private boolean json;

    @Option(names = "--ndjson", description = "one JSON line for each row that failed, then the outcome")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) throw new Stop(Exit.NOT_FOUND, file + " is not there, or is no file");
        if (WordList.Format.ofName(file.toString()).isEmpty())
            throw new Stop(Exit.USAGE, file + ": want a file that ends in .csv or .tsv");
        var arguments = ItemJson.MAPPER.createObjectNode();
        try {
            arguments.put("id", ItemId.ofItem(id).value());
            if (language != null) arguments.put("language", new LanguageTag(language).value());
        } catch (IllegalArgumentException e) {
            throw new Stop(Exit.USAGE, e.getMessage(), e);
        }
        arguments.put("file", file.toRealPath().toString()).put("agent", System.getProperty("user.name", "thocam"));
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

        Told(PrintWriter out) {
            this.out = out;
        }

        void take(JsonNode line) {
            if (line.has("line") && failures.size() < SHOWN) failures.add(line);
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

        private void summarize(PrintWriter err) {
            var messages = options.messages();
            for (var name : unknown) err.println(messages.say("column.unknown", name));
            for (var failure : failures)
                err.println(messages.say(
                        "row.failed",
                        String.valueOf(failure.path("line").asLong()),
                        failure.path("reason").asText()));
            long failed = outcome.path("failed").asLong();
            if (failed > failures.size()) err.println(messages.say("rows.more", failed - failures.size()));
            if (!outcome.path("reason").asText().isEmpty())
                err.println(messages.say("failure", file, outcome.path("reason").asText()));
            err.println(messages.say(
                    outcome.path("state").asText().equals("unchanged") ? "imported.unchanged" : "imported",
                    id,
                    outcome.path("version").asText(),
                    outcome.path("entries").asLong(),
                    failed));
        }
    }
}
