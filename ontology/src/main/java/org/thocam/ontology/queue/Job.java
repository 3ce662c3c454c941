package org.thocam.ontology.queue;

import java.time.Instant;
import java.util.Optional;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Receipt;

/**
 * One submission in the queue, or one that was.
 *
 * @param number its place in the order in which jobs were handed in
 * @param id 128 random bits that nobody guesses
 * @param place where it was read, as {@link org.thocam.ontology.Submission#place}
 * @param attempts how often somebody began to work on it, without those that a service ended that was down
 * @param begun when the last of them began
 * @param receipt what became of it, once it is done
 * @param failure why it failed
 */
public record Job(
        long number,
        String id,
        ItemId item,
        JobState state,
        String owner,
        String agent,
        String place,
        int attempts,
        Instant submitted,
        Optional<Instant> begun,
        Optional<Instant> ended,
        Optional<Receipt> receipt,
        Optional<Failure> failure) {
    /** Why a job failed, for good. */
    public record Failure(JobFault fault, String reason) {}
}
