package org.thocam.ingest.harvest;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.thocam.ingest.archive.Digests;
import org.thocam.ontology.Access;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Content;
import org.thocam.ontology.Intake;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Shown;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Version;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.Provenance;
import org.thocam.ontology.exchange.RecordReader;
import org.thocam.ontology.exchange.UnreadableRecordException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Decides of each record of one partner what it is here: new, changed, the same, deleted, a duplicate, or unreadable. */
final class Taking {
    /** How the archive knows who deposited: a harvest's own state may be replaced by the next, a person's word stands. */
    static final String AGENT = "harvest:";

    private static final String FILE = "record.xml";
    private static final int LONGEST_IDENTIFIER = 1000;

    /** What it works on and with. */
    record Room(
            Archive archive,
            Supplier<ChangeLog> log,
            Intake intake,
            Function<Element, Optional<RecordReader>> readers,
            String domain,
            Clock clock) {}

    private record Pending(OaiRecord.Header header, CompletableFuture<Outcome> outcome) {}

    /** @param ours whether the item of that id is, or was, this record */
    private record Outcome(Harvester.State state, String id, long version, String reason, boolean ours) {}

    private final Room room;
    private final PartnerSource partner;
    private final String prefix;
    private final Access access;
    private final boolean dry;
    private final Duplicates duplicates;
    private final Harvester.Told told;
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final Map<Harvester.State, Long> states = new TreeMap<>();
    private final List<HarvestLedger.Seen> done = new ArrayList<>();
    private long worked;
    private boolean domainNoted;

    Taking(
            Room room,
            PartnerSource partner,
            String prefix,
            Access access,
            boolean dry,
            Duplicates duplicates,
            Harvester.Told told) {
        this.room = room;
        this.partner = partner;
        this.prefix = prefix;
        this.access = access;
        this.dry = dry;
        this.duplicates = duplicates;
        this.told = told;
    }

    Map<Harvester.State, Long> states() {
        return states;
    }

    /** How many records were not simply as they were. */
    long worked() {
        return worked;
    }

    void take(OaiRecord record, String note) {
        var identifier = record.header().identifier();
        // the same record twice in a page: the second is judged by what the first became
        if (pending.containsKey(identifier)) drain();
        CompletableFuture<Outcome> outcome;
        try {
            outcome = record.header().deleted()
                    ? deleted(record.header(), "deleted by " + partner.base())
                    : live(record, note);
        } catch (ArchiveException e) {
            throw e;
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            outcome = CompletableFuture.completedFuture(failed(e.getMessage()));
        } catch (RuntimeException e) {
            // a reader is given what anybody wrote: whatever it makes of it is that one record's fault
            outcome = CompletableFuture.completedFuture(failed("the record could not be read: " + e));
        }
        put(record.header(), outcome);
    }

    /** An item whose record the partner no longer lists. */
    void missing(HarvestLedger.Seen seen, String reason) {
        var header = new OaiRecord.Header(seen.identifier(), seen.datestamp(), true);
        put(header, deleted(header, reason));
    }

    /**
     * A record that could not be had at all.
     *
     * @param again whether the next harvest is to ask for it again
     */
    void unfetched(OaiRecord.Header header, String reason, boolean again) {
        put(header, CompletableFuture.completedFuture(failed(reason)));
        drain();
        if (!header.identifier().isEmpty())
            done.add(new HarvestLedger.Seen(
                    header.identifier(), header.datestamp(), "", again ? "unfetched" : "failed"));
    }

    /** Something to tell of that changes nothing. */
    void unchanged(OaiRecord.Header header, String id, String reason) {
        put(header, CompletableFuture.completedFuture(new Outcome(Harvester.State.UNCHANGED, id, 0, reason, true)));
    }

    private void put(OaiRecord.Header header, CompletableFuture<Outcome> outcome) {
        pending.put(header.identifier(), new Pending(header, outcome));
        if (!outcome.isDone()
                || outcome.isCompletedExceptionally()
                || outcome.join().state() != Harvester.State.UNCHANGED) worked++;
    }

    private static Outcome failed(String reason) {
        return new Outcome(Harvester.State.FAILED, "", 0, String.valueOf(reason), false);
    }

    /** Waits until all of it is durable, tells of it, and answers what the ledger is to know. */
    List<HarvestLedger.Seen> settle() {
        drain();
        duplicates.settled();
        var seen = List.copyOf(done);
        done.clear();
        return seen;
    }

