package org.thocam.dictionary;

/** A file that cannot be read as a word list at all, so that none of its rows is taken. */
public final class NotAWordListException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient WordList.Fault fault;

    NotAWordListException(WordList.Fault fault) {
        super(fault.toString());
        this.fault = fault;
    }

    public WordList.Fault fault() {
        return fault;
    }
}
