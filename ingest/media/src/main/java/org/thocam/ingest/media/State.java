package org.thocam.ingest.media;

/** Why nothing could be made of an original. */
public enum State {
    /** It is not what it says it is, or it ends too early. */
    BROKEN("broken"),
    /** It is of a format that nothing here reads. */
    UNSUPPORTED("unsupported"),
    /** It has, or says it has, more than is read or written. */
    TOO_LARGE("too-large"),
    /** The time for it was over. */
    TOO_SLOW("too-slow"),
    /** It is a recording in which nothing is recorded. */
    EMPTY("empty");

    private final String word;

    State(String word) {
        this.word = word;
    }

    /** As it stands in JSON. */
    public String word() {
        return word;
    }

    static State of(String word) {
        for (var state : values()) if (state.word.equals(word)) return state;
        throw new IllegalArgumentException("no state '" + word + "'");
    }
}
