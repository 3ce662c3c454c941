package org.thocam.ingest.archive;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/**
 * Records that were read lately, up to a number of files. What a memento holds never changes; which memento a version is may, for a
 * version that Fedora never finished is taken back and its number given again, so the number alone tells nothing.
 */
final class KnownRecords {
    private static final int MOST_FILES = 200_000;

    /**
     * @param etag of the record while it is that of the head
     * @param seen when it was first seen, by {@link System#nanoTime}
     * @param own whether it was seen because we wrote it just then
     */
    record Entry(VersionRecord record, String etag, long seen, boolean own) {}

    private record Key(ItemId id, String memento) {}

    private record Listed(String etag, TimeMap map) {}

    private final LinkedHashMap<ItemId, Entry> heads = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<Key, VersionRecord> records = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<ItemId, Listed> lists = new LinkedHashMap<>(16, 0.75f, true);
    private int filesOfHeads;
    private int filesOfRecords;
    private int mementosOfLists;

    synchronized Optional<Entry> head(ItemId id) {
        return Optional.ofNullable(heads.get(id));
    }

    /** The version that this engine itself saw committed as the head: no other can have its number. */
    synchronized Optional<VersionRecord> own(ItemId id, Version version) {
        return Optional.ofNullable(heads.get(id))
                .filter(head -> head.own() && head.record().version().equals(version))
                .map(Entry::record);
    }

    synchronized Optional<VersionRecord> at(ItemId id, String memento) {
        return Optional.ofNullable(records.get(new Key(id, memento)));
    }

    /** The mementos of an item while its head has this ETag. */
    synchronized Optional<TimeMap> mementos(ItemId id, String etag) {
        return Optional.ofNullable(lists.get(id))
                .filter(listed -> listed.etag().equals(etag))
                .map(Listed::map);
    }

    synchronized void put(ItemId id, String etag, TimeMap map) {
        var before = lists.put(id, new Listed(etag, map));
        if (before != null) mementosOfLists -= before.map().mementos().size();
        mementosOfLists += map.mementos().size();
        for (Iterator<Map.Entry<ItemId, Listed>> oldest = lists.entrySet().iterator();
                mementosOfLists > MOST_FILES && oldest.hasNext(); ) {
            mementosOfLists -= oldest.next().getValue().map().mementos().size();
            oldest.remove();
        }
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

    synchronized void put(String memento, VersionRecord record) {
        if (records.put(new Key(record.id(), memento), record) == null) filesOfRecords += weight(record);
        for (Iterator<Map.Entry<Key, VersionRecord>> oldest = records.entrySet().iterator();
                filesOfRecords > MOST_FILES && oldest.hasNext(); ) {
            filesOfRecords -= weight(oldest.next().getValue());
            oldest.remove();
        }
    }

    /** What is known of the head; what a memento holds does not change. */
    synchronized void forget(ItemId id) {
        var before = heads.remove(id);
        if (before != null) filesOfHeads -= weight(before.record());
    }

    private static int weight(VersionRecord record) {
        return 1 + record.files().size() + record.emptied().size();
    }
}
