package org.thocam.api.form;

/** Pairs that are not what a form sends; the message says why. */
public final class UnreadableFormException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableFormException(String message) {
        super(message);
    }
}