    private void drain() {
        for (var one : pending.values()) {
            var header = one.header();
            Outcome outcome;
            var kept = "";
            try {
                outcome = one.outcome().join();
            } catch (CompletionException e) {
                outcome = failed("it could not be kept: " + e.getCause().getMessage());
                kept = "unfetched";
            }
            states.merge(outcome.state(), 1L, Long::sum);
            told.record(new Harvester.Line(
                    outcome.id(), outcome.version(), outcome.state(), source(header), outcome.reason()));
            if (header.identifier().isEmpty()) continue;
            if (kept.isEmpty())
                kept = outcome.state() == Harvester.State.UNCHANGED
                        ? header.deleted() ? "deleted" : outcome.ours() ? "ok" : "duplicate"
                        : outcome.state().word();
            done.add(new HarvestLedger.Seen(header.identifier(), header.datestamp(), outcome.id(), kept));
        }
        pending.clear();
    }

    private String source(OaiRecord.Header header) {
        return header.identifier().isEmpty()
                ? partner.base()
                : new Provenance(partner.base(), header.identifier(), prefix, "", "", "").source();
    }

    private String agent() {
        return AGENT + partner.base();
    }

    private CompletableFuture<Outcome> deleted(OaiRecord.Header header, String reason) {
        var id = id(header);
        var head = room.log().get().headOf(id);
        if (head.isEmpty() || head.get().kind() == Change.Kind.WITHDRAWN || !ours(id))
            return CompletableFuture.completedFuture(new Outcome(
                    Harvester.State.UNCHANGED,
                    head.isPresent() && ours(id) ? id.value() : "",
                    0,
                    "deleted there, and not here",
                    false));
        long next = head.get().version().number() + 1;
        if (dry)
            return CompletableFuture.completedFuture(
                    new Outcome(Harvester.State.DELETED, id.value(), next, reason, true));
        return room.intake()
                .withdraw(id, Optional.of(head.get().version()), reason, agent())
                .thenApply(receipt -> new Outcome(
                        Harvester.State.DELETED, id.value(), receipt.version().number(), reason, true));
    }

    private ItemId id(OaiRecord.Header header) {
        var identifier = header.identifier();
        if (identifier.isEmpty()) throw new UnreadableRecordException("the record's header has no identifier");
        if (identifier.length() > LONGEST_IDENTIFIER || identifier.chars().anyMatch(Character::isISOControl))
            throw new UnreadableRecordException("identifier '" + Shown.of(identifier) + "': want at most "
                    + LONGEST_IDENTIFIER + " characters and no control character");
        return partner.id(identifier);
    }

    private CompletableFuture<Outcome> live(OaiRecord record, String note) {
        var header = record.header();
        var id = id(header);
        var element = record.element();
        var origins = OaiRecord.origins(element);
        var own = Stream.concat(Stream.of(header.identifier()), origins.stream().map(Provenance.Origin::identifier))
                .flatMap(identifier -> ours(identifier).stream())
                .findFirst();
        if (own.isPresent()) return duplicate(own.get().value(), "the record comes from this library");
        if (!domainNoted && !ownId(header.identifier()).isEmpty()) {
            domainNoted = true;
            told.note(
                    "the partner names its records 'oai:" + room.domain()
                            + ":...', as this library does; if it is another library, one of the two must change its repository domain");
        }
        var metadata = OaiRecord.metadata(element)
                .orElseThrow(() -> new UnreadableRecordException("the record has no metadata and is not deleted"));
        var head = room.log().get().headOf(id);
        var allowed = head.map(Change::access).orElse(Access.OPEN).and(access);
        var digest = digest(header.identifier(), allowed, metadata);
        boolean shown =
                head.filter(change -> change.kind() == Change.Kind.DEPOSITED).isPresent();
        if (shown && head.get().digest().equals(digest))
            return same(id, head.get().version(), "");

        var reader = room.readers()
                .apply(metadata)
                .orElseThrow(() ->
                        new UnreadableRecordException("no reader knows the format '" + Shown.of(metadata.getLocalName())
                                + "' of namespace '" + Shown.of(metadata.getNamespaceURI()) + "'"));
        var item = item(
                id,
                reader.read(metadata),
                allowed,
                record,
                String.valueOf(metadata.getNamespaceURI()),
                origins,
                digest);
        var basis = Version.NONE;
        var reason = note;
        if (head.isPresent()) {
            var last = room.archive().head(id).orElseThrow();
            if (!ours(id)) return duplicate(id.value(), "the identifier is that of an item from elsewhere");
            if (!shown && !last.agent().startsWith(AGENT))
                return same(id, last.version(), "it was withdrawn here by " + last.agent() + "; it stays so");
            if (shown && !last.agent().startsWith(AGENT))
                reason = joined(
                        reason, "an edit made here by " + last.agent() + " is now an older version, " + last.version());
            basis = head.get().version();
        } else {
            var keys = StrongKeys.of(item);
            var other = duplicates.of(id, keys, partner.key());
            if (other.isPresent()) return duplicate(other.get().value(), "it is here already as " + other.get());
            duplicates.taken(id, keys);
        }
        return keep(item, record, basis, reason);
    }

