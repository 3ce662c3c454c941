package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thocam.api.Operations;
import org.thocam.dictionary.LexiconExport;
import org.thocam.dictionary.LexiconImport;
import org.thocam.dictionary.LexiconProblem;
import org.thocam.dictionary.LexiconSources;
import org.thocam.ingest.harvest.HarvestException;
import org.thocam.ingest.harvest.Harvester;
import org.thocam.ingest.read.Found;
import org.thocam.ingest.read.Inputs;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Shown;

/** The verbs that change or check a whole home, for the process that holds it; each line of the answer is one JSON object. */
final class EngineOperations implements Operations {
    private final Engine engine;

    EngineOperations(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void run(String verb, JsonNode arguments, Consumer<JsonNode> lines) {
        var out = new Lines(lines);
        int exit;
        try {
            exit = switch (verb) {
                case "ingest" ->
                    arguments.path("ocr").asBoolean() ? ingestSeeing(arguments, out) : ingest(arguments, out);
                case "queue" -> new QueueOperations(engine.jobs(), engine.home()).queue(arguments, out::tell);
                case "jobs" -> new QueueOperations(engine.jobs(), engine.home()).jobs(out::tell);
                case "dictionary-import" -> importDictionary(arguments, out);
                case "dictionary-export" -> exportDictionary(arguments, out);
                case "export-package" -> packages().write(arguments, out::tell);
                case "export-records" -> packages().records(arguments, out::tell);
                case "export-mets" -> packages().mets(arguments, out::tell);
                case "harvest" -> harvest(arguments, out);
                case "reference-load" -> loadReference(arguments, out);
                case "reference-diff" -> new ReferenceOperations(engine.entities(), out::tell).diff(arguments);
                case "reference-export" -> new ReferenceOperations(engine.entities(), out::tell).export(arguments);
                case "derive" -> new DeriveOperation(engine, out::tell).run(arguments);
                case "verify" -> verify(arguments, out);
                case "rebuild" -> rebuild(out);
                default ->
                    throw new IllegalArgumentException(
                            "there is no operation '" + verb
                                    + "'; there are ingest, queue, jobs, harvest, dictionary-import, dictionary-export, export-package, export-records, export-mets, reference-load, reference-diff, reference-export, derive, verify and rebuild");
            };
        } catch (Stop stop) {
            out.tell(ItemJson.MAPPER.createObjectNode().put("error", stop.getMessage()));
            exit = stop.code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exit = Exit.INTERRUPTED;
        } catch (IOException e) {
            out.tell(ItemJson.MAPPER.createObjectNode().put("error", e.toString()));
            exit = Exit.SERVICE_DOWN;
        }
        out.tell(ItemJson.MAPPER.createObjectNode().put("exit", exit));
    }

    private int loadReference(JsonNode arguments, Lines out) throws InterruptedException {
        int exit = new ReferenceOperations(engine.entities(), out::tell).load(arguments);
        awaitViews();
        return exit;
    }

    private PackageOperations packages() {
        return new PackageOperations(engine, engine.configuration());
    }

    private int ingestSeeing(JsonNode arguments, Lines out) throws IOException, InterruptedException {
        try {
            engine.extractor().wantOcr();
        } catch (ArchiveException e) {
            throw new Stop(Exit.SERVICE_DOWN, e.getMessage(), e);
        }
        try {
            return ingest(arguments, out);
        } finally {
            engine.extractor().noOcr();
        }
    }

    private int ingest(JsonNode arguments, Lines out) throws IOException, InterruptedException {
        var paths = new ArrayList<Path>();
        arguments.path("paths").forEach(path -> paths.add(Path.of(path.asText())));
        if (paths.isEmpty()) throw new Stop(Exit.USAGE, "nothing to ingest: name files or folders");
        for (var path : paths) if (!Files.exists(path)) throw new Stop(Exit.NOT_FOUND, path + " is not there");
        var agent = arguments.path("agent").asText("thocam");
        var failed = new AtomicLong();
        var down = new AtomicReference<ServiceUnavailableException>();
        var underWay = ConcurrentHashMap.<CompletableFuture<?>>newKeySet();
        try (var inputs = new Inputs(
                found -> {
                    if (found instanceof Found.Refused refused) {
                        failed.incrementAndGet();
                        out.tell(line(refused.place(), "", 0, "failed", refused.reason()));
                        return;
                    }
                    var taken = (Found.Taken) found;
                    var submission = taken.submission();
                    var receipt = engine.intake().take(submission, Optional.empty(), agent);
                    var told = receipt.whenComplete((done, fault) -> {
                        if (fault != null || done.state().equals("failed")) failed.incrementAndGet();
                        if (fault instanceof ServiceUnavailableException gone) down.set(gone);
                        out.tell(
                                fault != null
                                        ? line(submission.place(), "", 0, "failed", String.valueOf(fault.getMessage()))
                                        : line(done, taken.note()));
                    });
                    underWay.add(told);
                    told.whenComplete((done, fault) -> underWay.remove(told));
                },
                engine.home())) {
            for (var path : paths) inputs.read(path);
            for (var left : new ArrayList<>(underWay))
                left.handle((done, fault) -> null).join();
        }
        if (down.get() != null)
            throw new Stop(
                    Exit.SERVICE_DOWN,
                    down.get().getMessage()
                            + " Repeat the command when it is back: what is kept is not taken in twice.",
                    down.get());
        awaitViews();
        return failed.get() == 0 ? Exit.DONE : Exit.SOME_FAILED;
    }

    private void awaitViews() throws InterruptedException {
        if (!engine.awaitWhileTheyGetOn())
            throw new Stop(
                    Exit.SERVICE_DOWN,
                    "everything is in the archive, but the views did not catch up: " + engine.faults()
                            + ". They go on at the next start.");
    }

    private int harvest(JsonNode arguments, Lines out) throws InterruptedException {
        var harvester = engine.harvester();
        if (arguments.path("list").asBoolean()) {
            for (var source : harvester.sources())
                out.tell(ItemJson.MAPPER
                        .createObjectNode()
                        .put("base", source.base())
                        .put("set", source.set())
                        .put("prefix", source.prefix())
                        .put("since", source.since())
                        .put("finished", source.finished())
                        .put("underWay", source.underWay())
                        .put("records", source.records()));
            return Exit.DONE;
        }
        try {
            var outcome = harvester.run(HarvestArguments.read(arguments), HarvestArguments.telling(out::tell));
            if (!arguments.path("dryRun").asBoolean()) awaitViews();
            out.tell(ItemJson.MAPPER
                    .createObjectNode()
                    .put("complete", outcome.complete())
                    .put("prefix", outcome.prefix()));
            return outcome.states().getOrDefault(Harvester.State.FAILED, 0L) == 0 ? Exit.DONE : Exit.SOME_FAILED;
        } catch (HarvestException e) {
            throw new Stop(
                    switch (e.kind()) {
                        case ASKED -> Exit.USAGE;
                        case BUSY -> Exit.CONFLICT;
                        case UNREACHABLE, PROTOCOL -> Exit.SERVICE_DOWN;
                    },
                    e.getMessage(),
                    e);
        }
    }

    private int importDictionary(JsonNode arguments, Lines out) throws IOException, InterruptedException {
        var file = Path.of(arguments.path("file").asText());
        if (!Files.exists(file)) throw new Stop(Exit.NOT_FOUND, file + " is not there");
        LexiconImport.Outcome outcome;
        try {
            var language = given(arguments, "language").map(LanguageTag::new);
            var since = given(arguments, "since").map(EngineOperations::instant);
            var columns = new ArrayList<String>();
            arguments.path("columns").forEach(column -> columns.add(column.asText()));
            outcome = engine.dictionaryImport()
                    .run(
                            new LexiconImport.Request(
                                    ItemId.ofItem(arguments.path("id").asText()),
                                    file,
                                    language,
                                    since,
                                    arguments.path("deletions").asBoolean(),
                                    arguments.path("dryRun").asBoolean(),
                                    new LexiconSources.Options(columns),
                                    arguments.path("agent").asText("thocam")),
                            telling(out));
        } catch (LexiconImport.RefusedException e) {
            throw new Stop(Exit.CONFLICT, e.getMessage(), e);
        } catch (LexiconSources.NotALexiconException e) {
            throw new Stop(Exit.USAGE, file + ": " + e.getMessage() + "; nothing was taken in", e);
        } catch (LexiconProblem e) {
            throw stopped(e);
        } catch (IllegalArgumentException e) {
            throw new Stop(Exit.USAGE, e.getMessage(), e);
        }
        if (!arguments.path("dryRun").asBoolean()) awaitViews();
        out.tell(line(outcome.receipt(), "")
                .put("entries", outcome.entries())
                .put("added", outcome.added())
                .put("changed", outcome.changed())
                .put("conflicts", outcome.conflicts())
                .put("missing", outcome.missing())
                .put("failed", outcome.failed()));
        return outcome.failed() == 0 ? Exit.DONE : Exit.SOME_FAILED;
    }

    private static Optional<String> given(JsonNode arguments, String name) {
        return Optional.of(arguments.path(name).asText("")).filter(text -> !text.isEmpty());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "since '" + Shown.of(text)
                            + "': want the point that an export told, such as 2026-11-22T03:15:00.123456Z",
                    e);
        }
    }

    private static Stop stopped(LexiconProblem problem) {
        int exit =
                switch (problem.kind()) {
                    case ABSENT -> Exit.NOT_FOUND;
                    case STALE, TAKEN -> Exit.CONFLICT;
                    case INVALID -> Exit.USAGE;
                    case NOT_YET -> Exit.SERVICE_DOWN;
                };
        return new Stop(exit, problem.getMessage(), problem);
    }

    private static LexiconSources.Told telling(Lines out) {
        return new LexiconSources.Told() {
            @Override
            public void fault(String file, long line, String code, boolean error, String message) {
                out.tell(ItemJson.MAPPER
                        .createObjectNode()
                        .put("file", file)
                        .put("line", line)
                        .put("code", code)
                        .put("severity", error ? "error" : "warning")
                        .put("reason", message));
            }

            @Override
            public void unknown(String name) {
                out.tell(ItemJson.MAPPER.createObjectNode().put("unknownColumn", Shown.of(name)));
            }
        };
    }

    /** The export's bytes go to a file of the caller's: it runs on the same machine. */
    private int exportDictionary(JsonNode arguments, Lines out) throws IOException {
        var target = Path.of(arguments.path("output").asText());
        var id = ItemId.ofItem(arguments.path("id").asText());
        if (engine.archive().head(id).isEmpty()) throw new Stop(Exit.NOT_FOUND, "there is no dictionary " + id);
        try {
            var export = LexiconExport.of(
                    engine.archive(),
                    engine.editing(),
                    Clock.systemUTC(),
                    id,
                    arguments.path("published").asBoolean());
            var report = export.write(arguments.path("format").asText(), target, engine.base());
            out.tell(report.put("point", export.point().toString()).put("output", target.toString()));
            return Exit.DONE;
        } catch (LexiconProblem e) {
            throw stopped(e);
        } catch (IllegalArgumentException e) {
            throw new Stop(Exit.USAGE, e.getMessage(), e);
        }
    }

    private static ObjectNode line(Receipt receipt, String note) {
        var reason = Stream.of(receipt.reason(), note)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        var line =
                line(receipt.source(), receipt.id().value(), receipt.version().number(), receipt.state(), reason);
        if (receipt.inner().isEmpty()) return line;
        var inner = line.putArray("inner");
        for (var file : receipt.inner())
            inner.add(
                    line(file.source(), receipt.id().value(), receipt.version().number(), file.state(), file.reason()));
        return line;
    }

    private static ObjectNode line(String source, String id, long version, String state, String reason) {
        var line = ItemJson.MAPPER.createObjectNode().put("source", source);
        if (id.isEmpty()) line.putNull("id");
        else line.put("id", id);
        if (version == 0) line.putNull("version");
        else line.put("version", version);
        return line.put("state", state).put("reason", reason);
    }

    private int verify(JsonNode arguments, Lines out) throws InterruptedException {
        var result = engine.verify(arguments.path("fixity").asBoolean(true), read -> {
            if (read % 100 == 0) out.tell(ItemJson.MAPPER.createObjectNode().put("progress", read));
        });
        var answer = ItemJson.MAPPER.createObjectNode();
        answer.put("ok", result.ok())
                .put("items", result.items())
                .put("withdrawn", result.withdrawn())
                .put("versions", result.versions());
        var faults = answer.putArray("faults");
        for (var fault : result.faults())
            faults.addObject()
                    .put("where", fault.where())
                    .put("id", fault.id())
                    .put("expected", fault.expected())
                    .put("found", fault.found())
                    .put("advice", fault.advice());
        out.tell(answer);
        return result.ok() ? Exit.DONE : Exit.SOME_FAILED;
    }

    private int rebuild(Lines out) throws IOException, InterruptedException {
        engine.rebuild(walked -> out.tell(ItemJson.MAPPER.createObjectNode().put("progress", walked)));
        out.tell(ItemJson.MAPPER
                .createObjectNode()
                .put("items", engine.log().items())
                .put("triples", engine.graph().triples()));
        return Exit.DONE;
    }

    /** Receipts come from several threads; each line goes out whole. */
    private record Lines(Consumer<JsonNode> consumer) {
        synchronized void tell(JsonNode line) {
            consumer.accept(line);
        }
    }
}
