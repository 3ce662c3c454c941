package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "harvest",
        mixinStandardHelpOptions = true,
        description =
                "Takes in what another library gives by OAI-PMH, and what changed there since the last time. A harvest that was stopped goes on where it was.")
final class HarvestCommand implements Callable<Integer> {
    private static final int SHOWN = 10;
    private static final List<String> STATES = List.of("ok", "unchanged", "deleted", "duplicate", "failed");

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            description = "base URL of the provider, such as https://library.example.vn/oai/request")
    private String base;

    @Option(names = "--set", paramLabel = "SPEC", description = "only this set; repeat for each")
    private List<String> sets = List.of();

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "metadataPrefix; else the richest that both sides know")
    private String prefix = "";

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "changed then or later, in UTC; else since the last harvest")
    private String from = "";

    @Option(names = "--until", paramLabel = "DATE", description = "changed then or before, in UTC")
    private String until = "";

    @Option(names = "--pause", paramLabel = "MS", description = "milliseconds between two requests; default 200")
    private long pause = 200;

    @Option(names = "--limit", paramLabel = "N", description = "stop after so many records that are not as they were")
    private long limit;

    @Option(
            names = "--access",
            paramLabel = "open|restricted",
            description = "who may see what is new; never opens what is closed here")
    private String access = "open";

    @Option(names = "--dry-run", description = "tell what would be done, and do nothing")
    private boolean dryRun;

    @Option(
            names = "--reconcile",
            description = "compare all that the partner lists with what is here, and fetch what is missing")
    private boolean reconcile;

    @Option(
            names = "--withdraw-missing",
            description =
                    "with --reconcile: withdraw what the partner no longer lists, unless it says that it keeps deletions")
    private boolean withdrawMissing;

    @Option(names = "--list", description = "show the partners that were harvested, and how far")
    private boolean list;

    @Option(names = "--ndjson", description = "one line {id, version, state, source, reason} on stdout for each record")
    private boolean ndjson;

    @Option(names = "--json", description = "the summary, or the list, as one JSON document")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "the lines of --ndjson into a file")
    private Path report;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list == (base != null)) throw new Stop(Exit.USAGE, "want the base URL of a provider, or --list");
        if (withdrawMissing && !reconcile) throw new Stop(Exit.USAGE, "--withdraw-missing goes with --reconcile");
        if (reconcile && !(from + until).isEmpty())
            throw new Stop(Exit.USAGE, "--reconcile compares all there is: leave --from and --until away");
        var arguments = arguments();
        if (!list) HarvestArguments.read(arguments);
        try (var reach = Reach.toWork(options, "harvest")) {
            return list ? list(reach, arguments) : run(reach, arguments);
        }
    }

    private JsonNode arguments() {
        var arguments = ItemJson.MAPPER.createObjectNode();
        if (list) return arguments.put("list", true);
        sets.forEach(arguments.putArray("sets")::add);
        return arguments
                .put("base", base)
                .put("prefix", prefix)
                .put("from", from)
                .put("until", until)
                .put("pause", pause)
                .put("limit", limit)
                .put("access", access)
                .put("dryRun", dryRun)
                .put("reconcile", reconcile)
                .put("withdrawMissing", withdrawMissing);
    }

    private int run(Reach reach, JsonNode arguments) throws IOException {
        var messages = options.messages();
        var heard = new Heard(spec.commandLine().getOut());
        try (var lines = report == null ? null : Files.newBufferedWriter(report, StandardCharsets.UTF_8);
                var progress = Progress.of(messages.say("harvesting"), -1, !options.quiet())) {
            reach.operations().run("harvest", arguments, line -> heard.take(line, lines, progress));
        }
        return heard.end(messages, spec.commandLine().getErr());
    }

    private final class Heard {
        private final PrintWriter out;
        private final Map<String, Long> states = new TreeMap<>();
        private final List<JsonNode> failures = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private String error = "";
        private String format = "";
        private boolean complete = true;
        private int exit = Exit.SERVICE_DOWN;

        Heard(PrintWriter out) {
            this.out = out;
        }

        void take(JsonNode line, BufferedWriter lines, Progress progress) {
            if (line.has("exit")) exit = line.path("exit").asInt();
            if (line.has("error")) error = line.path("error").asText();
            if (line.has("total")) progress.of(line.path("total").asLong());
            if (line.has("note") && notes.size() < SHOWN)
                notes.add(line.path("note").asText());
            if (line.has("complete")) {
                complete = line.path("complete").asBoolean();
                format = line.path("prefix").asText();
            }
            if (!line.has("state")) return;
            progress.step();
            states.merge(line.path("state").asText(), 1L, Long::sum);
            if (line.path("state").asText().equals("failed") && failures.size() < SHOWN) failures.add(line);
            if (ndjson) out.println(line);
            if (lines == null) return;
            try {
                lines.write(line.toString());
                lines.newLine();
            } catch (IOException e) {
                throw new Stop(Exit.SERVICE_DOWN, "the report could not be written: " + e.getMessage(), e);
            }
        }

        int end(Messages messages, PrintWriter err) {
            if (!options.quiet()) {
                for (var note : notes) err.println(note);
                if (error.isEmpty() || !states.isEmpty())
                    err.println(messages.say(
                            dryRun ? "harvested.dry" : "harvested",
                            count("ok"),
                            count("unchanged"),
                            count("deleted"),
                            count("duplicate"),
                            count("failed"),
                            format));
                if (!failures.isEmpty()) err.println(messages.say("failures"));
                for (var failure : failures)
                    err.println(messages.say(
                            "failure",
                            failure.path("source").asText(),
                            failure.path("reason").asText()));
                if (!complete) err.println(messages.say("harvest.more"));
                if (report != null) err.println(messages.say("report", report));
            }
            if (json) {
                var summary = ItemJson.MAPPER.createObjectNode();
                for (var state : STATES) summary.put(state, count(state));
                out.println(summary.put("complete", complete && error.isEmpty()).put("prefix", format));
            }
            out.flush();
            if (!error.isEmpty()) throw new Stop(exit, error);
            return exit;
        }

        private long count(String state) {
            return states.getOrDefault(state, 0L);
        }
    }

    private int list(Reach reach, JsonNode arguments) {
        var out = spec.commandLine().getOut();
        var messages = options.messages();
        var sources = ItemJson.MAPPER.createArrayNode();
        var heard = new Heard(out);
        reach.operations().run("harvest", arguments, line -> {
            if (line.has("base")) sources.add(line);
            else heard.take(line, null, null);
        });
        if (!heard.error.isEmpty()) throw new Stop(heard.exit, heard.error);
        if (json) out.println(sources);
        else if (sources.isEmpty()) out.println(messages.say("harvest.none"));
        else {
            var table = new Table(6);
            table.row(
                    messages.say("harvest.base"),
                    messages.say("harvest.set"),
                    messages.say("harvest.prefix"),
                    messages.say("harvest.since"),
                    messages.say("harvest.records"),
                    messages.say("harvest.state"));
            for (var source : sources) {
                var since = source.path("since").asText();
                table.row(
                        source.path("base").asText(),
                        source.path("set").asText(),
                        source.path("prefix").asText(),
                        since.isEmpty() ? messages.say("harvest.never") : since,
                        source.path("records").asText(),
                        messages.say(source.path("underWay").asBoolean() ? "harvest.underway" : "harvest.rests"));
            }
            table.print(out);
        }
        out.flush();
        return heard.exit;
    }
}
