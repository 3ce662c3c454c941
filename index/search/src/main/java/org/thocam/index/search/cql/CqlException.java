package org.thocam.index.search.cql;

/** A query that cannot be answered, with the number that SRU 1.2's list of diagnostics has for the reason. */
public final class CqlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int number;
    private final String details;

    /**
     * @param number as in {@code info:srw/diagnostic/1/10}
     * @param details in the form that the list asks for with this number
     */
    public CqlException(int number, String details) {
        super("diagnostic " + number + ": " + details);
        this.number = number;
        this.details = details;
    }

    public int number() {
        return number;
    }

    public String details() {
        return details;
    }
}
