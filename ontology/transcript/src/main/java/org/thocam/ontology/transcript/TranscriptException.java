package org.thocam.ontology.transcript;

/** A file cannot be read as what it seems to be; the message says where, what was expected and what was found. */
public final class TranscriptException extends Exception {
    private static final long serialVersionUID = 1;

    public TranscriptException(String message) {
        super(message);
    }

    public TranscriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
