package org.thocam.ontology;

/** Somebody else deposited after the version that this depositor had read. */
public class StaleVersionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StaleVersionException(ItemId id, Version basis, Version head) {
        super("item " + id + ": the change was made on " + basis + ", but the archive has " + head
                + ". Read it again, then repeat the change.");
    }
}
