package org.thocam.ontology;

/** The archive could not do what was asked: the disk is full or damaged, or a file is not what the inventory says. */
public class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }

    public ArchiveException(String message) {
        super(message);
    }
}
