package org.thocam.ingest.deposit;

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
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Version;

/**
 * Deposits in groups, so that many changes share the disk's confirmations: note the intents, write the versions, ask the disk to
 * keep them, note the outcomes, and only then acknowledge. One group after the other; an item is in a group once.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int LARGEST = 256;

    private final Archive archive;
    private final Supplier<ChangeLog> log;
    private final ChangeClock clock;
    private final Consumer<List<Snapshot>> deposited;
    private final BlockingQueue<Prepared> queue = new ArrayBlockingQueue<>(4 * LARGEST);
    private final ExecutorService writers;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Thread thread = new Thread(this::run, "thocam-commit");
    private volatile boolean closing;
    private boolean unsettled;

    GroupCommit(Archive archive, Supplier<ChangeLog> log, ChangeClock clock, Consumer<List<Snapshot>> deposited) {
        this.archive = archive;
        this.log = log;
        this.clock = clock;
        this.deposited = deposited;
        this.writers = Executors.newFixedThreadPool(archive.atOnce(), task -> new Thread(task, "thocam-deposit"));
        thread.start();
    }

    void add(Prepared prepared) throws InterruptedException {
        if (closing) throw new ArchiveException("the archive is closing; item " + prepared.id() + " was not taken in");
        queue.put(prepared);
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
        List<Prepared> next = new ArrayList<>();
        while (!(closing && queue.isEmpty() && next.isEmpty())) {
            try {
                if (next.isEmpty()) {
                    var first = queue.poll(50, TimeUnit.MILLISECONDS);
                    if (first == null) continue;
                    next.add(first);
                }
                queue.drainTo(next, LARGEST - next.size());
                next = commit(next);
            } catch (InterruptedException e) {
                closing = true;
            } catch (Error e) {
                LOG.error("a group of {} deposits was given up", next.size(), e);
                for (var prepared : next) prepared.done().completeExceptionally(e);
                next = new ArrayList<>();
                unsettled = true;
            }
        }
    }

    /** @return what has to wait for the next group, because its item is in this one */
    private List<Prepared> commit(List<Prepared> waiting) {
        Map<ItemId, Prepared> group = new LinkedHashMap<>();
        List<Prepared> later = new ArrayList<>();
        for (var prepared : waiting) if (group.putIfAbsent(prepared.id(), prepared) != null) later.add(prepared);
        turn.lock();
        try {
            settle();
            clock.passed(log.get().intend(group.keySet()));
            var broken = new HashSet<ItemId>();
            var written = write(group.values(), broken);
            // what failed keeps its intent: it is looked at again before the next group, or when the home is opened
            unsettled = !broken.isEmpty();
            var outcomes = new HashSet<>(group.keySet());
            outcomes.removeAll(broken);
            try {
                if (!written.isEmpty())
                    archive.flush(written.keySet().stream()
                            .map(Snapshot::change)
                            .map(Change::id)
                            .toList());
                var snapshots = new ArrayList<>(written.keySet());
                snapshots.sort(
                        Comparator.comparing(snapshot -> snapshot.change().at()));
                var placed = log.get()
                        .record(snapshots.stream().map(Snapshot::change).toList(), outcomes);
                for (int i = 0; i < placed.size(); i++)
                    snapshots.set(
                            i,
                            new Snapshot(
                                    placed.get(i),
                                    snapshots.get(i).holding(),
                                    snapshots.get(i).text()));
                deposited.accept(snapshots);
                written.forEach((snapshot, prepared) -> prepared.done()
                        .complete(prepared.receiptFor(snapshot.change().version())));
            } catch (RuntimeException e) {
                unsettled = true;
                throw e;
            }
        } catch (RuntimeException e) {
            LOG.error("{} deposits were not acknowledged: {}", group.size(), e.getMessage(), e);
            group.values().forEach(prepared -> prepared.done().completeExceptionally(e));
        } finally {
            turn.unlock();
        }
        return later;
    }

    private Map<Snapshot, Prepared> write(Collection<Prepared> group, Set<ItemId> broken) {
        // one alone is written here and now: it would only wait for the other thread to wake
        Executor here = group.size() == 1 ? Runnable::run : writers;
        var running = new LinkedHashMap<Prepared, Future<Snapshot>>();
        for (var prepared : group) {
            var at = clock.next();
            var task = new FutureTask<>(() -> write(prepared, at));
            here.execute(task);
            running.put(prepared, task);
        }
        var written = new LinkedHashMap<Snapshot, Prepared>();
        running.forEach((prepared, future) -> {
            try {
                var snapshot = future.get();
                written.put(snapshot, prepared);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                prepared.done()
                        .completeExceptionally(
                                new ArchiveException("interrupted while item " + prepared.id() + " was written", e));
            } catch (java.util.concurrent.ExecutionException e) {
                if (!(e.getCause() instanceof StaleVersionException)) broken.add(prepared.id());
                prepared.done().completeExceptionally(e.getCause());
            }
        });
        return written;
    }

    private Snapshot write(Prepared prepared, java.time.Instant at) {
        var id = prepared.id();
        var head = log.get().headOf(id);
        var there = head.map(Change::version).orElse(Version.NONE);
        var basis = prepared.basis().orElse(there);
        if (!basis.equals(there)) throw new StaleVersionException(id, basis, there);
        try {
            var version =
                    archive.deposit(new Deposit(prepared.holding(), basis, at, prepared.agent(), prepared.contents()));
            var change = Change.of(new org.thocam.ontology.Archived(version, at, prepared.agent(), prepared.holding()));
            return new Snapshot(change, prepared.holding(), prepared.text());
        } catch (ArchiveException e) {
            try {
                for (var done : archive.repair(id, there)) LOG.warn("{}", done);
            } catch (ArchiveException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** After a failure between writing and noting, the archive may know more than the log: bring them together first. */
    private void settle() {
        if (!unsettled) return;
        new OpenIntents(archive, log.get(), clock).settle();
        unsettled = false;
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
            left.done()
                    .completeExceptionally(
                            new ArchiveException("the archive was closed before item " + left.id() + " was taken in"));
    }
}
