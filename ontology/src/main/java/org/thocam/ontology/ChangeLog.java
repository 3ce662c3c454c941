package org.thocam.ontology;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The order of all acknowledged changes: durable, and made again from the archive when it is gone. Changes of parts have their
 * place in it, but what it says of items (heads, feeds, sets, counts) knows nothing of parts.
 *
 * <p>Several engines may share one. An intent is then also what keeps the others away from an item: it is one engine's until its outcome
 * is recorded, or until that engine is gone.
 */
public interface ChangeLog extends AutoCloseable {
    /** Names this log: another one, made again, has other places for the same changes. */
    String generation();

    /** The place of the last change, 0 where there is none. */
    long last();

    /**
     * The latest time of any change, {@link Instant#EPOCH} where there is none. It need not be that of the change in the last place: what was
     * settled late comes after others, and clocks differ.
     */
    Instant lastAt();

    /**
     * Durably notes that these items are about to be deposited, so that opening after a crash looks at them alone. Waits for as long as
     * another engine has one of them under way.
     *
     * @return no change of these items may have an earlier time than this, nor does any change before them
     * @throws ArchiveException if another engine keeps one of them for too long; none of them is noted then
     */
    Instant intend(Collection<ItemId> items);

    /** What was intended, has no outcome and is under way in no engine that lives: this engine's from now on. */
    List<ItemId> openIntents();

    /** Durably gives each change its place, in the order given, and forgets the intents named. */
    List<Change> record(List<Change> changes, Collection<ItemId> intents);

    /** The changes after {@code seq}, at most {@code limit}, oldest first. */
    List<Change> after(long seq, int limit);

    /** The last change of an item or of a part. */
    Optional<Change> headOf(ItemId id);

    /** The last change of each item, in the order of ids, for the ids after {@code id} (null: from the first). */
    List<Change> heads(ItemId after, int limit);

    /** The last change of each part of an item, in the order of their names, for the names after this one (empty: from the first). */
    List<Change> partsOf(ItemId whole, String afterPartName, int limit);

    /** The last change of each part of any item, in the order of ids, for the ids after {@code id} (null: from the first). */
    List<Change> parts(ItemId after, int limit);

    /** Number of items that are not withdrawn. */
    long items();

    /**
     * The whole second from which changes may still come: every change with an earlier datestamp is in the feed, once this has been
     * asked. A harvester that asks next time from here misses nothing, however long a change was under way.
     */
    Instant horizon(Instant now);

    /** A page of what harvesters may know at {@code now}, by datestamp and id; see {@link FeedEntry}. */
    List<FeedEntry> feed(FeedQuery query, Instant now);

    /** One item as harvesters may know it; empty where they may not. */
    Optional<FeedEntry> feedEntry(ItemId id, Instant now);

    /** How many entries {@link #feed} has in all, whatever its page. */
    long feedSize(FeedQuery query, Instant now);

    /** Every setSpec in use by an item that harvesters may know, and its ancestors, sorted. */
    List<String> sets(Instant now);

    /** The earliest datestamp that {@link #feed} can show. */
    Optional<Instant> earliest(Instant now);

    /**
     * Gives every record that has an earlier datestamp {@code at}, because all are said in other words from now on: an {@code edition} of
     * the formats that this log has not seen. A log that is new has nothing to announce.
     */
    void announce(int edition, Instant at);

    /** The same, whatever this log knows: for one made again whose records partners have in other words. */
    void announceToAll(int edition, Instant at);

    /** What was last announced to everybody; empty where nothing was. */
    Optional<Announcement> announced();

    /** Takes over what another log announced; for a log made again beside it. */
    void announceAs(Announcement other);

    /**
     * @param at what was given to records with earlier datestamps; empty where the log was new
     */
    record Announcement(int edition, Optional<Instant> at) {}

    /**
     * From now on {@code changed} is called soon after another engine recorded something, and sometimes without a reason; never for a log
     * that one engine has for itself. Ends with {@link #close}.
     */
    void listen(Runnable changed);

    /** The items that not everybody may see, whatever the time: the graph hides them by this list. */
    List<Change> notOpen();

    @Override
    void close();
}
