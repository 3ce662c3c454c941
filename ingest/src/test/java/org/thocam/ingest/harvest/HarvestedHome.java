package org.thocam.ingest.harvest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.deposit.ChangeClock;
import org.thocam.ingest.deposit.Depositor;
import org.thocam.ingest.deposit.OpenIntents;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.Provenance;
import org.thocam.ontology.exchange.RecordReader;
import org.w3c.dom.Element;

/** A real archive with a harvester at its door. */
final class HarvestedHome implements AutoCloseable, Harvester.Told {
    static final Limits QUICK = new Limits(
            1 << 20,
            5000,
            5,
            Duration.ofMinutes(5),
            Duration.ofSeconds(2),
            3,
            Duration.ofMillis(5),
            Duration.ofSeconds(3));

    final Path folder;
    final OcflArchive archive;
    final SqlChangeLog log;
    private final Extractor extractor;
    final Depositor depositor;
    final Harvester harvester;
    final List<Harvester.Line> lines = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    /** Told of so many more lines, it dies. */
    int dies = -1;

    HarvestedHome(Path folder) {
        this(folder, QUICK);
    }

    HarvestedHome(Path folder, Limits limits) {
        this.folder = folder;
        archive = OcflArchive.open(folder);
        log = SqlChangeLog.open(folder.resolve("log.sqlite"));
        var clock = new ChangeClock(Clock.systemUTC(), log.lastAt());
        new OpenIntents(archive, log, clock).settle();
        extractor = Extractor.open(new Extractor.Limits(
                folder.resolve("no-tika"), folder.resolve("tika"), "java", 1, 10, "128m", 100_000, ""));
        depositor = new Depositor(archive, () -> log, clock, extractor, 2, folder.resolve("incoming"), fresh -> {});
        harvester = new Harvester(
                folder.resolve("harvest"),
                archive,
                () -> log,
                depositor,
                HarvestedHome::reader,
                "thocam.example.vn",
                Harvester.userAgent("1.2", "https://thocam.example.vn"),
                limits);
    }

    private static Optional<RecordReader> reader(Element root) {
        return List.<RecordReader>of(
                        new Titles("http://www.openarchives.org/OAI/2.0/oai_dc/"),
                        new Titles("http://www.dspace.org/xmlns/dspace/dim"))
                .stream()
                .filter(reader -> reader.reads(root))
                .findFirst();
    }

    /** As little of a reader as a harvest needs. */
    private record Titles(String namespace) implements RecordReader {
        @Override
        public boolean reads(Element metadata) {
            return namespace.equals(metadata.getNamespaceURI());
        }

        @Override
        public Description read(Element metadata) {
            var draft = new Description.Draft();
            for (var node = metadata.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (!(node instanceof Element element)) continue;
                var name = element.hasAttribute("element") ? element.getAttribute("element") : element.getLocalName();
                if (name.equals("title")) draft.title(LanguageTag.UNDETERMINED, element.getTextContent());
                if (name.equals("identifier")) draft.identifier(element.getTextContent());
                if (name.equals("rights")) draft.rights(element.getTextContent());
            }
            return draft.done();
        }
    }

    static Harvester.Request request(Provider provider) {
        return new Harvester.Request(
                provider.base(), List.of(), "", "", "", Duration.ZERO, 0, false, false, false, Access.OPEN);
    }

    static Harvester.Request reconcile(Provider provider, boolean withdraw) {
        return new Harvester.Request(
                provider.base(), List.of(), "", "", "", Duration.ZERO, 0, false, true, withdraw, Access.OPEN);
    }

    Map<Harvester.State, Long> harvest(Provider provider) throws InterruptedException {
        return harvest(request(provider));
    }

    Map<Harvester.State, Long> harvest(Harvester.Request request) throws InterruptedException {
        lines.clear();
        notes.clear();
        return harvester.run(request, this).states();
    }

    @Override
    public void record(Harvester.Line line) {
        lines.add(line);
        if (dies > 0 && --dies == 0) throw new Killed();
    }

    @Override
    public void size(long records) {}

    @Override
    public void note(String text) {
        notes.add(text);
    }

    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The titles of what is shown, by OAI identifier. */
    Map<String, String> titles() {
        var found = new TreeMap<String, String>();
        for (var item : items())
            found.put(
                    Provenance.of(item).orElseThrow().identifier(), item.title().shown());
        return found;
    }

    List<Item> items() {
        var found = new ArrayList<Item>();
        for (var head : log.heads(null, 100_000))
            if (head.kind() == Change.Kind.DEPOSITED
                    && archive.head(head.id()).orElseThrow().holding() instanceof Item item) found.add(item);
        return found;
    }

    String file(ItemId id) throws IOException {
        var version = archive.head(id).orElseThrow().version();
        try (var in = archive.open(id, version, "files/record.xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    List<Path> faults() throws IOException {
        if (Files.notExists(folder.resolve("harvest/faults"))) return List.of();
        try (var files = Files.list(folder.resolve("harvest/faults"))) {
            return files.sorted().toList();
        }
    }

    static Map<String, String> titles(Provider provider) {
        var found = new TreeMap<String, String>();
        provider.records().values().stream()
                .filter(record -> !record.deleted())
                .forEach(record -> found.put(record.identifier(), record.title()));
        return found;
    }

    @Override
    public void close() {
        depositor.close();
        extractor.close();
        log.close();
        archive.close();
    }
}
