package org.thocam.ingest.archive;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** Records that were read lately, up to a number of files: a record of a version never changes, the head only by a deposit. */
final class KnownRecords {
    private static final int MOST_FILES = 200_000;

    /**
     * @param etag of the record while it is that of the head
     * @param seen when it was first seen, by {@link System#nanoTime}
     * @param own whether it was seen because we wrote it just then
     */
    record Entry(VersionRecord record, String etag, long seen, boolean own) {}

    private record Key(ItemId id, Version version) {}

    private final LinkedHashMap<ItemId, Entry> heads = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<Key, VersionRecord> records = new LinkedHashMap<>(16, 0.75f, true);
    private int filesOfHeads;
    private int filesOfRecords;

    synchronized Optional<Entry> head(ItemId id) {
        return Optional.ofNullable(heads.get(id));
    }

    synchronized Optional<VersionRecord> get(ItemId id, Version version) {
        var head = heads.get(id);
        if (head != null && head.record().version().equals(version)) return Optional.of(head.record());
        return Optional.ofNullable(records.get(new Key(id, version)));
    }

    synchronized Entry put(ItemId id, VersionRecord record, String etag, boolean own) {
        var before = heads.get(id);
        var entry = before != null && before.etag().equals(etag) && !own
                ? before
                : new Entry(record, etag, System.nanoTime(), own);
        if (before != null) filesOfHeads -= weight(before.record());
        heads.put(id, entry);
        filesOfHeads += weight(record);
        for (Iterator<Map.Entry<ItemId, Entry>> oldest = heads.entrySet().iterator();
                filesOfHeads > MOST_FILES && oldest.hasNext(); ) {
            filesOfHeads -= weight(oldest.next().getValue().record());
            oldest.remove();
        }
        return entry;
    }

    synchronized void put(VersionRecord record) {
        if (records.put(new Key(record.id(), record.version()), record) == null) filesOfRecords += weight(record);
        for (Iterator<Map.Entry<Key, VersionRecord>> oldest = records.entrySet().iterator();
                filesOfRecords > MOST_FILES && oldest.hasNext(); ) {
            filesOfRecords -= weight(oldest.next().getValue());
            oldest.remove();
        }
    }

    /** The head alone: what an older version is does not change. */
    synchronized void forget(ItemId id) {
        var before = heads.remove(id);
        if (before != null) filesOfHeads -= weight(before.record());
    }

    private static int weight(VersionRecord record) {
        return 1 + record.files().size() + record.emptied().size();
    }
}
