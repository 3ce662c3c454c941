package org.thocam.dictionary.exchange.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A format of tables. */
public enum Kind {
    /** Separated by commas (RFC 4180). */
    CSV,
    /** Separated by tabs, quoted as in CSV. */
    TSV,
    /** A workbook of Office Open XML; its first sheet counts. */
    XLSX;

    /** By the ending of a file's name. */
    public static Optional<Kind> ofName(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> lower.endsWith("." + kind.name().toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
