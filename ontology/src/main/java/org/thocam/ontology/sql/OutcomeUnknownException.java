package org.thocam.ontology.sql;

import org.thocam.ontology.ServiceUnavailableException;

/** The connection was lost while a transaction was committed: all of it was done, or nothing. Look before it is done again. */
public final class OutcomeUnknownException extends ServiceUnavailableException {
    private static final long serialVersionUID = 1;

    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
