package org.thocam.ontology.sql;

/** The one clock of all engines that share a database. */
public final class DatabaseClock {
    private DatabaseClock() {}

    /** SQL for the milliseconds since 1970, now. */
    public static String millis(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL
                ? "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
                : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
    }
}
