package org.thocam.ingest.queue;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.thocam.ontology.queue.QueueFullException;

/**
 * How much more the queue takes. It is counted once a second, or when it seems full, and what this engine adds meanwhile is added; so several engines
 * may together go over it by what the others add within a second.
 */
final class Room {
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private final Limits limits;
    private final Supplier<Used> count;
    private Used used;
    private long counted;

    /** @param bytes with their files */
    record Used(long jobs, long bytes) {}

    Room(Limits limits, Supplier<Used> count) {
        this.limits = limits;
        this.count = count;
    }

    /** @throws QueueFullException if there is no room for these; none is taken then */
    synchronized void take(int jobs, long bytes) {
        if (used == null || System.nanoTime() - counted > FRESH || isFull(jobs, bytes)) {
            used = count.get();
            counted = System.nanoTime();
        }
        if (isFull(jobs, bytes))
            throw new QueueFullException("the queue is full: " + used.jobs() + " of " + limits.jobs() + " jobs and "
                    + used.bytes() + " of " + limits.bytes()
                    + " bytes wait. Hand it in again when the workers have done some of it");
        used = new Used(used.jobs() + jobs, used.bytes() + bytes);
    }

    private boolean isFull(int jobs, long bytes) {
        return used.jobs() + jobs > limits.jobs() || used.bytes() + bytes > limits.bytes();
    }
}
