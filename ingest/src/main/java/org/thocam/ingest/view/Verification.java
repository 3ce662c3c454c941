package org.thocam.ingest.view;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.thocam.ontology.Access;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.FeedEntry;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Projection;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Viewer;

/**
 * Compares every view with the archive by id and version, and every byte of the archive with its digests. Repairs nothing: it says
 * what is wrong, where, and what to do.
 */
public final class Verification {
    private static final int PAGE = 1000;

    /** @param where {@code archive}, {@code log}, {@code index}, {@code graph}, {@code dictionary} or {@code feed} */
    public record Fault(String where, String id, String expected, String found, String advice) {}

    /** @param versions of items and of their parts */
    public record Result(long items, long withdrawn, long versions, List<Fault> faults) {
        public boolean ok() {
            return faults.isEmpty();
        }
    }

    private record Held(Change change, long version, boolean live, Access access, Instant at) {}

    private final Archive archive;
    private final ChangeLog log;
    private final List<? extends Projection> views;
    private final Clock clock;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<ItemId, Held> held = new HashMap<>();
    /** The archive's own fault is told; what the views show of such an item is no fault of theirs. */
    private final Set<ItemId> unreadable = new HashSet<>();

    private long last;

    /** @param views caught up with the log */
    public Verification(Archive archive, ChangeLog log, List<? extends Projection> views, Clock clock) {
        this.archive = archive;
        this.log = log;
        this.views = views;
        this.clock = clock;
    }

    /** @param progress told the number of items whose bytes were read so far */
    public Result run(boolean fixity, LongConsumer progress) {
        last = log.last();
        var versions = new AtomicLong();
        var read = new AtomicLong();
        archive.forEachId(id -> {
            if (fixity)
                for (var fault : archive.fixity(id))
                    fault(
                            "archive",
                            id,
                            "bytes as the inventory says",
                            fault,
                            "restore the item from a copy, then verify again");
            try {
                archive.head(id).ifPresent(head -> {
                    held.put(
                            id,
                            new Held(
                                    Change.of(head),
                                    head.version().number(),
                                    !(head.holding() instanceof Tombstone),
                                    head.holding().access(),
                                    head.at()));
                    versions.addAndGet(head.version().number());
                });
            } catch (ServiceUnavailableException e) {
                throw e;
            } catch (ArchiveException | IllegalArgumentException e) {
                unreadable.add(id);
                if (!fixity)
                    fault(
                            "archive",
                            id,
                            "a readable item",
                            e.getMessage(),
                            "restore the item from a copy, then verify again");
            }
            progress.accept(read.incrementAndGet());
        });
        log();
        views.forEach(this::view);
        feed();
        long items = held.keySet().stream().filter(id -> !id.isPart()).count();
        long live = held.values().stream()
                .filter(there -> there.live && !there.change.isPart())
                .count();
        return new Result(live, items - live, versions.get(), List.copyOf(faults));
    }

    private void log() {
        var missing = new HashMap<>(held);
        heads(log::heads, missing);
        heads(log::parts, missing);
        missing.forEach((id, there) -> {
            if (!moved(id)) fault("log", id, "v" + there.version, "nothing", "run 'thocam rebuild'");
        });
    }

    private void heads(BiFunction<ItemId, Integer, List<Change>> pages, Map<ItemId, Held> missing) {
        ItemId after = null;
        for (var page = pages.apply(null, PAGE); !page.isEmpty(); page = pages.apply(after, PAGE)) {
            for (var change : page) {
                after = change.id();
                var there = missing.remove(change.id());
                var said = change.version() + " of " + change.at();
                if (there == null) {
                    if (!moved(change.id()))
                        fault("log", change.id(), "no such item: the archive has none", said, "run 'thocam rebuild'");
                } else if ((there.version != change.version().number() || !there.at.equals(change.at()))
                        && !moved(change.id()))
                    fault("log", change.id(), "v" + there.version + " of " + there.at, said, "run 'thocam rebuild'");
            }
        }
    }

    private void view(Projection view) {
        var missing = new HashMap<ItemId, Held>();
        held.forEach((id, there) -> {
            if (there.live && view.holds(there.change)) missing.put(id, there);
        });
        view.forEachHeld((id, version) -> {
            var there = held.get(id);
            missing.remove(id);
            if (there == null || !there.live || !view.shows(there.change)) {
                if (!moved(id)) fault(view.name(), id, "nothing", version.toString(), "run 'thocam rebuild'");
            } else if (there.version != version.number() && !moved(id))
                fault(view.name(), id, "v" + there.version, version.toString(), "run 'thocam rebuild'");
        });
        missing.forEach((id, there) -> {
            if (!moved(id)) fault(view.name(), id, "v" + there.version, "nothing", "run 'thocam rebuild'");
        });
    }

    private void feed() {
        var now = clock.instant();
        var missing = new HashMap<ItemId, Held>();
        held.forEach((id, there) -> {
            if (there.live && !id.isPart() && there.access.allows(Viewer.ANYBODY, now)) missing.put(id, there);
        });
        var query = new FeedQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), PAGE);
        for (var page = log.feed(query, now); !page.isEmpty(); page = log.feed(query, now)) {
            for (var entry : page) entry(entry, missing, now);
            query = query.page(page.get(page.size() - 1).key());
        }
        missing.forEach((id, there) -> {
            if (!moved(id)) fault("feed", id, "v" + there.version, "nothing", "run 'thocam rebuild'");
        });
    }

    private void entry(FeedEntry entry, Map<ItemId, Held> missing, Instant now) {
        var there = held.get(entry.id());
        if (entry.deleted()) {
            if (missing.containsKey(entry.id()) && !moved(entry.id()))
                fault("feed", entry.id(), "listed", "deleted", "run 'thocam rebuild'");
            return;
        }
        missing.remove(entry.id());
        boolean right = there != null
                && there.live
                && there.version == entry.version().number()
                && there.access.allows(Viewer.ANYBODY, now);
        if (!right && !moved(entry.id()))
            fault(
                    "feed",
                    entry.id(),
                    there == null ? "nothing" : "v" + there.version,
                    entry.version() + ", listed",
                    "run 'thocam rebuild'");
    }

    /** Changed since the verification began, or unreadable: there is nothing to compare. */
    private boolean moved(ItemId id) {
        return unreadable.contains(id) || log.headOf(id).map(Change::seq).orElse(0L) > last;
    }

    private void fault(String where, ItemId id, String expected, String found, String advice) {
        faults.add(new Fault(where, id.value(), expected, found, advice));
    }
}
