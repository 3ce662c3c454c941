package org.thocam.ontology.queue;

/** Too much waits already; nothing of what was handed in is kept. It may be handed in again when some of it is done. */
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public QueueFullException(String message) {
        super(message);
    }
}
