package org.thocam.ontology.sql;

import org.thocam.ontology.ServiceUnavailableException;

/** The database does not answer, or cannot work now; nothing was changed. It may be asked again later. */
public final class DatabaseUnavailableException extends ServiceUnavailableException {
    private static final long serialVersionUID = 1;

    public DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
