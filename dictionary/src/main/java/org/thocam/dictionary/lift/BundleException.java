package org.thocam.dictionary.lift;

/** What was given is no LIFT file with what belongs to it, or cannot be unpacked; nothing of it was taken. */
public final class BundleException extends Exception {
    private static final long serialVersionUID = 1;

    public BundleException(String message) {
        super(message);
    }

    public BundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
