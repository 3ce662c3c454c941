package org.thocam.ontology.exchange;

/** A record of another library that cannot become an item; the message says what was expected and what was found. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnreadableRecordException(String message) {
        super(message);
    }

    public UnreadableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
