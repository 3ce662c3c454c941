package org.thocam.dictionary;

/** A request that a lexicon cannot carry out as it is. */
public final class LexiconProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What kind of problem it is, whatever door it is told at. */
    public enum Kind {
        /** There is no such lexicon, entry, state or conflict. */
        ABSENT,
        /** The entry is not what the caller took it for. */
        STALE,
        /** Something else stands there. */
        TAKEN,
        /** What was sent is no entry. */
        INVALID,
        /** Not yet: the store is being made. */
        NOT_YET
    }

    private final Kind kind;

    public LexiconProblem(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
