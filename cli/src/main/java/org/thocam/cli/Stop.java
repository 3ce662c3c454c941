package org.thocam.cli;

/** Ends a command with a message for the person and an exit code for the script. */
final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int code;

    Stop(int code, String message) {
        super(message);
        this.code = code;
    }

    Stop(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    int code() {
        return code;
    }
}
