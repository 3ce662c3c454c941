package org.thocam.ingest.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ingest.deployment.Lease;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.linking.CurrentLinker;
import org.thocam.ontology.linking.Linker;

/**
 * Brings one projection up to the log and keeps it there: in batches, from its own watermark, again and again until it works. What
 * the projection shows of another log is forgotten first.
 */
public final class CatchUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int BATCH = 2000;
    private static final long BATCH_CHARACTERS = 8 << 20;
    private static final int LINKED_PAGE = 200;
    private static final long LINKED_CHARACTERS = 1 << 20;
    private static final long REST_MILLIS = 200;
    private static final long LONGEST_REST_MILLIS = 1000;
    private static final long LOOK_MILLIS = 500;
    private static final long HURRIED_LOOK_MILLIS = 50;
    private static final long NOTE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How the store of a projection is come by. */
    public interface Opening {
        /**
         * May block until its store is there.
         *
         * @param mine whether this engine brings it up: only then is anything made, or made anew
         */
        Projection open(boolean mine);
    }

    private final String name;
    private final Opening projection;
    private final ChangeLog log;
    private final Snapshots snapshots;
    private final Supplier<Optional<Lease>> turn;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Thread thread;
    private final ExecutorService reader;
    private long reached;
    private boolean linking;
    private long wanted;
    private String fault = "";

    private boolean poked = true;
    private volatile boolean closing;

    /** @param projection may block until its store is there; asked in this catch-up's own thread */
    public CatchUp(String name, Supplier<? extends Projection> projection, ChangeLog log, Snapshots snapshots) {
        this(name, mine -> projection.get(), log, snapshots, () -> Optional.of(Lease.GRANTED));
    }

    /**
     * @param turn of bringing up a view that several engines share; while it is another's, this one tells how far that view got and
     *     changes nothing
     */
    public CatchUp(
            String name, Opening projection, ChangeLog log, Snapshots snapshots, Supplier<Optional<Lease>> turn) {
        this.name = name;
        this.projection = projection;
        this.log = log;
        this.snapshots = snapshots;
        this.turn = turn;
        this.reader = Executors.newSingleThreadExecutor(task -> daemon(task, "thocam-" + name + "-reader"));
        this.thread = daemon(this::run, "thocam-" + name);
        thread.start();
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** There is something new in the log. */
    public void poke() {
        lock.lock();
        try {
            poked = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The place in the log that the projection durably reached. */
    public long reached() {
        lock.lock();
        try {
            return reached;
        } finally {
            lock.unlock();
        }
    }

    /** Why it does not get on, empty while it does. */
    public String fault() {
        lock.lock();
        try {
            return fault;
        } finally {
            lock.unlock();
        }
    }

    /** The same as {@link #await}, and it takes no rest on the way: somebody is waiting for what they have just changed. */
    public boolean hurry(long seq, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            if (reached < seq && wanted < seq) {
                wanted = seq;
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return await(seq, atMost);
    }

    /**
     * Waits until the projection shows everything up to {@code seq}, and all that items name as the entities are now; false when the
     * time is over first.
     */
    public boolean await(long seq, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (reached < seq || linking) {
                if (left <= 0 || closing) return false;
                left = moved.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long pause = 100;
        while (!closing) {
            try {
                var mine = turn.get();
                if (mine.isEmpty()) follow(projection.open(false));
                else
                    try (var lease = mine.get()) {
                        step(projection.open(true), lease);
                    }
                pause = 100;
            } catch (RuntimeException | Error e) {
                if (closing) return;
                tell(e.getMessage() == null ? e.toString() : e.getMessage());
                LOG.warn("the {} does not get on, next try in {} ms: {}", name, pause, e.getMessage());
                rest(pause);
                pause = Math.min(5_000, pause * 2);
            }
        }
    }

    /** Another engine brings the view up. */
    private void follow(Projection view) {
        var mark = view.watermark();
        boolean same = mark.generation().equals(log.generation());
        boolean linked = snapshots.linking().isEmpty()
                || !view.showsMentions()
                || !view.linkedWith().isEmpty();
        arrive(same ? mark.seq() : 0, same && mark.seq() > 0 && !linked);
        rest(hurried() ? HURRIED_LOOK_MILLIS : LOOK_MILLIS);
    }

    private boolean hurried() {
        lock.lock();
        try {
            return wanted > reached;
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the view still is this engine's to bring up */
    private boolean mine(Lease lease) {
        boolean held = lease.held();
        if (!held) LOG.info("the {} is brought up by another engine now", name);
        return held;
    }

    private void step(Projection view, Lease lease) {
        var mark = view.resume();
        boolean another = !mark.generation().equals(log.generation()) && mark.seq() > 0;
        if (another || mark.seq() > log.last()) {
            LOG.info("the {} shows another log ({}), so it is made anew", name, mark.generation());
            view.clear();
            mark = new Watermark(log.generation(), 0);
        }
        long seq = mark.seq();
        long noted = seq;
        long notedAt = System.nanoTime();
        var relinking = new Relinking(view);
        var batch = batchAfter(view, seq);
        while (!closing && mine(lease)) {
            relinking.meet(batch.linker(), noted);
            arrive(seq, relinking.underWay());
            // what only passes by is worth no commit of its own: a lost mark costs some lines of the log, read again
            boolean passing =
                    batch.snapshots().isEmpty() && (batch.upTo() == noted || System.nanoTime() - notedAt < NOTE_NANOS);
            if (passing) {
                boolean nothing = batch.upTo() == seq;
                seq = batch.upTo();
                arrive(seq, relinking.underWay());
                if (nothing && relinking.underWay()) relinking.page(noted);
                else if (nothing && !waitForMore()) view.rest();
                batch = batchAfter(view, seq);
                continue;
            }
            // the next batch is read from the archive while this one is shown
            long reached = batch.upTo();
            var next = reader.submit(() -> batchAfter(view, reached));
            long started = System.nanoTime();
            view.apply(batch.snapshots(), new Watermark(log.generation(), reached));
            seq = reached;
            noted = reached;
            notedAt = System.nanoTime();
            arrive(seq, relinking.underWay());
            batch = outcome(next);
            if (relinking.underWay()) {
                relinking.page(noted);
                if (batch.upTo() == seq) batch = batchAfter(view, seq);
                continue;
            }
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            // while changes come in one by one, rests make few large commits of many small ones, and leave the machine
            // to the changes
            long rest = Math.min(LONGEST_REST_MILLIS, Math.max(REST_MILLIS - took, 3 * took));
            if (batch.upTo() - seq < BATCH / 4 && rest > 0) {
                restUnlessWanted(rest);
                batch = batchAfter(view, seq);
            }
        }
    }

    /** @param linker that found what all of them name; null where nobody does */
    private record Batch(List<Snapshot> snapshots, long upTo, Linker linker) {}

    /** What the projection is to show next; ends where it began when there is nothing new. */
    private Batch batchAfter(Projection view, long seq) {
        var changes = log.after(seq, BATCH);
        Map<ItemId, Change> last = new LinkedHashMap<>();
        var linking = snapshots.linking();
        // before anything is linked: no item of this batch may be linked as if the entities were not yet changed
        for (var change : changes) {
            if (AuthorityFile.isChanged(change)) linking.ifPresent(current -> current.reach(change));
            if (!view.passesBy(change)) last.put(change.id(), change);
        }
        var linker = linking.map(CurrentLinker::get).orElse(null);
        var batch = new ArrayList<Snapshot>();
        long characters = 0;
        long upTo = seq;
        for (var change : changes) {
            upTo = change.seq();
            if (last.get(change.id()) != change) continue;
            var snapshot = view.shows(change) ? snapshots.of(change, linker) : Snapshots.gone(change);
            batch.add(snapshot);
            characters += snapshot.text().length();
            if (characters > BATCH_CHARACTERS) break;
        }
        return new Batch(batch, upTo, linker);
    }

    /**
     * Entities changed: what was shown already may name others now, so all of it is looked at again, page by page. What comes meanwhile is
     * shown between the pages: a restriction does not wait for names. Until the last page the view says that it does not know by which
     * linker it is linked, so that a crash on the way begins again, also where the names are by then what they were before.
     */
    private final class Relinking {
        private final Projection view;
        private final boolean wanted;
        private String noted;
        private Linker linker;
        private ItemId after;
        private long again;

        Relinking(Projection view) {
            this.view = view;
            this.wanted = view.showsMentions() && snapshots.linking().isPresent();
            this.noted = wanted ? view.linkedWith() : "";
        }

        boolean underWay() {
            return linker != null;
        }

        /** A batch comes whose mentions this linker found. */
        void meet(Linker by, long shown) {
            if (!wanted || by.edition().equals(underWay() ? linker.edition() : noted)) return;
            if (shown == 0) {
                note(by.edition());
                return;
            }
            if (!noted.isEmpty()) note("");
            linker = by;
            after = null;
            again = 0;
        }

        private void note(String edition) {
            view.linkedWith(edition);
            noted = edition;
            linker = null;
        }

        /** @param shown the place in the log that the view durably reached: later changes bring their items themselves */
        void page(long shown) {
            var heads = log.heads(after, LINKED_PAGE);
            var items = new ArrayList<Snapshot>();
            long characters = 0;
            for (var head : heads) {
                if (closing) return;
                if (characters > LINKED_CHARACTERS) break;
                after = head.id();
                if (head.seq() > shown || head.kind() != Change.Kind.DEPOSITED || !view.shows(head)) continue;
                var snapshot = snapshots.of(head, linker);
                items.add(snapshot);
                characters += snapshot.text().length();
            }
            var otherwise = view.linkedOtherwise(items);
            if (!otherwise.isEmpty()) view.apply(otherwise, new Watermark(log.generation(), shown));
            again += otherwise.size();
            boolean last = heads.size() < LINKED_PAGE
                    && (heads.isEmpty() || heads.get(heads.size() - 1).id().equals(after));
            if (!last) return;
            if (again > 0) LOG.info("the {} shows other mentions in {} items, since entities changed", name, again);
            note(linker.edition());
        }
    }

    private static Batch outcome(Future<Batch> next) {
        try {
            return next.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted while the archive was read", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault
                    ? fault
                    : new ArchiveException("the archive could not be read", e.getCause());
        }
    }

    private void arrive(long seq, boolean underWay) {
        lock.lock();
        try {
            reached = seq;
            linking = underWay;
            fault = "";
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tell(String what) {
        lock.lock();
        try {
            fault = what;
        } finally {
            lock.unlock();
        }
    }

    /** @return false when nothing came for a second */
    private boolean waitForMore() {
        lock.lock();
        try {
            boolean something = poked || closing || moved.await(1, TimeUnit.SECONDS) || poked;
            poked = false;
            return something;
        } catch (InterruptedException e) {
            closing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void restUnlessWanted(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !closing && wanted <= reached) left = moved.awaitNanos(left);
        } catch (InterruptedException e) {
            closing = true;
        } finally {
            lock.unlock();
        }
    }

    private void rest(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !closing) left = moved.awaitNanos(left);
        } catch (InterruptedException e) {
            closing = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // no interrupt: it would close the files that the projection's store has open
        closing = true;
        poke();
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader.shutdown();
    }
}
