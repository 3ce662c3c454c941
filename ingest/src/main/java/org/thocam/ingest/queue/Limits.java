package org.thocam.ingest.queue;

import java.time.Duration;

/**
 * What a queue takes.
 *
 * @param jobBytes of one job: its record and its files
 * @param jobs that wait at once
 * @param bytes of all of these
 * @param attempts that may end with the death of whoever worked on it
 * @param kept how long a job that ended can be asked for
 * @param keptJobs how many of these at most
 */
public record Limits(long jobBytes, long jobs, long bytes, int attempts, Duration kept, int keptJobs) {
    /** Of 8 GiB, as large as an upload may be; 100,000 that wait, of 32 GiB; three attempts; a week. */
    public static final Limits USUAL = new Limits(8L << 30, 100_000, 32L << 30, 3, Duration.ofDays(7), 100_000);

    public Limits {
        if (jobBytes < 1 || jobs < 1 || bytes < jobBytes || attempts < 1 || kept.isNegative() || keptJobs < 0)
            throw new IllegalArgumentException(
                    "want at least one job, one byte and one attempt, and room for the largest job");
    }
}
