package org.thocam.index.analysis;

/** Two letters of a list that a text cannot tell apart: no order can be made from it. */
public final class AmbiguousAlphabetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String first;
    private final String second;

    AmbiguousAlphabetException(String first, String second, String reason) {
        super("'" + first + "' and '" + second + "' of the alphabet " + reason);
        this.first = first;
        this.second = second;
    }

    /** The one that stands first in the list, as it was typed. */
    public String first() {
        return first;
    }

    /** The one that cannot be told from it, as it was typed. */
    public String second() {
        return second;
    }
}
