package org.thocam.api.sparql;

import java.time.Duration;

/**
 * What one query may cost.
 *
 * @param time how long it may take until its result is complete
 * @param rows how many rows or triples its result may have
 * @param queryLength how many characters it may have
 * @param concurrent how many queries are answered at once
 */
public record Limits(Duration time, int rows, int queryLength, int concurrent) {
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), 50_000, 100_000, 4);

    public Limits {
        if (queryLength > 10_000_000)
            throw new IllegalArgumentException("query length " + queryLength + ": want 10 million at most");
        if (time.toMillis() < 1 || rows < 1 || queryLength < 1 || concurrent < 1)
            throw new IllegalArgumentException("limits " + time + ", " + rows + ", " + queryLength + ", " + concurrent
                    + ": each has to be more than nothing");
    }

    /** In a form, one character of a query can take nine: three bytes of UTF-8, each percent-encoded. */
    int formBytes() {
        return 9 * queryLength + 1_000;
    }
}
