package org.thocam.dictionary.lift;

/** A file is no LIFT that we can take; nothing of it was read. */
public final class LiftException extends Exception {
    private static final long serialVersionUID = 1;

    private final long line;
    private final LiftProblem.Code code;

    /** @param line of the file, from 1 */
    public LiftException(long line, LiftProblem.Code code, String message) {
        super("line " + line + ": " + code.word() + ": " + message);
        this.line = line;
        this.code = code;
    }

    public long line() {
        return line;
    }

    public LiftProblem.Code code() {
        return code;
    }
}
