package org.thocam.dictionary.exchange.table;

import java.util.List;
import org.thocam.dictionary.exchange.FormatException;

/** Told the rows of a file, the header first; empty rows are passed over. */
interface Rows {
    /**
     * @param line where it begins, from 1
     * @param padded whether cells that are missing at the end are empty ones
     */
    void row(long line, List<String> cells, boolean padded) throws FormatException;
}
