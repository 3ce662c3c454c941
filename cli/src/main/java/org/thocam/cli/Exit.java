package org.thocam.cli;

/** How a command ends; design section 4. */
final class Exit {
    static final int DONE = 0;
    static final int SOME_FAILED = 1;
    static final int USAGE = 2;
    static final int CONFIGURATION = 3;
    static final int NOT_FOUND = 4;
    static final int CONFLICT = 5;
    static final int SERVICE_DOWN = 6;
    static final int INTERRUPTED = 130;

    private Exit() {}
}
