package org.thocam.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.FeedEntry;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Viewer;

/** The change log's contract kept in memory. */
public final class MemoryLog implements ChangeLog {
    private final List<Change> changes = new ArrayList<>();
    private final TreeMap<ItemId, List<Change>> items = new TreeMap<>();
    private final TreeMap<ItemId, List<Change>> parts = new TreeMap<>();

    @Override
    public String generation() {
        return "memory";
    }

    @Override
    public synchronized long last() {
        return changes.size();
    }

    @Override
    public synchronized Instant lastAt() {
        return changes.isEmpty() ? Instant.EPOCH : last(changes).at();
    }

    @Override
    public Instant intend(Collection<ItemId> ids) {
        return lastAt();
    }

    @Override
    public void announce(int edition, Instant at) {}

    @Override
    public void announceToAll(int edition, Instant at) {}

    @Override
    public Optional<Announcement> announced() {
        return Optional.empty();
    }

    @Override
    public void announceAs(Announcement other) {}

    @Override
    public void listen(Runnable changed) {}

    @Override
    public List<ItemId> openIntents() {
        return List.of();
    }

    @Override
    public synchronized List<Change> record(List<Change> these, Collection<ItemId> intents) {
        var placed = new ArrayList<Change>();
        for (var change : these) {
            var at = change.at(changes.size() + 1L);
            changes.add(at);
            (at.isPart() ? parts : items)
                    .computeIfAbsent(at.id(), any -> new ArrayList<>())
                    .add(at);
            placed.add(at);
        }
        return placed;
    }

    @Override
    public synchronized List<Change> after(long seq, int limit) {
        return changes.stream().skip(seq).limit(limit).toList();
    }

    @Override
    public synchronized Optional<Change> headOf(ItemId id) {
        return Optional.ofNullable((id.isPart() ? parts : items).get(id)).map(MemoryLog::last);
    }

    @Override
    public synchronized List<Change> heads(ItemId after, int limit) {
        var rest = after == null ? items : items.tailMap(after, false);
        return rest.values().stream().map(MemoryLog::last).limit(limit).toList();
    }

    @Override
    public synchronized List<Change> partsOf(ItemId whole, String afterPartName, int limit) {
        return parts.values().stream()
                .map(MemoryLog::last)
                .filter(change -> change.id().whole().equals(whole))
                .filter(change -> change.id().partName().compareTo(afterPartName) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Change> parts(ItemId after, int limit) {
        var rest = after == null ? parts : parts.tailMap(after, false);
        return rest.values().stream().map(MemoryLog::last).limit(limit).toList();
    }

    @Override
    public synchronized long items() {
        return items.values().stream()
                .map(MemoryLog::last)
                .filter(change -> change.kind() == Change.Kind.DEPOSITED)
                .count();
    }

    @Override
    public Instant horizon(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public synchronized List<FeedEntry> feed(FeedQuery query, Instant now) {
        return matching(query, now)
                .filter(entry -> query.after().isEmpty()
                        || ORDER.compare(entry.key(), query.after().get()) > 0)
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized Optional<FeedEntry> feedEntry(ItemId id, Instant now) {
        return entries(now).filter(entry -> entry.id().equals(id)).findFirst();
    }

    @Override
    public synchronized long feedSize(FeedQuery query, Instant now) {
        return matching(query, now).count();
    }

    @Override
    public synchronized List<String> sets(Instant now) {
        var sets = new TreeSet<String>();
        entries(now).forEach(entry -> entry.sets().forEach(set -> {
            for (int colon = set.indexOf(':'); colon >= 0; colon = set.indexOf(':', colon + 1))
                sets.add(set.substring(0, colon));
            sets.add(set);
        }));
        return List.copyOf(sets);
    }

    @Override
    public synchronized Optional<Instant> earliest(Instant now) {
        return entries(now).map(FeedEntry::datestamp).min(Comparator.naturalOrder());
    }

    @Override
    public synchronized List<Change> notOpen() {
        return items.values().stream()
                .map(MemoryLog::last)
                .filter(change -> !(change.access() instanceof Access.Open))
                .toList();
    }

    @Override
    public void close() {}

    private static final Comparator<FeedQuery.Key> ORDER =
            Comparator.comparing(FeedQuery.Key::datestamp).thenComparing(FeedQuery.Key::id);

    private static Change last(List<Change> of) {
        return of.get(of.size() - 1);
    }

    private Stream<FeedEntry> matching(FeedQuery query, Instant now) {
        return entries(now)
                .filter(entry -> query.from().isEmpty()
                        || !entry.datestamp().isBefore(query.from().get()))
                .filter(entry -> query.until().isEmpty()
                        || !entry.datestamp().isAfter(query.until().get()))
                .filter(entry -> query.set().isEmpty()
                        || entry.sets().stream()
                                .anyMatch(set -> set.equals(query.set().get())
                                        || set.startsWith(query.set().get() + ":")))
                .sorted(Comparator.comparing(FeedEntry::key, ORDER));
    }

    private Stream<FeedEntry> entries(Instant now) {
        return items.values().stream().flatMap(history -> entry(history, now).stream());
    }

    private static Optional<FeedEntry> entry(List<Change> history, Instant now) {
        var head = last(history);
        boolean open = head.kind() == Change.Kind.DEPOSITED && head.access().allows(Viewer.ANYBODY, now);
        if (open) {
            var opened = head.access().openFrom().truncatedTo(ChronoUnit.SECONDS);
            var stamp = opened.isAfter(head.datestamp()) ? opened : head.datestamp();
            return Optional.of(new FeedEntry(head.id(), head.version(), stamp, false, head.sets()));
        }
        boolean wasPublic = false;
        for (int i = 0; i + 1 < history.size(); i++)
            wasPublic |= history.get(i).kind() == Change.Kind.DEPOSITED
                    && history.get(i)
                            .access()
                            .allows(Viewer.ANYBODY, history.get(i + 1).at());
        return wasPublic
                ? Optional.of(new FeedEntry(head.id(), head.version(), head.datestamp(), true, head.sets()))
                : Optional.empty();
    }
}
