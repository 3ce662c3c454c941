package org.thocam.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.thocam.dictionary.LexiconSources;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description =
                "Says what is wrong or unusual in a lexicon's file, by line and with a stable code, and takes nothing in. Ends with 1 where there are errors.")
final class DictionaryValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(paramLabel = "FILE", description = "the lexicon: a file, a folder or a .zip of one")
    private Path file;

    @Option(
            names = "--column",
            paramLabel = "HEADER=FIELD",
            description = "for tables: what a column is, such as 'Nghĩa=gloss@vi'; repeat for each")
    private List<String> columns = List.of();

    @Option(names = "--ndjson", description = "one JSON line a problem")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(file)) throw new Stop(Exit.NOT_FOUND, file + " is not there");
        var work = Files.createTempDirectory("thocam-");
        var told = new Told();
        try {
            LexiconSources.check(file, new LexiconSources.Options(columns), work, told);
        } catch (LexiconSources.NotALexiconException e) {
            throw new Stop(Exit.SOME_FAILED, file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new Stop(Exit.USAGE, e.getMessage(), e);
        } finally {
            try (var files = Files.walk(work)) {
                for (var path : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
            }
        }
        spec.commandLine().getOut().flush();
        if (!options.quiet())
            spec.commandLine().getErr().println(options.messages().say("validated", file, told.errors, told.warnings));
        return told.errors == 0 ? Exit.DONE : Exit.SOME_FAILED;
    }

    private final class Told implements LexiconSources.Told {
        private long errors;
        private long warnings;

        @Override
        public void fault(String name, long line, String code, boolean left, String message) {
            boolean error = left || code.startsWith("error ");
            if (error) errors++;
            else warnings++;
            var word = code.substring(code.indexOf(' ') + 1);
            var out = spec.commandLine().getOut();
            if (ndjson)
                out.println(ItemJson.MAPPER
                        .createObjectNode()
                        .put("file", name)
                        .put("line", line)
                        .put("code", word)
                        .put("severity", error ? "error" : "warning")
                        .put("message", message));
            else
                out.println((name.isEmpty() ? "" : name + ":") + line + ": " + (error ? "error " : "warning ") + word
                        + ": " + message);
        }

        @Override
        public void unknown(String name) {
            fault("", 0, "warning unknown-field", false, name);
        }
    }
}
