package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description =
                "Takes in files, folders with sidecar metadata, and .jsonl records. What did not change is left as it is.")
final class IngestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "files and folders")
    private List<Path> paths;

    @Option(
            names = "--ndjson",
            description = "one line {\"id\",\"version\"} on stdout for each record once it is durable")
    private boolean ndjson;

    @Option(names = "--json", description = "the summary as one JSON document")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "one JSON line for every input and every file inside it: source, id, version, state, reason")
    private Path report;

    @Option(names = "--ocr", description = "read pictures with tesseract where it is installed")
    private boolean ocr;

    @Option(
            names = "--queue",
            description =
                    "hand them in to be taken in later by a worker; --ndjson then prints {\"job\",\"id\"} once it is safe")
    private boolean queue;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (var path : paths) if (!Files.exists(path)) throw new Stop(Exit.NOT_FOUND, path + " is not there");
        if (queue && ocr) throw new Stop(Exit.USAGE, "--ocr is not for --queue: those who take it in may be elsewhere");
        if (queue)
            try (var reach = Reach.toQueue(options, "ingest")) {
                return run(
                        "queue",
                        reach,
                        options,
                        paths,
                        false,
                        report,
                        ndjson,
                        json,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr());
            }
        try (var reach = Reach.toWork(options, "ingest")) {
            return run(
                    reach,
                    options,
                    paths,
                    ocr,
                    report,
                    ndjson,
                    json,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
    }

    static int run(
            Reach reach,
            Options options,
            List<Path> paths,
            boolean ocr,
            Path report,
            boolean ndjson,
            boolean json,
            PrintWriter out,
            PrintWriter err)
            throws IOException {
        return run("ingest", reach, options, paths, ocr, report, ndjson, json, out, err);
    }

    private static int run(
            String verb,
            Reach reach,
            Options options,
            List<Path> paths,
            boolean ocr,
            Path report,
            boolean ndjson,
            boolean json,
            PrintWriter out,
            PrintWriter err)
            throws IOException {
        var arguments = ItemJson.MAPPER.createObjectNode();
        var list = arguments.putArray("paths");
        for (var path : paths) list.add(path.toRealPath().toString());
        arguments.put("agent", System.getProperty("user.name", "thocam")).put("ocr", ocr);
        var tally = new IngestTally();
        var messages = options.messages();
        boolean quiet = options.quiet();
        try (var lines = report == null ? null : Files.newBufferedWriter(report, StandardCharsets.UTF_8);
                var progress = Progress.of(messages.say("ingesting"), quiet ? -1 : count(paths), !quiet)) {
            reach.operations().run(verb, arguments, line -> {
                if (line.has("waiting") && !quiet) err.println(messages.say("queue.full"));
                if (line.has("state")) {
                    progress.step();
                    write(lines, line);
                    if (ndjson && line.has("job")) {
                        out.println("{\"job\":\"" + line.path("job").asText() + "\",\"id\":\""
                                + line.path("id").asText() + "\"}");
                    }
                    if (ndjson && line.path("version").asLong() > 0) {
                        out.println("{\"id\":\"" + line.path("id").asText() + "\",\"version\":"
                                + line.path("version").asLong() + "}");
                    }
                }
                tally.add(line);
            });
        }
        if (json) out.println(tally.json());
        if (!quiet) tally.tell(messages, report, err);
        out.flush();
        return tally.exit();
    }

    private static void write(BufferedWriter lines, JsonNode line) {
        if (lines == null) return;
        try {
            // what is inside a file is told before it, so that the last line of a source is its own
            for (var inner : line.path("inner")) {
                lines.write(inner.toString());
                lines.newLine();
            }
            if (line instanceof ObjectNode whole) whole.remove("inner");
            lines.write(line.toString());
            lines.newLine();
        } catch (IOException e) {
            throw new Stop(Exit.SERVICE_DOWN, "the report could not be written: " + e.getMessage(), e);
        }
    }

    /** Inputs to come, for the bar: records of .jsonl files by their lines. */
    private static long count(List<Path> paths) throws IOException {
        if (!Boolean.getBoolean("thocam.terminal")) return -1;
        long total = 0;
        for (var path : paths) {
            try (Stream<Path> walk = Files.walk(path)) {
                for (var file : walk.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                        .toList()) {
                    if (!file.toString().endsWith(".jsonl") && !file.toString().endsWith(".ndjson")) total++;
                    else
                        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                            total += lines.filter(line -> !line.isBlank()).count();
                        }
                }
            }
        }
        return total;
    }
}
