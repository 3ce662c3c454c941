package org.thocam.ingest.media;

/** A program that is not installed. It says nothing of the original, so it is not noted. */
final class LackingException extends Exception {
    private static final long serialVersionUID = 1;

    private final String program;

    LackingException(String program) {
        super(program + " is not installed");
        this.program = program;
    }

    String program() {
        return program;
    }
}
