package org.thocam.ontology;

import java.util.List;
import java.util.function.BiConsumer;

/** A view of the archive: it can be thrown away and made again. */
public interface Projection extends AutoCloseable {
    /** A word for messages, such as {@code index}. */
    String name();

    /** How far it durably got; {@link Watermark#NONE} when it is empty or new. */
    Watermark watermark();

    /** Where showing goes on from: the watermark, or before it where what was shown since may not have been kept. */
    default Watermark resume() {
        return watermark();
    }

    /**
     * Whether it shows such a change at all. One of an item that it does not comes to {@link #apply} as a withdrawal, unread; one of a
     * part does not come at all.
     */
    default boolean shows(Change change) {
        return !change.isPart();
    }

    /** A change that makes no difference here, so that nothing is owed while only such ones are to come. */
    default boolean passesBy(Change change) {
        return change.isPart() && !shows(change);
    }

    /**
     * Shows these changes and notes {@code upTo} with them. The same changes may come again after a crash and must then make no
     * difference. In one batch the last change of an item counts.
     */
    void apply(List<Snapshot> batch, Watermark upTo);

    /** Whether it shows what items name, so that it has to be told when that is another though the items are not. */
    default boolean showsMentions() {
        return false;
    }

    /** The edition of the linker by which the mentions were found that it shows; empty where it does not know. */
    default String linkedWith() {
        return "";
    }

    /** Durably notes that edition. */
    default void linkedWith(String edition) {}

    /** Those of these items of which it shows other mentions than they have now. */
    default List<Snapshot> linkedOtherwise(List<Snapshot> items) {
        return List.of();
    }

    /** Nothing is to be shown at the moment: time to tidy up. Does nothing that can be seen. */
    default void rest() {}

    /** Forgets everything. */
    void clear();

    /** Whether {@link #forEachHeld} has to tell of such a change while it is the last of its item. */
    default boolean holds(Change change) {
        return shows(change);
    }

    /** Tells every item it shows (tombstones are not shown) with its version. */
    void forEachHeld(BiConsumer<ItemId, Version> consumer);

    @Override
    void close();
}
