package org.thocam.ingest.harvest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thocam.ontology.Access;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Intake;
import org.thocam.ontology.exchange.RecordReader;
import org.w3c.dom.Element;

/** Takes in what other libraries give by OAI-PMH 2.0, and keeps it as they change it. One harvest of a home at a time. */
public final class Harvester {
    /** What became of a record. */
    public enum State {
        OK,
        UNCHANGED,
        DELETED,
        DUPLICATE,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param sets each harvested for itself; empty for all that the partner has
     * @param prefix the metadataPrefix; empty for the richest that both sides know
     * @param from a date or an instant; empty for what changed since the last harvest
     * @param limit records to work on, not counting those that are as they were; 0 for all
     * @param dryRun whether to tell what would be done, and do nothing
     * @param reconcile whether to compare what the partner lists with what is here, in place of harvesting
     */
    public record Request(
            String base,
            List<String> sets,
            String prefix,
            String from,
            String until,
            Duration pause,
            long limit,
            boolean dryRun,
            boolean reconcile,
            boolean withdrawMissing,
            Access access) {
        public Request {
            sets = List.copyOf(sets);
        }
    }

    /**
     * What became of one record.
     *
     * @param id of the item that it is, or is a duplicate of; empty where there is none
     * @param version that was kept; 0 where none was
     * @param source the address that gives the record
     */
    public record Line(String id, long version, State state, String source, String reason) {}

    /** Hears of a harvest while it goes on. */
    public interface Told {
        void record(Line line);

        /** The completeListSize, as the partner says it. */
        void size(long records);

        /** Something that a person may want to know: a faulty page, a token refused. */
        void note(String text);
    }

    /** @param complete whether it came to its end, and not to the limit */
    public record Outcome(Map<State, Long> states, boolean complete, String prefix) {}

    /** @param since from when on the next harvest asks, before the overlap; empty where none is finished yet */
    public record Source(
            String base, String set, String prefix, String since, String finished, boolean underWay, long records) {}

    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Taking.Room room;
    private final String userAgent;
    private final Limits limits;

    /**
     * @param folder for the ledger and the faulty pages, as {@code HOME/harvest}
     * @param readers how a record is read, by its root element
     * @param domain of our own OAI identifiers: what comes back from us is not taken in
     * @param userAgent see {@link #userAgent}
     */
    public Harvester(
            Path folder,
            Archive archive,
            Supplier<ChangeLog> log,
            Intake intake,
            Function<Element, Optional<RecordReader>> readers,
            String domain,
            String userAgent,
            Limits limits) {
        this.folder = folder;
        this.room = new Taking.Room(archive, log, intake, readers, domain, Clock.systemUTC());
        this.userAgent = userAgent;
        this.limits = limits;
    }

    /** @param contact our base URL, or the address of the administrator: whom a partner asks when we ask too much */
    public static String userAgent(String version, String contact) {
        return ("Thocam/" + version.replaceAll("[^A-Za-z0-9._-]", "") + " (+" + contact.replaceAll("[^\\x21-\\x7E]", "")
                + ")");
    }

    /** The partners that were harvested, and how far. */
    public List<Source> sources() {
        if (Files.notExists(ledgerFile())) return List.of();
        try (var ledger = new HarvestLedger(ledgerFile())) {
            return ledger.states().stream()
                    .map(state -> new Source(
                            state.base(),
                            state.key().spec(),
                            state.key().prefix(),
                            state.since(),
                            state.finished(),
                            state.running(),
                            ledger.held(state.key().source())))
                    .toList();
        }
    }

    private Path ledgerFile() {
        return folder.resolve("harvest.sqlite");
    }

    /** @throws HarvestException if it ends before its end; all that was told of is kept, and the next run goes on */
    public Outcome run(Request request, Told told) throws InterruptedException {
        var here = folder.toAbsolutePath().normalize();
        if (!OPEN.add(here))
            throw new HarvestException(
                    HarvestException.Kind.BUSY,
                    "a harvest of this home is under way; wait for it to end, then run this one");
        try {
            return alone(request, told);
        } catch (IOException e) {
            throw new ArchiveException("the ledger in " + folder + " could not be copied: " + e.getMessage(), e);
        } finally {
            OPEN.remove(here);
        }
    }

    private Outcome alone(Request request, Told told) throws IOException, InterruptedException {
        if (!request.dryRun())
            try (var ledger = new HarvestLedger(ledgerFile())) {
                return run(request, ledger, told);
            }
        // a dry run is a real one on a copy of the ledger, with nothing handed to the intake
        var copy = Files.createTempDirectory("thocam-harvest-");
        try {
            if (Files.exists(ledgerFile()))
                try (var ledger = new HarvestLedger(ledgerFile())) {
                    ledger.copyTo(copy.resolve("harvest.sqlite"));
                }
            try (var ledger = new HarvestLedger(copy.resolve("harvest.sqlite"))) {
                return run(request, ledger, told);
            }
        } finally {
            for (var end : List.of("", "-wal", "-shm")) Files.deleteIfExists(copy.resolve("harvest.sqlite" + end));
            Files.deleteIfExists(copy);
        }
    }

    private Outcome run(Request request, HarvestLedger ledger, Told told) throws InterruptedException {
        var source = PartnerSource.of(request.base());
        var deadline = room.clock().instant().plus(limits.harvest());
        var partner = Partner.identify(source, new OaiClient(source, userAgent, request.pause(), limits));
        partner.granularity().bound(request.from(), false);
        partner.granularity().bound(request.until(), true);
        var prefix = prefix(request, partner);
        var duplicates = new Duplicates(ledger);
        duplicates.catchUp(room.log().get(), room.archive());
        var taking = new Taking(room, source, prefix, request.access(), request.dryRun(), duplicates, told);
        var pages = new FaultyPages(folder.resolve("faults"));
        boolean complete = true;
        for (var set : request.sets().isEmpty() ? List.of("") : request.sets()) {
            var key = new HarvestLedger.Key(source.key(), set, prefix);
            var harvest = new ListHarvest(
                    partner, key, ledger, taking, limits, pages, told, room.clock(), request.limit(), deadline);
            if (request.reconcile())
                new Reconciliation(partner, key, ledger, taking, harvest, limits, pages, told, room)
                        .run(request.withdrawMissing());
            else complete &= harvest.run(request.from().strip(), request.until().strip());
            if (!request.dryRun()) duplicates.catchUp(room.log().get(), room.archive());
        }
        return new Outcome(Map.copyOf(taking.states()), complete, prefix);
    }

    private String prefix(Request request, Partner partner) throws InterruptedException {
        if (!request.prefix().isEmpty()) return request.prefix();
        var offered = partner.formats();
        return FormatChoice.of(offered, room.readers())
                .orElseThrow(() -> new HarvestException(
                        HarvestException.Kind.ASKED,
                        "the partner gives "
                                + offered.stream().map(OaiAnswer.Format::prefix).toList()
                                + ", and none of these is read here; name one with --prefix if you know better"));
    }
}
