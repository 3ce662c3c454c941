package org.thocam.index.search;

/** Solr does not answer, or cannot; nothing is lost by it: what it missed will be caught up. */
public class IndexUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IndexUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
