package org.thocam.ingest.harvest;

import java.time.Duration;

/**
 * How much of a partner's answers is taken, and how patient we are. What comes from outside ends, whatever it is.
 *
 * @param pageBytes of one answer, packed and unpacked
 * @param listRecords records of one list, however large it says it is
 * @param emptyPages in a row, each with a token to one more
 * @param harvest time of one run; the next run goes on
 * @param answer time for one answer, from the request to its last byte
 * @param attempts at one request before it is given up
 * @param firstWait before the second attempt; twice as long before each further one
 * @param longestWait before one more attempt, and the longest Retry-After that is waited for
 */
public record Limits(
        int pageBytes,
        long listRecords,
        int emptyPages,
        Duration harvest,
        Duration answer,
        int attempts,
        Duration firstWait,
        Duration longestWait) {
    public static final Limits USUAL = new Limits(
            // as text and as records it takes ten times that: a heap of 256 MB is to do
            24 << 20,
            20_000_000,
            100,
            Duration.ofDays(7),
            Duration.ofMinutes(5),
            6,
            Duration.ofSeconds(2),
            Duration.ofMinutes(10));
}
