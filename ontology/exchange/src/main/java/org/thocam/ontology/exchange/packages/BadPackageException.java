package org.thocam.ontology.exchange.packages;

/** A package that is not what its format says, or is not to be trusted. Nothing is taken in from it. */
public final class BadPackageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadPackageException(String message) {
        super(message);
    }

    BadPackageException(String message, Throwable cause) {
        super(message, cause);
    }
}
