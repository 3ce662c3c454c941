package org.thocam.ontology;

/** A service that a store stands on does not answer, or does not say what became of a request: the same again, later, may succeed. */
public class ServiceUnavailableException extends ArchiveException {
    private static final long serialVersionUID = 1;

    public ServiceUnavailableException(String message) {
        super(message);
    }

    public ServiceUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