    private CompletableFuture<Outcome> keep(Item item, OaiRecord record, Version basis, String reason) {
        if (dry)
            return CompletableFuture.completedFuture(
                    new Outcome(Harvester.State.OK, item.id().value(), basis.number() + 1, reason, true));
        CompletableFuture<Receipt> kept = room.intake()
                .keep(item, Map.of("files/" + FILE, new Content.OfBytes(bytes(record))), Optional.of(basis), agent());
        return kept.thenApply(receipt -> new Outcome(
                Harvester.State.OK, item.id().value(), receipt.version().number(), reason, true));
    }

    private static CompletableFuture<Outcome> same(ItemId id, Version version, String reason) {
        return CompletableFuture.completedFuture(
                new Outcome(Harvester.State.UNCHANGED, id.value(), version.number(), reason, true));
    }

    private static CompletableFuture<Outcome> duplicate(String id, String reason) {
        return CompletableFuture.completedFuture(new Outcome(Harvester.State.DUPLICATE, id, 0, reason, false));
    }

    private static String joined(String first, String second) {
        return first.isEmpty() ? second : first + "; " + second;
    }

    /** The item here that an identifier names: one of our domain that was never here is that of another library which calls itself the same. */
    private Optional<ItemId> ours(String identifier) {
        var local = ownId(identifier);
        if (local.isEmpty()) return Optional.empty();
        try {
            return Optional.of(ItemId.ofItem(local))
                    .filter(id -> room.log().get().headOf(id).isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String ownId(String identifier) {
        var start = "oai:" + room.domain().toLowerCase(Locale.ROOT) + ":";
        return identifier.toLowerCase(Locale.ROOT).startsWith(start) ? identifier.substring(start.length()) : "";
    }

    private Item item(
            ItemId id,
            Description description,
            Access allowed,
            OaiRecord record,
            String namespace,
            List<Provenance.Origin> origins,
            String digest) {
        var header = record.header();
        var from = new Provenance(
                partner.base(),
                header.identifier(),
                prefix,
                namespace,
                header.datestamp(),
                Granularity.SECOND.write(room.clock().instant()));
        var item = description.item(id, allowed, List.of(partner.set()), from.source());
        var terms = new ArrayList<>(item.terms());
        terms.removeIf(term -> term.qualifier().startsWith(Provenance.QUALIFIER));
        terms.add(from.term());
        for (var origin : origins) terms.add(origin.term());
        var bytes = bytes(record);
        var file = new Bitstream(
                FILE,
                "application/xml",
                bytes.length,
                Digests.hex(Digests.sha512().digest(bytes)),
                TextState.EMPTY,
                "");
        return item.withTerms(terms).withFiles(List.of(file)).from(from.source(), digest);
    }

    private static byte[] bytes(OaiRecord record) {
        return record.xml().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the item's last state that was not a tombstone came from this partner. */
    private boolean ours(ItemId id) {
        var versions = room.archive().versions(id);
        for (int i = versions.size() - 1; i >= 0; i--)
            if (versions.get(i).holding() instanceof Item item) return from(item);
        return false;
    }

    private boolean from(Item item) {
        return Provenance.of(item)
                .filter(provenance -> PartnerSource.of(provenance.base()).key().equals(partner.key()))
                .isPresent();
    }

    /** Over what the record says, not over its header or how its XML is written: a new datestamp alone is no change. */
    private String digest(String identifier, Access allowed, Element metadata) {
        var digest = Digests.sha512();
        var text = new StringBuilder();
        for (var part : List.of(partner.key(), identifier, prefix, allowed.toString()))
            text.append(part).append('\0');
        canonical(metadata, text);
        digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return Digests.hex(digest.digest());
    }

    private static void canonical(Node node, StringBuilder text) {
        if (node instanceof Element element) {
            text.append("\1").append(element.getNamespaceURI()).append('\2').append(element.getLocalName());
            var attributes = new TreeMap<String, String>();
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                var attribute = element.getAttributes().item(i);
                var namespace = String.valueOf(attribute.getNamespaceURI());
                if (namespace.endsWith("/xmlns/") || namespace.endsWith("XMLSchema-instance")) continue;
                attributes.put(namespace + "\2" + attribute.getLocalName(), attribute.getNodeValue());
            }
            attributes.forEach(
                    (name, value) -> text.append("\3").append(name).append("\2").append(value));
            for (var child = node.getFirstChild(); child != null; child = child.getNextSibling())
                canonical(child, text);
            text.append("\4");
        } else if (!node.getNodeValue().isBlank()) text.append(node.getNodeValue());
    }
}
