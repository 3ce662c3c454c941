package org.thocam.ingest.deposit;

import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ItemId;

/** Another engine changed an item while a change of it was prepared that was to be over whatever is there: prepare it again. */
final class MovedException extends ArchiveException {
    private static final long serialVersionUID = 1;

    MovedException(ItemId id) {
        super("item " + id + " was changed by another engine again and again; repeat the change");
    }
}
