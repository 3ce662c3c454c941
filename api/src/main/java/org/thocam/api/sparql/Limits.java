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
        if (time.toMillis() < 1 || rows < 1 || queryLength < 1 || concurrent < 1)
            throw new IllegalArgumentException("limits " + time + ", " + rows + ", " + queryLength + ", " + concurrent
                    + ": each has to be more than nothing");
    }
}
