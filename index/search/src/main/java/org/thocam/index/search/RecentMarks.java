package org.thocam.index.search;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.thocam.ontology.Watermark;

/**
 * Which marks of an index on a cluster can be relied on. Around the fall of a node documents were seen to go that all copies that were there
 * had taken: a copy that is behind may come to lead, where Solr is told not to wait for a better one, and the better one then drops what the
 * leader lacks. Whoever keeps the cluster sets that. So a mark counts as kept only when no node fell shortly before it or after it; what
 * was shown around a fall is shown once more when all has been quiet again.
 */
final class RecentMarks {
    /** Twice what a node's session with ZooKeeper lives. */
    static final Duration UNQUIET = Duration.ofSeconds(30);
    /** In which a fall is noticed here. */
    static final Duration NOTICED = Duration.ofSeconds(5);

    private record Mark(long at, Watermark upTo) {}

    private final LongSupplier nanos;
    private final Deque<Mark> pending = new ArrayDeque<>();
    private Watermark kept;
    private Watermark told;
    private boolean fell;
    private long fall;
    private boolean doubtful;
    private boolean shown;

    /** @param nanos a clock that only goes forward */
    RecentMarks(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void committed(Watermark upTo) {
        shown = true;
        if (fell && nanos.getAsLong() - fall < UNQUIET.toNanos()) doubtful = true;
        else pending.add(new Mark(nanos.getAsLong(), upTo));
    }

    /** Whether this engine committed anything since it began to bring the index up. */
    synchronized boolean hasShown() {
        return shown;
    }

    /** A node does not answer, was started again, or a copy is away. */
    synchronized void fell() {
        fell = true;
        fall = nanos.getAsLong();
        if (pending.isEmpty()) return;
        pending.clear();
        doubtful = true;
    }

    /** Whether something was shown that may be gone again. */
    synchronized boolean doubtful() {
        return doubtful;
    }

    /** Whether that is to be shown again now; asked with yes as the answer, the doubt is over. */
    synchronized boolean again() {
        if (!doubtful || nanos.getAsLong() - fall < UNQUIET.toNanos()) return false;
        doubtful = false;
        return true;
    }

    /** The last mark that is kept for certain, as far as this engine knows. */
    synchronized Optional<Watermark> kept() {
        return Optional.ofNullable(kept);
    }

    /** The same, where it is another than the one that was noted last. */
    synchronized Optional<Watermark> news() {
        return kept == null || kept.equals(told) ? Optional.empty() : Optional.of(kept);
    }

    synchronized void noted(Watermark mark) {
        told = mark;
    }

    /** Everything is gone, so that there is nothing to be kept. */
    synchronized void forget() {
        pending.clear();
        kept = null;
        told = null;
        doubtful = false;
        shown = false;
    }

    /** All nodes were looked at, and each is the one that it was: what is older than a fall could go unnoticed is kept. */
    synchronized void well() {
        while (!pending.isEmpty() && nanos.getAsLong() - pending.peek().at > NOTICED.toNanos())
            kept = pending.poll().upTo;
    }
}
