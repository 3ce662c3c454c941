package org.thocam.index.search;

/** The Solr node does not answer; it is being started again, and what it missed will be caught up. */
public class IndexUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IndexUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
