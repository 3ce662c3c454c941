package org.thocam.ingest.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Intake;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;
import org.thocam.ontology.entity.FaultyEntitiesException;
import org.thocam.ontology.queue.JobFault;

/**
 * Takes what is queued in: each thread a batch at a time, so that deposits share the disk's confirmations. What somebody may have died of
 * is worked on alone, with nothing else of the queue under way in this engine.
 */
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int BATCH = 50;
    private static final long POLL_MILLIS = 1_000;
    private static final long TIDY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final SqlJobQueue queue;
    private final Intake intake;
    private final Function<ItemId, Optional<Archived>> heads;
    private final Settings settings;
    private final List<Thread> threads = new ArrayList<>();
    /** Shared by those that work on a batch; had alone by who works on a suspect. */
    private final ReentrantReadWriteLock suspicion = new ReentrantReadWriteLock(true);

    private final AtomicLong folders = new AtomicLong();
    private final Object bell = new Object();
    private long rung;
    private volatile boolean closing;

    /**
     * @param threads that work beside each other
     * @param mayTake how long one job may take; after that it is an attempt that failed
     * @param folder for the files of jobs that are worked on; emptied here
     */
    public record Settings(int threads, Duration mayTake, Path folder) {
        public Settings {
            if (threads < 1 || threads > 64) throw new IllegalArgumentException(threads + " threads: want 1 to 64");
        }

        /** An hour: a job may have thousands of files, each with its own limit. */
        public Settings(int threads, Path folder) {
            this(threads, Duration.ofHours(1), folder);
        }
    }

    private Workers(SqlJobQueue queue, Intake intake, Function<ItemId, Optional<Archived>> heads, Settings settings) {
        this.queue = queue;
        this.intake = intake;
        this.heads = heads;
        this.settings = settings;
    }

    /** @param heads what the archive has now of an item that the intake deposits in it */
    public static Workers start(
            SqlJobQueue queue, Intake intake, Function<ItemId, Optional<Archived>> heads, Settings settings)
            throws IOException {
        empty(settings.folder());
        var workers = new Workers(queue, intake, heads, settings);
        queue.listen(workers::wake);
        for (int n = 0; n < settings.threads(); n++) {
            boolean first = n == 0;
            workers.threads.add(new Thread(() -> workers.run(first), "thocam-work-" + n));
        }
        workers.threads.forEach(Thread::start);
        return workers;
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var left = Files.walk(folder)) {
            for (var path : left.sorted(java.util.Comparator.reverseOrder()).toList())
                if (!path.equals(folder)) Files.delete(path);
        }
    }

    /** There is something to do. */
    public void wake() {
        synchronized (bell) {
            rung++;
            bell.notifyAll();
        }
    }

    /** @param first of the threads: it also looks after what others left behind */
    private void run(boolean first) {
        long tidied = System.nanoTime();
        long released = System.nanoTime();
        int failures = 0;
        while (!closing) {
            long heard;
            synchronized (bell) {
                heard = rung;
            }
            try {
                if (first && System.nanoTime() - released > TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS)) {
                    queue.release();
                    released = System.nanoTime();
                }
                if (first && System.nanoTime() - tidied > TIDY_NANOS) {
                    queue.tidy();
                    tidied = System.nanoTime();
                }
                var round = first && queue.suspects() ? suspect() : Round.NOTHING;
                // a suspect may have to wait for another job of its item; others need not
                if (round == Round.NOTHING) round = batch();
                failures = round == Round.UNAVAILABLE ? failures + 1 : 0;
                if (round == Round.UNAVAILABLE) rest(heard, pause(failures));
                else if (round == Round.NOTHING) rest(heard, POLL_MILLIS);
            } catch (RuntimeException | Error e) {
                failures++;
                if (failures == 1 || !known(e)) LOG.warn("the queue waits: {}", e.getMessage(), known(e) ? null : e);
                rest(-1, pause(failures));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean known(Throwable e) {
        return e instanceof ServiceUnavailableException;
    }

    private static long pause(int failures) {
        return Math.min(LONGEST_PAUSE_MILLIS, 250L << Math.min(failures, 10));
    }

    private void rest(long heard, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (bell) {
            try {
                for (long left = millis; !closing && left > 0 && (heard < 0 || rung == heard); ) {
                    bell.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                }
            } catch (InterruptedException e) {
                closing = true;
            }
        }
    }

    private enum Round {
        NOTHING,
        SOMETHING,
        /** A service is down. */
        UNAVAILABLE
    }

    private Round batch() throws InterruptedException {
        suspicion.readLock().lockInterruptibly();
        try {
            return work(queue.claim(BATCH, false));
        } finally {
            suspicion.readLock().unlock();
        }
    }

    /** It is claimed, and so counted, only once nothing else is under way that could be what kills this engine. */
    private Round suspect() throws InterruptedException {
        suspicion.writeLock().lockInterruptibly();
        try {
            return work(queue.claim(1, true));
        } finally {
            suspicion.writeLock().unlock();
        }
    }

    private Round work(List<Claimed> batch) throws InterruptedException {
        if (batch.isEmpty()) return Round.NOTHING;
        Map<Claimed, Outcome> outcomes = new LinkedHashMap<>();
        var folder = settings.folder().resolve(String.valueOf(folders.incrementAndGet()));
        boolean left = false;
        try {
            Files.createDirectories(folder);
            var underWay = new LinkedHashMap<Claimed, CompletableFuture<Outcome>>();
            for (var job : batch) underWay.put(job, closing ? later("this engine ends") : begun(job, folder));
            long end = System.nanoTime() + settings.mayTake().toNanos();
            for (var entry : underWay.entrySet()) {
                var outcome = outcome(entry.getValue(), end);
                left |= outcome instanceof Outcome.Lost;
                outcomes.put(entry.getKey(), outcome);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written to: {}", folder, e.getMessage());
        } finally {
            for (var job : batch)
                outcomes.putIfAbsent(job, new Outcome.Later("this engine could not begin to work on it", !closing));
            note(outcomes);
            // what is still read by somebody who takes too long stays until the next start
            if (!left) remove(folder);
        }
        boolean down = outcomes.values().stream().anyMatch(outcome -> outcome instanceof Outcome.Later);
        return down ? Round.UNAVAILABLE : Round.SOMETHING;
    }

    private static CompletableFuture<Outcome> later(String reason) {
        return CompletableFuture.completedFuture(new Outcome.Later(reason, false));
    }

    private CompletableFuture<Outcome> begun(Claimed job, Path folder) {
        try {
            var order = Order.read(job.record(), job.id());
            var paths = queue.files(job, order.files().size(), folder);
            var files = new ArrayList<Submission.Upload>();
            for (int n = 0; n < paths.size(); n++)
                files.add(new Submission.Upload(order.files().get(n), paths.get(n)));
            var submission = new Submission(order.item(), order.text(), files, job.place());
            return taken(submission, job)
                    .handle((receipt, fault) -> fault == null ? outcome(receipt) : outcome(job, unwrapped(fault)));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return CompletableFuture.completedFuture(outcome(job, e));
        }
    }

    private CompletableFuture<Receipt> taken(Submission submission, Claimed job) {
        if (!job.isNew()) return intake.take(submission, Optional.empty(), job.agent());
        return intake.take(submission, Optional.of(Version.NONE), job.agent())
                .handle((receipt, fault) -> {
                    if (fault == null) return CompletableFuture.completedFuture(receipt);
                    // an attempt before this one may have got there, and died before it was noted
                    if (unwrapped(fault) instanceof StaleVersionException && isThere(submission))
                        return intake.take(submission, Optional.empty(), job.agent());
                    return CompletableFuture.<Receipt>failedFuture(unwrapped(fault));
                })
                .thenCompose(receipt -> receipt);
    }

    private boolean isThere(Submission submission) {
        try {
            var digest = submission.digest();
            return heads.apply(submission.item().id())
                    .filter(head ->
                            head.holding() instanceof Item item && item.digest().equals(digest))
                    .isPresent();
        } catch (IOException e) {
            throw new ArchiveException(submission.place() + " could not be read: " + e.getMessage(), e);
        }
    }

    private static Throwable unwrapped(Throwable fault) {
        return fault instanceof java.util.concurrent.CompletionException && fault.getCause() != null
                ? fault.getCause()
                : fault;
    }

    private static Outcome outcome(Receipt receipt) {
        return receipt.version().equals(Version.NONE)
                ? new Outcome.Failed(JobFault.REFUSED, receipt.reason())
                : new Outcome.Done(receipt);
    }

    private Outcome outcome(Claimed job, Throwable fault) {
        var reason = String.valueOf(fault.getMessage());
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (closing || cause instanceof ServiceUnavailableException) return new Outcome.Later(reason, !closing);
            if (cause instanceof IOException full
                    && String.valueOf(full.getMessage()).contains("No space left"))
                return new Outcome.Later(reason, true);
        }
        if (fault instanceof StaleVersionException)
            return new Outcome.Failed(JobFault.TAKEN, "there is an item of this id that says something else");
        if (fault instanceof FaultyEntitiesException) return new Outcome.Failed(JobFault.INVALID, reason);
        LOG.error("job {} failed: {}", job.id(), reason, fault);
        return new Outcome.Failed(
                fault instanceof IllegalArgumentException ? JobFault.REFUSED : JobFault.BROKEN, reason);
    }

    private Outcome outcome(CompletableFuture<Outcome> future, long end) throws InterruptedException {
        try {
            return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Outcome.Lost("it took longer than " + settings.mayTake());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome failed", e.getCause());
        }
    }

    /** Until it is noted: else it would be done again. When this engine ends, others do it again, and nothing changes. */
    private void note(Map<Claimed, Outcome> outcomes) {
        for (int failures = 1; ; failures++) {
            try {
                queue.note(outcomes);
                return;
            } catch (ArchiveException e) {
                if (closing) {
                    LOG.warn("what became of {} jobs was not noted: {}", outcomes.size(), e.getMessage());
                    return;
                }
                if (failures == 1)
                    LOG.warn("what became of {} jobs is not noted yet: {}", outcomes.size(), e.getMessage());
                rest(-1, pause(failures));
            }
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) Files.delete(file);
            Files.delete(folder);
        } catch (IOException e) {
            LOG.warn("{} was not removed; it is at the next start: {}", folder, e.getMessage());
        }
    }

    /** Ends soon: what is under way is finished, nothing more is begun. */
    public void takeNoMore() {
        closing = true;
        wake();
    }

    /** Waits for what is under way. Where a service may be down, let the intake end between {@link #takeNoMore} and this: it waits for it. */
    @Override
    public void close() {
        takeNoMore();
        boolean interrupted = false;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
