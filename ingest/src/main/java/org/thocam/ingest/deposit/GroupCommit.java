package org.thocam.ingest.deposit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemBusyException;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Version;

/**
 * Deposits in groups, so that many changes share the disk's confirmations: note the intents, write the versions, ask the disk to
 * keep them, note the outcomes, and only then acknowledge. One group after the other; an item is in a group once.
 *
 * <p>While a service that the archive or the log stands on is down, the changes under way wait for it, and those after them with them:
 * the queue is bounded.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int LARGEST = 256;
    private static final int MOST_TRIES = 5;
    private static final long PAUSE_MILLIS = 500;

    private final Archive archive;
    private final Supplier<ChangeLog> log;
    private final ChangeClock clock;
    private final Duration patience;
    private final Consumer<List<Snapshot>> deposited;
    private final BlockingQueue<Attempt> queue = new ArrayBlockingQueue<>(4 * LARGEST);
    private final ExecutorService writers;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Thread thread = new Thread(this::run, "thocam-commit");
    private volatile boolean closing;
    /** Items of which the archive may know more than the log. */
    private final Set<ItemId> unsettled = new HashSet<>();

    /** A change on its way into the archive. */
    private static final class Attempt {
        private final Prepared prepared;
        private final long since = System.nanoTime();
        private int tries;
        /** The time of each try: which version it is in the archive, if it got there, for no other has one of them. */
        private final Set<Instant> times = new HashSet<>();

        Attempt(Prepared prepared) {
            this.prepared = prepared;
        }

        ItemId id() {
            return prepared.id();
        }

        void fail(Throwable fault) {
            prepared.done().completeExceptionally(fault);
        }
    }

    /** The archive has a version that the log does not: it has to be settled before this change can be. */
    private static final class AheadException extends RuntimeException {
        private static final long serialVersionUID = 1;

        AheadException(StaleVersionException cause) {
            super(cause);
        }
    }

    /** @param patience how long a change waits for a service that is down */
    GroupCommit(
            Archive archive,
            Supplier<ChangeLog> log,
            ChangeClock clock,
            Duration patience,
            Consumer<List<Snapshot>> deposited) {
        this.archive = archive;
        this.log = log;
        this.clock = clock;
        this.patience = patience;
        this.deposited = deposited;
        this.writers = Executors.newFixedThreadPool(archive.atOnce(), task -> new Thread(task, "thocam-deposit"));
        thread.start();
    }

    void add(Prepared prepared) throws InterruptedException {
        if (closing) throw new ArchiveException("the archive is closing; item " + prepared.id() + " was not taken in");
        if (!queue.offer(new Attempt(prepared), patience.toMillis(), TimeUnit.MILLISECONDS))
            throw new ServiceUnavailableException("item " + prepared.id() + " was not taken in: " + 4 * LARGEST
                    + " changes wait before it, and none got on in " + patience.toSeconds()
                    + " s. Send it again later.");
    }

    /** Runs while no change is under way. */
    <T> T quiet(Supplier<T> work) {
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    private void run() {
        List<Attempt> next = new ArrayList<>();
        while (!(closing && queue.isEmpty() && next.isEmpty())) {
            try {
                if (next.isEmpty()) {
                    var first = queue.poll(50, TimeUnit.MILLISECONDS);
                    if (first == null) continue;
                    next.add(first);
                }
                queue.drainTo(next, Math.max(0, LARGEST - next.size()));
                next = commit(next);
            } catch (InterruptedException e) {
                closing = true;
            } catch (Error e) {
                LOG.error("a group of {} deposits was given up", next.size(), e);
                for (var attempt : next) {
                    attempt.fail(e);
                    unsettled.add(attempt.id());
                }
                next = new ArrayList<>();
            }
        }
    }

    /** @return what has to wait for the next group: its item is in this one, or a service is down */
    private List<Attempt> commit(List<Attempt> waiting) {
        Map<ItemId, Attempt> group = new LinkedHashMap<>();
        List<Attempt> later = new ArrayList<>();
        for (var attempt : waiting) if (group.putIfAbsent(attempt.id(), attempt) != null) later.add(attempt);
        List<Attempt> again = new ArrayList<>();
        turn.lock();
        try {
            settle();
            group.values().removeIf(this::arrived);
            if (!group.isEmpty()) commit(group, again);
        } catch (ItemBusyException e) {
            // nothing was noted, of none of them: those that nobody else has are tried without it
            for (var attempt : group.values())
                if (!attempt.id().equals(e.id())) again.add(attempt);
                else postpone(attempt, e, again);
        } catch (ServiceUnavailableException e) {
            unsettled.addAll(group.keySet());
            again.clear();
            for (var attempt : group.values()) if (!attempt.prepared.done().isDone()) postpone(attempt, e, again);
        } catch (RuntimeException e) {
            unsettled.addAll(group.keySet());
            again.clear();
            LOG.error("{} deposits were not acknowledged: {}", group.size(), e.getMessage(), e);
            group.values().forEach(attempt -> attempt.fail(e));
        } finally {
            turn.unlock();
        }
        if (!again.isEmpty()) pause();
        again.addAll(later);
        return again;
    }

    private void commit(Map<ItemId, Attempt> group, List<Attempt> again) {
        clock.passed(log.get().intend(group.keySet()));
        var broken = new HashSet<ItemId>();
        var written = write(group.values(), broken, again);
        // what failed keeps its intent: it is looked at again before the next group, or when the home is opened
        unsettled.addAll(broken);
        var outcomes = new HashSet<>(group.keySet());
        outcomes.removeAll(broken);
        if (!written.isEmpty())
            archive.flush(written.keySet().stream()
                    .map(Snapshot::change)
                    .map(Change::id)
                    .toList());
        var snapshots = new ArrayList<>(written.keySet());
        snapshots.sort(Comparator.comparing(snapshot -> snapshot.change().at()));
        var placed = log.get().record(snapshots.stream().map(Snapshot::change).toList(), outcomes);
        for (int i = 0; i < placed.size(); i++)
            snapshots.set(
                    i,
                    new Snapshot(
                            placed.get(i),
                            snapshots.get(i).holding(),
                            snapshots.get(i).text()));
        deposited.accept(snapshots);
        written.forEach((snapshot, attempt) -> attempt.prepared
                .done()
                .complete(attempt.prepared.receiptFor(snapshot.change().version())));
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private void postpone(Attempt attempt, ServiceUnavailableException why, List<Attempt> again) {
        if (closing || System.nanoTime() - attempt.since > patience.toNanos()) {
            LOG.error("item {} was not acknowledged: {}", attempt.id(), why.getMessage());
            attempt.fail(why);
            return;
        }
        if (attempt.tries++ == 0) LOG.warn("item {} waits: {}", attempt.id(), why.getMessage());
        again.add(attempt);
    }

    /** Whether an attempt whose end nobody heard of got there after all; it is acknowledged then. */
    private boolean arrived(Attempt attempt) {
        if (attempt.times.isEmpty()) return false;
        for (var version : versions(attempt)) {
            if (!attempt.times.contains(version.at())) continue;
            deposited.accept(List.of());
            attempt.prepared.done().complete(attempt.prepared.receiptFor(version.version()));
            return true;
        }
        return false;
    }

    /** Those after the one that it was prepared over: an earlier one that is damaged is no reason to refuse a change. */
    private List<Archived> versions(Attempt attempt) {
        var later = new ArrayList<Archived>();
        var id = attempt.id();
        for (var next = archive.read(id, attempt.prepared.seen().next());
                next.isPresent();
                next = archive.read(id, next.get().version().next())) later.add(next.get());
        return later;
    }

    private Map<Snapshot, Attempt> write(Collection<Attempt> group, Set<ItemId> broken, List<Attempt> again) {
        // one alone is written here and now: it would only wait for the other thread to wake
        Executor here = group.size() == 1 ? Runnable::run : writers;
        var running = new LinkedHashMap<Attempt, Future<Snapshot>>();
        for (var attempt : group) {
            var at = clock.next();
            attempt.times.add(at);
            var task = new FutureTask<>(() -> write(attempt.prepared, at));
            here.execute(task);
            running.put(attempt, task);
        }
        var written = new LinkedHashMap<Snapshot, Attempt>();
        running.forEach((attempt, future) -> {
            try {
                written.put(future.get(), attempt);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                broken.add(attempt.id());
                attempt.fail(new ArchiveException("interrupted while item " + attempt.id() + " was written", e));
            } catch (ExecutionException e) {
                var fault = e.getCause();
                if (!(fault instanceof StaleVersionException || fault instanceof MovedException))
                    broken.add(attempt.id());
                if (fault instanceof ServiceUnavailableException down) postpone(attempt, down, again);
                else if (fault instanceof AheadException && attempt.tries++ < MOST_TRIES) again.add(attempt);
                else attempt.fail(fault instanceof AheadException ? fault.getCause() : fault);
            }
        });
        return written;
    }

    private Snapshot write(Prepared prepared, Instant at) {
        var id = prepared.id();
        var head = log.get().headOf(id);
        var there = head.map(Change::version).orElse(Version.NONE);
        var basis = prepared.basis().orElse(there);
        if (!basis.equals(there)) throw new StaleVersionException(id, basis, there);
        if (prepared.basis().isEmpty() && !prepared.seen().equals(there)) throw new MovedException(id);
        try {
            var version =
                    archive.deposit(new Deposit(prepared.holding(), basis, at, prepared.agent(), prepared.contents()));
            var change = Change.of(new Archived(version, at, prepared.agent(), prepared.holding()));
            return new Snapshot(change, prepared.holding(), prepared.text());
        } catch (StaleVersionException e) {
            throw new AheadException(e);
        } catch (ServiceUnavailableException e) {
            throw e;
        } catch (ArchiveException e) {
            try {
                for (var done : archive.repair(id, there)) LOG.warn("{}", done);
            } catch (ArchiveException failed) {
                e.addSuppressed(failed);
            }
            throw e;
        }
    }

    /** After a failure between writing and noting, the archive may know more than the log: bring them together first. */
    private void settle() {
        if (unsettled.isEmpty()) return;
        // who took this engine for gone may have settled them before their last version came
        clock.passed(log.get().intend(unsettled));
        new OpenIntents(archive, log.get(), clock).settle();
        unsettled.clear();
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writers.shutdown();
        for (var left = queue.poll(); left != null; left = queue.poll())
            left.fail(new ArchiveException("the archive was closed before item " + left.id() + " was taken in"));
    }
}
