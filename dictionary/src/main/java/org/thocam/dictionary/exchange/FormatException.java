package org.thocam.dictionary.exchange;

/** A file is not of the format that it was read as, or cannot be taken as a whole; nothing of it counts. */
public final class FormatException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param fault what is wrong, and where */
    public FormatException(Reading.Fault fault) {
        super(fault.toString());
    }
}
