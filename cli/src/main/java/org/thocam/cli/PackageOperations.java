package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.thocam.cli.Configuration.Key;
import org.thocam.dictionary.Lexicon;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.index.search.SearchRequest;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.SetSpecs;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Links;
import org.thocam.ontology.exchange.UnwritableRecordException;
import org.thocam.ontology.exchange.file.ExportFormat;
import org.thocam.ontology.exchange.packages.Mets;
import org.thocam.ontology.exchange.packages.PackageExport;

/** Items out of a home as packages; files are written by the process that holds it, which runs on the caller's machine. */
final class PackageOperations {
    private static final int PAGE = 200;

    private final Engine engine;
    private final Configuration configuration;
    private final Clock clock = Clock.systemUTC();

    PackageOperations(Engine engine, Configuration configuration) {
        this.engine = engine;
        this.configuration = configuration;
    }

    int write(JsonNode arguments, Consumer<ObjectNode> lines) throws IOException, InterruptedException {
        var version = Main.class.getPackage().getImplementationVersion();
        var sender = new PackageExport.Sender(
                configuration.text(Key.REPOSITORY_NAME),
                configuration.text(Key.REPOSITORY_EMAIL),
                "Thocam" + (version == null ? "" : " " + version));
        var form = arguments.path("form").asText().equals("crate") ? PackageExport.Form.CRATE : PackageExport.Form.BAG;
        var request = new PackageExport.Request(
                form,
                selected(arguments),
                arguments.path("restricted").asBoolean(),
                Path.of(arguments.path("output").asText()),
                arguments.path("zip").asBoolean());
        if (request.items().isEmpty()) throw new Stop(Exit.NOT_FOUND, "no item is selected; nothing was written");
        try {
            var outcome = new PackageExport(engine.archive(), links(), sender, clock).write(request, done -> {
                if (done % 20 == 0)
                    lines.accept(ItemJson.MAPPER.createObjectNode().put("progress", done));
            });
            lines.accept(ItemJson.MAPPER
                    .createObjectNode()
                    .put("output", request.output().toString())
                    .put("items", outcome.items())
                    .put("files", outcome.files())
                    .put("bytes", outcome.bytes())
                    .put("withheld", outcome.withheld())
                    .put("withdrawn", outcome.withdrawn()));
            return Exit.DONE;
        } catch (FileAlreadyExistsException e) {
            throw new Stop(Exit.CONFLICT, e.getMessage(), e);
        } catch (ArchiveException e) {
            throw new Stop(Exit.SOME_FAILED, e.getMessage(), e);
        }
    }

