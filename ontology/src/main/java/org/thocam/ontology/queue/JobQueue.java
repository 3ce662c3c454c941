package org.thocam.ontology.queue;

import java.util.List;
import java.util.Optional;
import org.thocam.ontology.ItemId;

/**
 * Submissions that are taken in later, by whichever engine has a hand free. What is in it survives a loss of power and the death of
 * whoever works on it. First in is about first out; of one item, exactly so, and never two at once.
 */
public interface JobQueue {
    /**
     * Keeps these, in this order; the files of an order are copied. A failure may come after some of them are kept: the same again is
     * taken in as unchanged.
     *
     * @return what they are known by, once all are durable
     * @throws QueueFullException if too much waits; none is kept then, if all are small (4 MiB together)
     * @throws JobTooLargeException if one is larger than any may be
     * @throws org.thocam.ontology.ArchiveException if they could not be kept, or their files not read
     */
    List<Job> submit(List<JobOrder> orders);

    Optional<Job> find(String id);

    /**
     * Jobs from the newest on; those that ended are forgotten after some days.
     *
     * @param owner of these only; empty for everybody's
     * @param state in this state only
     * @param before those with a lesser {@link Job#number}
     * @param most 1 to 1000
     */
    List<Job> list(Optional<String> owner, Optional<JobState> state, Optional<Long> before, int most);

    /** The unfinished ones that name this item, oldest first. */
    List<Job> waitingFor(ItemId item);

    /**
     * Takes a job back that nobody works on; it is forgotten.
     *
     * @return false if it is not queued any more
     */
    boolean cancel(String id);

    Counts counts();

    /**
     * How many jobs are in each state.
     *
     * @param arriving whose files are still being copied
     * @param bytes that wait: of those that arrive, are queued or worked on
     */
    record Counts(long arriving, long queued, long working, long done, long failed, long bytes) {
        /** Whether nothing is left to do. */
        public boolean idle() {
            return arriving + queued + working == 0;
        }
    }
}
