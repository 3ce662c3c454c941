package org.thocam.ontology;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The archive of record: log, index, graph and feeds are rebuilt from it and from nothing else. */
public interface Archive extends AutoCloseable {
    /**
     * Keeps {@code deposit} as the next version of an item; earlier versions stay readable. Whole or not at all, but not yet durable:
     * only after {@link #flush} may it be acknowledged.
     *
     * @throws StaleVersionException if another deposit came after the basis
     * @throws ArchiveException if it could not be written; nothing of it is visible then
     */
    Version deposit(Deposit deposit);

    /**
     * Returns when all that was deposited for {@code items} survives a loss of power.
     *
     * @throws ArchiveException if the disk did not say so; nothing may be acknowledged then
     */
    void flush(Collection<ItemId> items);

    Optional<Archived> head(ItemId id);

    /** One version, or empty where there is none of that number. */
    Optional<Archived> read(ItemId id, Version version);

    /** All versions, the oldest first; empty for an unknown id. */
    List<Archived> versions(ItemId id);

    /** Paths of the files of a version. */
    List<String> paths(ItemId id, Version version);

    /**
     * The bytes of one file of a version.
     *
     * @throws ArchiveException if there is no such file
     */
    InputStream open(ItemId id, Version version, String path);

    /** Characters of an item's text that the views show; every file's own text is kept whole beside it. */
    int LONGEST_TEXT = 10_000_000;

    /**
     * The text of a version: the files under {@code text/}, in the order of their names, up to {@link #LONGEST_TEXT} characters;
     * empty where there are none.
     */
    String text(ItemId id, Version version);

    /** Every id once, in an order that stays the same while nothing is deposited. */
    void forEachId(Consumer<ItemId> consumer);

    /**
     * Makes an item whole again after a kill: its highest version whose bytes are all there and right becomes its head.
     *
     * @param acknowledged the last version that was acknowledged: it is never set aside
     * @return what was done, empty where there was nothing to do
     * @throws ArchiveException if the acknowledged version itself is damaged; nothing was touched then
     */
    List<String> repair(ItemId id, Version acknowledged);

    /** The same where no log knows what was acknowledged: the head that the archive names counts as that. */
    List<String> mend(ItemId id);

    /** How many deposits of different items are worth making beside each other. */
    int atOnce();

    /** Reads every byte of an item against the digests of its inventory; one line for each fault, none when it is whole. */
    List<String> fixity(ItemId id);

    @Override
    void close();
}