    /** The descriptions alone, in a file that other libraries' programs read. */
    int records(JsonNode arguments, Consumer<ObjectNode> lines) throws IOException, InterruptedException {
        var word = arguments.path("form").asText();
        var format = ExportFormat.of(word).orElseThrow(() -> new Stop(Exit.USAGE, "there is no format '" + word + "'"));
        var output = Path.of(arguments.path("output").asText()).toAbsolutePath();
        boolean restricted = arguments.path("restricted").asBoolean();
        var ids = selected(arguments);
        if (ids.isEmpty()) throw new Stop(Exit.NOT_FOUND, "no item is selected; nothing was written");
        if (Files.exists(output, LinkOption.NOFOLLOW_LINKS))
            throw new Stop(Exit.CONFLICT, output + " is there already: name another place, or remove it");
        var links = links();
        long items = 0;
        long withheld = 0;
        long failed = 0;
        var partial = output.resolveSibling("." + output.getFileName() + ".part-" + UUID.randomUUID());
        try {
            try (var writer = format.open(new BufferedOutputStream(Files.newOutputStream(partial)))) {
                for (var id : ids) {
                    var head = engine.archive().head(id);
                    if (head.isEmpty() || !(head.get().holding() instanceof Item item)) continue;
                    if (!restricted && !item.access().allows(Viewer.ANYBODY, clock.instant())) {
                        withheld++;
                        continue;
                    }
                    try {
                        writer.write(new CatalogueRecord(
                                item,
                                head.get().version(),
                                head.get().at().truncatedTo(ChronoUnit.SECONDS),
                                Lexicon.of(item).isPresent(),
                                links));
                        if (++items % 20 == 0)
                            lines.accept(ItemJson.MAPPER.createObjectNode().put("progress", items));
                    } catch (UnwritableRecordException e) {
                        failed++;
                        lines.accept(ItemJson.MAPPER
                                .createObjectNode()
                                .put("id", id.value())
                                .put("state", "failed")
                                .put("reason", e.getMessage()));
                    }
                }
            }
            Files.move(partial, output, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        lines.accept(ItemJson.MAPPER
                .createObjectNode()
                .put("output", output.toString())
                .put("items", items)
                .put("bytes", Files.size(output))
                .put("withheld", withheld)
                .put("failed", failed));
        return failed == 0 ? Exit.DONE : Exit.SOME_FAILED;
    }

    private Links links() {
        var base = engine.base().toString();
        return new Links(
                base.replaceAll("/+$", ""),
                configuration.text(Key.REPOSITORY_DOMAIN),
                configuration.text(Key.REPOSITORY_NAME));
    }

    private List<ItemId> selected(JsonNode arguments) throws InterruptedException {
        if (arguments.hasNonNull("query")) return found(arguments.path("query").asText());
        if (arguments.hasNonNull("set")) return ofSet(arguments.path("set").asText());
        var ids = new ArrayList<ItemId>();
        for (var text : arguments.path("ids")) {
            var id = ItemId.ofItem(text.asText());
            if (engine.archive().head(id).isEmpty()) throw new Stop(Exit.NOT_FOUND, "there is no item " + id);
            ids.add(id);
        }
        return ids;
    }

    private List<ItemId> found(String query) throws InterruptedException {
        if (query.isBlank() || query.strip().equals("*")) return heads(change -> true);
        if (!engine.awaitWhileTheyGetOn())
            throw new Stop(Exit.SERVICE_DOWN, "the views did not catch up: " + engine.faults());
        var ids = new ArrayList<ItemId>();
        var cursor = Optional.<String>empty();
        try {
            do {
                var page = engine.index()
                        .search(
                                new SearchRequest(
                                        query,
                                        Map.of(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(),
                                        SearchRequest.Sort.RELEVANCE,
                                        PAGE,
                                        cursor,
                                        false,
                                        false),
                                Viewer.EVERYTHING,
                                clock.instant());
                page.items().forEach(hit -> ids.add(hit.id()));
                cursor = page.next();
            } while (cursor.isPresent());
        } catch (IndexUnavailableException e) {
            throw new Stop(Exit.SERVICE_DOWN, e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new Stop(Exit.USAGE, e.getMessage(), e);
        }
        return ids;
    }

    /** A set as harvesters name it, or as its depositor did. */
    private List<ItemId> ofSet(String set) {
        return heads(change -> change.sets().stream().anyMatch(one -> within(one, set))
                || change.sets().stream().anyMatch(one -> within(one, SetSpecs.COLLECTION + set)));
    }

    private static boolean within(String set, String wanted) {
        return set.equals(wanted) || set.startsWith(wanted + ":");
    }

    private List<ItemId> heads(java.util.function.Predicate<Change> wanted) {
        var ids = new ArrayList<ItemId>();
        ItemId last = null;
        while (true) {
            var page = engine.log().heads(last, 1000);
            for (var change : page)
                if (change.kind() == Change.Kind.DEPOSITED && wanted.test(change)) ids.add(change.id());
            if (page.size() < 1000) return ids;
            last = page.get(page.size() - 1).id();
        }
    }

    int mets(JsonNode arguments, Consumer<ObjectNode> lines) throws IOException {
        var id = ItemId.ofItem(arguments.path("id").asText());
        var output = Path.of(arguments.path("output").asText()).toAbsolutePath();
        var versions = engine.archive().versions(id);
        if (versions.stream().noneMatch(version -> version.holding() instanceof Item))
            throw new Stop(Exit.NOT_FOUND, "there is no item " + id);
        // old versions too: what was closed once may say why
        boolean open = versions.stream()
                .allMatch(version -> version.holding().access().allows(Viewer.ANYBODY, clock.instant()));
        if (!open && !arguments.path("restricted").asBoolean())
            throw new Stop(
                    Exit.CONFLICT,
                    "item " + id
                            + " is not open to everybody, or was not: --include-restricted writes it all the same");
        if (Files.exists(output, LinkOption.NOFOLLOW_LINKS))
            throw new Stop(Exit.CONFLICT, output + " is there already: name another place, or remove it");
        var fixity = arguments.path("fixity").asBoolean()
                ? Optional.of(
                        new Mets.FixityCheck(clock.instant(), engine.archive().fixity(id)))
                : Optional.<Mets.FixityCheck>empty();
        var partial = output.resolveSibling("." + output.getFileName() + ".part-" + UUID.randomUUID());
        try {
            try (var writer = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
                new Mets(links(), configuration.text(Key.REPOSITORY_NAME), clock).write(versions, fixity, writer);
            }
            Files.move(partial, output, StandardCopyOption.ATOMIC_MOVE);
        } catch (XMLStreamException e) {
            throw new IOException("item " + id + " could not be written as METS: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(partial);
        }
        lines.accept(ItemJson.MAPPER.createObjectNode().put("output", output.toString()));
        boolean whole = fixity.map(check -> check.faults().isEmpty()).orElse(true);
        if (!whole)
            throw new Stop(
                    Exit.SOME_FAILED,
                    "item " + id + " is damaged, as " + output + " says: "
                            + String.join("; ", fixity.orElseThrow().faults()));
        return Exit.DONE;
    }
}
