package org.thocam.dictionary.lift;

/** A file is no LIFT that we can take; nothing of it was read. */
public final class LiftException extends Exception {
    private static final long serialVersionUID = 1;

    private final long line;
    private final String fault;
    private final LiftProblem.Code code;

    /** @param line of the file, from 1 */
    public LiftException(long line, LiftProblem.Code code, String message) {
        super("line " + line + ": " + code.word() + ": " + message);
        this.line = line;
        this.fault = message;
        this.code = code;
    }

    public long line() {
        return line;
    }

    public LiftProblem.Code code() {
        return code;
    }

    /** The same as something to list beside other problems. */
    public LiftProblem problem() {
        return new LiftProblem(code, line, "", fault);
    }
}
