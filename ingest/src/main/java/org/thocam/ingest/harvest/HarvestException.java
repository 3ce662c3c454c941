package org.thocam.ingest.harvest;

/** Why a harvest ended before its end; what was taken in stays, and the message says what to do next. */
public final class HarvestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Kind {
        /** What was asked cannot be: an address that is none, a set or a format the partner does not have. */
        ASKED,
        /** Another harvest of this home is under way. */
        BUSY,
        /** The partner does not answer, or asks for patience; the next run goes on where this one was. */
        UNREACHABLE,
        /** The partner's answers break the protocol in a way that has no end, or no sense. */
        PROTOCOL
    }

    private final Kind kind;

    HarvestException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    HarvestException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
