package org.thocam.ingest.view;

import java.nio.file.FileSystemException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;

/** Reads what projections show from the archive, once for all of them: the newest stay at hand, bounded by their size. */
public final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final long CHARACTERS_AT_HAND = 8 << 20;
    private static final int OVERHEAD = 2_000;

    private record Key(ItemId id, Version version) {}

    private final Archive archive;
    private final Map<Key, Snapshot> atHand = new LinkedHashMap<>();
    private long characters;

    public Snapshots(Archive archive) {
        this.archive = archive;
    }

    public synchronized void keep(List<Snapshot> fresh) {
        for (var snapshot : fresh) keep(snapshot);
    }

    private void keep(Snapshot snapshot) {
        var key = new Key(snapshot.change().id(), snapshot.change().version());
        var before = atHand.put(key, snapshot);
        characters += size(snapshot) - (before == null ? 0 : size(before));
        for (Iterator<Snapshot> oldest = atHand.values().iterator();
                characters > CHARACTERS_AT_HAND && oldest.hasNext(); ) {
            characters -= size(oldest.next());
            oldest.remove();
        }
    }

    /**
     * What a change shows. An item that the archive cannot read is shown as if it were withdrawn: it must neither stop the views of
     * all others nor leave an older version in them, which fewer may see now. {@code verify} names it.
     */
    Snapshot of(Change change) {
        synchronized (this) {
            var kept = atHand.get(new Key(change.id(), change.version()));
            if (kept != null) return new Snapshot(change, kept.holding(), kept.text());
        }
        try {
            if (change.kind() == Change.Kind.WITHDRAWN) return gone(change);
            var archived = archive.read(change.id(), change.version())
                    .orElseThrow(() -> new ArchiveException(
                            "the log has item " + change.id() + " " + change.version() + ", the archive has not"));
            var snapshot = new Snapshot(
                    change, archived.holding(), change.isPart() ? "" : archive.text(change.id(), change.version()));
            synchronized (this) {
                keep(snapshot);
            }
            return snapshot;
        } catch (ArchiveException | IllegalArgumentException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause())
                if (cause instanceof FileSystemException file
                        && String.valueOf(file.getReason()).contains("Too many open files")) throw e;
            LOG.error(
                    "item {} {} is not shown until it can be read: {}", change.id(), change.version(), e.getMessage());
            return gone(change);
        }
    }

    /** A change of what is not shown. */
    static Snapshot gone(Change change) {
        return new Snapshot(change, new Tombstone(change.id(), change.access(), change.sets(), ""), "");
    }

    private static long size(Snapshot snapshot) {
        return snapshot.text().length() + OVERHEAD;
    }
}
