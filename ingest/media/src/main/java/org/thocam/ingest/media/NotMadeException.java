package org.thocam.ingest.media;

/** An original that nothing can be made of: its own fault, so it is noted and not tried again. */
final class NotMadeException extends Exception {
    private static final long serialVersionUID = 1;

    private final State state;

    NotMadeException(State state, String reason) {
        super(reason);
        this.state = state;
    }

    State state() {
        return state;
    }
}
