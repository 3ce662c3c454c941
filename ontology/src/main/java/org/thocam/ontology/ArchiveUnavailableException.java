package org.thocam.ontology;

/**
 * The archive's service is down, too slow or busy with the same item: what was asked may be asked again in a while. A deposit that ended
 * with this is not acknowledged; whether it was kept is told by {@link Archive#repair} and by reading, never by depositing it again.
 */
public class ArchiveUnavailableException extends ServiceUnavailableException {
    private static final long serialVersionUID = 1;

    public ArchiveUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public ArchiveUnavailableException(String message) {
        super(message);
    }
}
