package org.thocam.ontology;

/** Another engine has an item under way: this one waits, and others need not. */
public final class ItemBusyException extends ServiceUnavailableException {
    private static final long serialVersionUID = 1;

    private final transient ItemId id;

    public ItemBusyException(ItemId id, String message) {
        super(message);
        this.id = id;
    }

    public ItemId id() {
        return id;
    }
}
