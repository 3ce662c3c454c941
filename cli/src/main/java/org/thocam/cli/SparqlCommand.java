package org.thocam.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "sparql", mixinStandardHelpOptions = true, description = "Asks the knowledge graph in SPARQL 1.1.")
final class SparqlCommand implements Callable<Integer> {
    private static final Map<String, String> FORMATS = Map.of(
            "json", "application/sparql-results+json",
            "xml", "application/sparql-results+xml",
            "csv", "text/csv",
            "tsv", "text/tab-separated-values",
            "turtle", "text/turtle",
            "ntriples", "application/n-triples");

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(paramLabel = "QUERY", description = "the query, or @FILE")
    private String query;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "json, xml, csv, tsv for tables; turtle, ntriples for graphs (by default tsv and turtle)")
    private String format;

    @Option(names = "--json", description = "the same as --format json")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (json) format = "json";
        if (format != null && !FORMATS.containsKey(format))
            throw new Stop(Exit.USAGE, "--format " + format + ": want one of " + FORMATS.keySet());
        var file = query.startsWith("@") ? Path.of(query.substring(1)) : null;
        if (file != null && !Files.isRegularFile(file)) throw new Stop(Exit.NOT_FOUND, file + " is not there");
        var text = file == null ? query : Files.readString(file);
        var accept = format != null
                ? FORMATS.get(format)
                : "text/tab-separated-values, text/turtle;q=0.9, application/sparql-results+json;q=0.5, */*;q=0.1";
        try (var reach = Reach.toRead(options, "sparql")) {
            var answer = reach.connection().get("/sparql", Map.of("query", List.of(text)), accept);
            spec.commandLine().getOut().print(new String(answer, StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        }
        return Exit.DONE;
    }
}
