package org.thocam.ontology.exchange.packages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.Links;
import org.thocam.ontology.exchange.XmlOut;
import org.thocam.ontology.exchange.formats.Crosswalks;

/**
 * Items as a package: a BagIt bag (RFC 8493) whose payload is an RO-Crate, or the RO-Crate by itself. Each item is a folder
 * {@code items/ID/} with {@code item.json}, its files as they came, the text of its record, and its description in each metadata format
 * that fits. Everything streams; nothing is at the wanted place until all of it is.
 */
public final class PackageExport {
    static final String ITEMS = "items/";
    static final String DESCRIPTION = "item.json";
    static final String RECORD_TEXT = "text.txt";
    private static final List<String> TEXTS = List.of("received/0-record.txt", "text/0-record.txt");

    public enum Form {
        BAG,
        CRATE
    }

    /** Who the package is from: the bag's {@code Source-Organization}, {@code Contact-Email} and {@code Bag-Software-Agent}. */
    public record Sender(String organisation, String email, String software) {}

    /**
     * @param items what is wanted; what is withdrawn is counted and left out
     * @param restricted whether items that not everybody may see are wanted too
     * @param output a path where nothing is yet
     */
    public record Request(Form form, List<ItemId> items, boolean restricted, Path output, boolean zip) {
        public Request {
            items = items.stream().distinct().toList();
        }
    }

    /**
     * @param withheld items left out because not everybody may see them
     * @param withdrawn items left out because they are withdrawn
     */
    public record Outcome(long items, long files, long bytes, long withheld, long withdrawn) {}

    private final Archive archive;
    private final Links links;
    private final Sender sender;
    private final Clock clock;

    public PackageExport(Archive archive, Links links, Sender sender, Clock clock) {
        this.archive = archive;
        this.links = links;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * @param progress told how many items are done
     * @throws ArchiveException if an item is unknown or a file of one is damaged; nothing is left behind then
     * @throws java.nio.file.FileAlreadyExistsException if something is at the place already
     */
    public Outcome write(Request request, LongConsumer progress) throws IOException {
        try (var target = Target.of(request.output(), request.zip())) {
            Outcome outcome;
            if (request.form() == Form.CRATE) {
                outcome = crate(
                        request,
                        target,
                        (path, in) -> {
                            try (var out = target.file(path)) {
                                return Fixity.copying(in, out, Fixity.OURS);
                            }
                        },
                        progress);
            } else
                try (var bag = new BagWriter(target)) {
                    outcome = crate(request, target, bag, progress);
                    bag.finish(info(request, outcome));
                }
            target.finish();
            return outcome;
        }
    }

    private List<TagFile.Tag> info(Request request, Outcome outcome) {
        var name = request.output().getFileName().toString().replaceFirst("(?i)\\.zip$", "");
        return Stream.of(
                        new TagFile.Tag("Source-Organization", sender.organisation()),
                        new TagFile.Tag("Contact-Email", sender.email()),
                        new TagFile.Tag("External-Description", described(outcome.items())),
                        new TagFile.Tag(
                                "Bagging-Date",
                                LocalDate.now(clock.withZone(ZoneOffset.UTC)).toString()),
                        new TagFile.Tag("External-Identifier", "urn:uuid:" + UUID.randomUUID()),
                        new TagFile.Tag("Internal-Sender-Identifier", name),
                        new TagFile.Tag("Bag-Software-Agent", sender.software()))
                .filter(tag -> !tag.value().isBlank())
                .toList();
    }

    private String described(long items) {
        return items + (items == 1 ? " item" : " items") + " of " + sender.organisation() + ", with metadata";
    }

    private Outcome crate(Request request, Target target, Payload payload, LongConsumer progress) throws IOException {
        var counted = new Counted();
        var spool = target.spool(CrateWriter.FILE);
        try (var crate = new CrateWriter(spool, links)) {
            for (var id : request.items()) {
                var head = archive.head(id)
                        .orElseThrow(() -> new ArchiveException("there is no item " + id + "; nothing was written"));
                if (!(head.holding() instanceof Item item)) counted.withdrawn++;
                else if (!request.restricted() && !item.access().allows(Viewer.ANYBODY, clock.instant()))
                    counted.withheld++;
                else {
                    item(head, item, payload, crate, counted);
                    counted.items++;
                }
                progress.accept(counted.items + counted.withdrawn + counted.withheld);
            }
            var name = request.output().getFileName().toString().replaceFirst("(?i)\\.zip$", "");
            crate.finish(name, described(counted.items), sender.organisation(), clock.instant());
        }
        try (var in = Files.newInputStream(spool)) {
            payload.put(CrateWriter.FILE, in);
        }
        return new Outcome(counted.items, counted.files, counted.bytes, counted.withheld, counted.withdrawn);
    }

    private static final class Counted {
        private long items;
        private long files;
        private long bytes;
        private long withheld;
        private long withdrawn;
    }

    static String folder(ItemId id) {
        return ITEMS + id + "/";
    }

    private void item(Archived head, Item item, Payload payload, CrateWriter crate, Counted counted)
            throws IOException {
        var folder = folder(item.id());
        var parts = new ArrayList<String>();
        for (var file : item.files()) {
            var path = folder + "files/" + file.name();
            Fixity written;
            try (var in = archive.open(item.id(), head.version(), "files/" + file.name())) {
                written = payload.put(path, in);
            }
            if (!written.hex("sha512").equals(file.sha512()))
                throw new ArchiveException("'" + Shown.of(file.name()) + "' of item " + item.id() + " "
                        + head.version() + " is damaged: expected sha512 " + file.sha512() + ", found "
                        + written.hex("sha512") + ". Nothing was written; restore it from a copy, then export again");
            counted.files++;
            counted.bytes += written.size();
            parts.add(crate.file(path, file.name(), file.mediaType(), written));
        }
        var paths = archive.paths(item.id(), head.version());
        var text = TEXTS.stream().filter(paths::contains).findFirst();
        if (text.isPresent())
            try (var in = archive.open(item.id(), head.version(), text.get())) {
                var written = payload.put(folder + RECORD_TEXT, in);
                parts.add(crate.file(folder + RECORD_TEXT, "text of the record", "text/plain", written));
            }
        var json = payload.put(folder + DESCRIPTION, ItemJson.stored(item));
        parts.add(crate.file(folder + DESCRIPTION, "description as archived", "application/json", json));
        var record = new CatalogueRecord(item, head.version(), head.at(), false, links);
        // a catalogue record says what everybody may know: of an item that is closed it would say wrong rights
        boolean open = item.access().allows(Viewer.ANYBODY, clock.instant());
        for (var crosswalk : Crosswalks.all()) {
            if (!open || !crosswalk.fits(record)) continue;
            var path = folder + "metadata/" + crosswalk.format().prefix() + ".xml";
            parts.add(crate.file(
                    path,
                    "description as " + crosswalk.format().prefix(),
                    "application/xml",
                    payload.put(path, xml(crosswalk, record))));
        }
        crate.item(record, head.at(), parts);
    }

    private static byte[] xml(Crosswalk crosswalk, CatalogueRecord record) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            writer.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
            var xml = new XmlOut(writer);
            crosswalk.write(record, xml);
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException(
                    "item " + record.id() + " could not be written as "
                            + crosswalk.format().prefix() + ": " + e.getMessage(),
                    e);
        }
        return bytes.toByteArray();
    }
}
