package org.thocam.ingest.media;

/** A recipe that is not for this kind of file. */
final class UnsuitedException extends Exception {
    private static final long serialVersionUID = 1;

    UnsuitedException(String reason) {
        super(reason);
    }
}
