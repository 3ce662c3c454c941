package org.thocam.ontology.queue;

/** One job has more bytes than any may have. */
public final class JobTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JobTooLargeException(String message) {
        super(message);
    }
}
