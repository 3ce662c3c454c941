package org.thocam.dictionary.exchange;

import org.thocam.dictionary.entry.Entry;

/** Told what a file holds, in its order. */
public interface Reading {
    /**
     * One entry that is whole.
     *
     * @param id its name in the file, stable from one file to the next; empty where the file gives none
     */
    void entry(String id, Entry entry);

    /** Something in the file that is wrong: the row, record or reference that it names was left out. */
    default void fault(Fault fault) {}

    /** A column or element that has no field here; named once. */
    default void unknown(String name) {}

    /**
     * @param file name of the file within what was read; empty where there is one alone
     * @param line from 1; 0 where it is not known
     * @param code stable, such as {@code duplicate-id} or {@code unknown-glottocode}
     */
    record Fault(String file, long line, String code, String message) {
        @Override
        public String toString() {
            return (file.isEmpty() ? "" : file + " ") + (line > 0 ? "line " + line + ": " : "") + code + ": " + message;
        }
    }
}
