package org.thocam.ontology.exchange;

/** An item that a file format has no room for; nothing of it was written, and others may follow. */
public final class UnwritableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnwritableRecordException(String message) {
        super(message);
    }
}
