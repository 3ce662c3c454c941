package org.thocam.ingest.view;

import java.nio.file.FileSystemException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.linking.CurrentLinker;
import org.thocam.ontology.linking.Linker;

/** Reads what projections show from the archive, once for all of them: the newest stay at hand, bounded by their size. */
public final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final long CHARACTERS_AT_HAND = 8 << 20;
    private static final int OVERHEAD = 2_000;

    private record Key(ItemId id, Version version) {}

    /** @param by the linker that found its mentions; null where nobody looked for them yet */
    private record Kept(Snapshot snapshot, Linker by) {}

    private final Archive archive;
    private final Optional<CurrentLinker> linking;
    private final Predicate<Change> wordLists;
    private final Map<Key, Kept> atHand = new LinkedHashMap<>();
    private long characters;

    /** Without mentions. */
    public Snapshots(Archive archive) {
        this(archive, Optional.empty(), change -> false);
    }

    /** @param wordLists the changes of items whose text is words of a dictionary: all they name is nothing they are about */
    public Snapshots(Archive archive, CurrentLinker linking, Predicate<Change> wordLists) {
        this(archive, Optional.of(linking), wordLists);
    }

    private Snapshots(Archive archive, Optional<CurrentLinker> linking, Predicate<Change> wordLists) {
        this.archive = archive;
        this.linking = linking;
        this.wordLists = wordLists;
    }

    /** Finds what items name now; empty where nobody does. */
    Optional<CurrentLinker> linking() {
        return linking;
    }

    public synchronized void keep(List<Snapshot> fresh) {
        for (var snapshot : fresh) keep(snapshot, null);
    }

    private void keep(Snapshot snapshot, Linker by) {
        var key = new Key(snapshot.change().id(), snapshot.change().version());
        var before = atHand.put(key, new Kept(snapshot, by));
        characters += size(snapshot) - (before == null ? 0 : size(before.snapshot));
        for (Iterator<Kept> oldest = atHand.values().iterator();
                characters > CHARACTERS_AT_HAND && oldest.hasNext(); ) {
            characters -= size(oldest.next().snapshot);
            oldest.remove();
        }
    }

    /**
     * What a change shows. An item that the archive cannot read is shown as if it were withdrawn: it must neither stop the views of
     * all others nor leave an older version in them, which fewer may see now. {@code verify} names it.
     *
     * @param linker that says what it names; null for nobody
     */
    Snapshot of(Change change, Linker linker) {
        Kept kept;
        synchronized (this) {
            kept = atHand.get(new Key(change.id(), change.version()));
        }
        if (kept != null) {
            var snapshot = kept.snapshot;
            if (kept.by == linker)
                return new Snapshot(change, snapshot.holding(), snapshot.text(), snapshot.mentions());
            return linked(new Snapshot(change, snapshot.holding(), snapshot.text()), linker);
        }
        try {
            if (change.kind() == Change.Kind.WITHDRAWN) return gone(change);
            var archived = archive.read(change.id(), change.version())
                    .orElseThrow(() -> new ArchiveException(
                            "the log has item " + change.id() + " " + change.version() + ", the archive has not"));
            var snapshot = new Snapshot(
                    change, archived.holding(), change.isPart() ? "" : archive.text(change.id(), change.version()));
            return linked(snapshot, linker);
        } catch (ServiceUnavailableException e) {
            throw e;
        } catch (ArchiveException | IllegalArgumentException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause())
                if (cause instanceof FileSystemException file
                        && String.valueOf(file.getReason()).contains("Too many open files")) throw e;
            LOG.error(
                    "item {} {} is not shown until it can be read: {}", change.id(), change.version(), e.getMessage());
            return gone(change);
        }
    }

    private Snapshot linked(Snapshot snapshot, Linker linker) {
        var change = snapshot.change();
        var whole = linker != null && snapshot.holding() instanceof Item item && !wordLists.test(change)
                ? new Snapshot(change, item, snapshot.text(), linker.mentions(item, snapshot.text()))
                : snapshot;
        synchronized (this) {
            keep(whole, linker);
        }
        return whole;
    }

    /** A change of what is not shown. */
    static Snapshot gone(Change change) {
        return new Snapshot(change, new Tombstone(change.id(), change.access(), change.sets(), ""), "");
    }

    private static long size(Snapshot snapshot) {
        return snapshot.text().length() + OVERHEAD;
    }
}
