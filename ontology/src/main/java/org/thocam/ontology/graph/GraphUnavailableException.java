package org.thocam.ontology.graph;

/** The graph's store does not answer, or not as it should: everything else works, and it is asked again. */
public final class GraphUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean refused;

    GraphUnavailableException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private GraphUnavailableException(String message, Throwable cause, boolean refused) {
        super(message, cause);
        this.refused = refused;
    }

    static GraphUnavailableException refused(String message) {
        return new GraphUnavailableException(message, null, true);
    }

    /** Whether the store does answer, and says that it will not take this query. */
    public boolean refused() {
        return refused;
    }
}
