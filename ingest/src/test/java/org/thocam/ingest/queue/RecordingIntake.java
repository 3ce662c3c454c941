package org.thocam.ingest.queue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Content;
import org.thocam.ontology.Holding;
import org.thocam.ontology.Intake;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;

/** Keeps what an intake promises, in memory, and notes what no queue may do: two of one item at once, or a later one before an earlier. */
final class RecordingIntake implements Intake, AutoCloseable {
    private final Map<ItemId, List<String>> versions = new HashMap<>();
    private final Map<ItemId, Integer> last = new HashMap<>();
    private final Map<ItemId, String> underWay = new ConcurrentHashMap<>();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final Random random;
    private final int mostMillis;
    private volatile RuntimeException fault;

    RecordingIntake(long seed, int mostMillis) {
        this.random = new Random(seed);
        this.mostMillis = mostMillis;
    }

    void failWith(RuntimeException with) {
        fault = with;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized int versions(ItemId id) {
        return versions.getOrDefault(id, List.of()).size();
    }

    synchronized int versions() {
        return versions.values().stream().mapToInt(List::size).sum();
    }

    Optional<Archived> head(ItemId id) {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<Receipt> take(Submission submission, Optional<Version> basis, String agent) {
        var id = submission.item().id();
        if (fault != null) return CompletableFuture.failedFuture(fault);
        var other = underWay.putIfAbsent(id, submission.place());
        if (other != null) violations.add(submission.place() + " of " + id + " while " + other + " is under way");
        var future = new CompletableFuture<Receipt>();
        int millis;
        synchronized (this) {
            millis = mostMillis == 0 ? 0 : random.nextInt(mostMillis);
        }
        Runnable end = () -> {
            try {
                var receipt = deposited(submission, basis);
                underWay.remove(id);
                future.complete(receipt);
            } catch (RuntimeException e) {
                underWay.remove(id);
                future.completeExceptionally(e);
            }
        };
        if (mostMillis == 0) end.run();
        else timer.schedule(end, millis, TimeUnit.MILLISECONDS);
        return future;
    }

    private synchronized Receipt deposited(Submission submission, Optional<Version> basis) {
        var id = submission.item().id();
        var all = versions.computeIfAbsent(id, key -> new ArrayList<>());
        if (basis.isPresent() && basis.get().number() != all.size())
            throw new StaleVersionException(id, basis.get(), new Version(all.size()));
        String digest;
        try {
            digest = submission.digest();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        int number = Integer.parseInt(submission.place().replaceFirst(".*#", ""));
        int before = last.getOrDefault(id, -1);
        if (number < before) violations.add("#" + number + " of " + id + " after #" + before);
        last.put(id, number);
        if (!all.isEmpty() && all.get(all.size() - 1).equals(digest))
            return new Receipt(submission.place(), id, new Version(all.size()), "unchanged", "");
        all.add(digest);
        return new Receipt(submission.place(), id, new Version(all.size()), "ok", "");
    }

    @Override
    public CompletableFuture<Receipt> keep(
            Holding holding, Map<String, Content> contents, Optional<Version> basis, String agent) {
        throw new UnsupportedOperationException("the queue keeps no parts");
    }

    @Override
    public CompletableFuture<Receipt> withdraw(ItemId id, Optional<Version> basis, String reason, String agent) {
        throw new UnsupportedOperationException("the queue withdraws nothing");
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
