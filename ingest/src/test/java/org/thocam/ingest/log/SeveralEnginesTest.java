package org.thocam.ingest.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ingest.deposit.ChangeClock;
import org.thocam.ontology.Access;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Version;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.services.PostgresService;

/** Two to four engines on one log. */
class SeveralEnginesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static PostgresService server;

    private final String schema = "t" + UUID.randomUUID().toString().replace("-", "");
    private final List<SqlChangeLog> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = PostgresService.ofTheseTests();
    }

    private PostgresDatabase database(PostgresService of) {
        return PostgresDatabase.open(new PostgresDatabase.Settings(
                of.jdbcUrl(), of.user(), of.password(), schema, 3, Duration.ofSeconds(10)));
    }

    private SqlChangeLog open(PostgresService of, Duration patience) {
        var log = SqlChangeLog.open(database(of), patience);
        opened.add(log);
        return log;
    }

    private SqlChangeLog open() {
        return open(server, PATIENCE);
    }

    @AfterEach
    void close() {
        opened.forEach(SqlChangeLog::close);
    }

    private static ItemId id(String value) {
        return new ItemId(value);
    }

    private static List<ItemId> ids(String... values) {
        return List.of(values).stream().map(ItemId::new).toList();
    }

    @Test
    void anIntentKeepsTheOthersAwayAllOrNothing() {
        var one = open();
        var other = open(server, Duration.ofMillis(300));
        one.intend(ids("b"));
        var refused = assertThrows(ServiceUnavailableException.class, () -> other.intend(ids("a", "b", "c")));
        assertTrue(refused.getMessage().contains("item b is under way in another engine"), refused.getMessage());
        assertEquals(List.of(), other.openIntents());
        one.intend(ids("a", "c"));
        assertEquals(ids("a", "b", "c"), one.openIntents());
        one.record(List.of(), ids("a", "b"));
        other.intend(ids("a", "b"));
        assertEquals(ids("c"), one.openIntents());
    }

    @Test
    void whoWaitsGoesOnWhenTheOtherHasRecorded() throws Exception {
        var one = open();
        var other = open();
        var at = one.intend(ids("a"));
        var since = new AtomicReference<Instant>();
        var waiting = new Thread(() -> since.set(other.intend(ids("a"))));
        waiting.start();
        TimeUnit.MILLISECONDS.sleep(200);
        assertEquals(null, since.get());
        var far = at.plusSeconds(100);
        one.record(List.of(Samples.change("a", 1, far, Access.OPEN, List.of())), ids("a"));
        waiting.join();
        assertEquals(far, since.get(), "its changes come after those before");
        assertEquals(new Version(1), other.headOf(id("a")).orElseThrow().version());
    }

    @Test
    void theHorizonIsThatOfAllEngines() {
        var one = open();
        var other = open();
        var since = one.intend(ids("a"));
        var later = Instant.now().plusSeconds(3600);
        assertFalse(other.horizon(later).isAfter(since));
        one.record(List.of(), ids("a"));
        assertTrue(
                other.horizon(later).isBefore(later.minusSeconds(1800)),
                "by the database's clock, not by the caller's");
    }

    @Test
    void whatAnEngineLeftIsExactlyOneOthers() throws Exception {
        var gone = open();
        gone.intend(ids("a", "b"));
        var one = open();
        var other = open();
        assertEquals(List.of(), one.openIntents());
        gone.close();
        var found = new ConcurrentHashMap<SqlChangeLog, List<ItemId>>();
        var askers = List.of(one, other).stream()
                .map(log -> new Thread(() -> found.put(log, log.openIntents())))
                .toList();
        askers.forEach(Thread::start);
        for (var asker : askers) asker.join();
        assertEquals(
                ids("a", "b"),
                found.values().stream().flatMap(List::stream).sorted().toList());
        assertTrue(found.values().stream().anyMatch(List::isEmpty), found.toString());
        assertEquals(List.of(), found.get(one).isEmpty() ? one.openIntents() : other.openIntents());
    }

    @Test
    void whatAnEngineLeftIsLookedAtBeforeItIsIntendedAgain() {
        var gone = open();
        gone.intend(ids("a", "b"));
        gone.close();
        var other = open();
        assertThrows(ServiceUnavailableException.class, () -> other.intend(ids("b", "c")));
        assertEquals(ids("a", "b"), other.openIntents());
        other.record(List.of(), ids("a", "b"));
        other.intend(ids("b", "c"));
        assertEquals(ids("b", "c"), other.openIntents());
    }

    @Test
    void anEngineThatLostItsSessionKeepsItsIntents() {
        var one = open();
        var other = open(server, Duration.ofSeconds(3));
        var at = one.intend(ids("a"));
        cutAll();
        assertThrows(ServiceUnavailableException.class, () -> other.intend(ids("a")));
        assertEquals(List.of(), other.openIntents());
        one.record(List.of(Samples.change("a", 1, at, Access.OPEN, List.of())), ids("a"));
        other.intend(ids("a"));
    }

    /** Ends every connection that our engines have. */
    private void cutAll() {
        try (var database = database(server)) {
            database.read(
                    "SELECT COUNT(pg_terminate_backend(pid, 2000)) FROM pg_stat_activity WHERE application_name = 'thocam' AND pid <> pg_backend_pid()",
                    rows -> rows.next());
        }
    }

    @Test
    void aChangeThatComesAfterItsIntentWasTakenOverIsToldAsOfNow() {
        var slow = open();
        var at = slow.intend(ids("a"));
        var other = open();
        // as if the server had found it gone while it was writing
        try (var database = database(server)) {
            database.write(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.executeUpdate("DELETE FROM intent");
                }
            });
        }
        var longAgo = at.minusSeconds(500);
        var change = Samples.change("a", 1, longAgo, Access.OPEN, List.of());
        slow.record(List.of(change), ids("a"));
        assertEquals(change.at(1), other.headOf(id("a")).orElseThrow());
        assertFalse(other.feedEntry(id("a"), Instant.now().plusSeconds(9))
                .orElseThrow()
                .datestamp()
                .isBefore(at.minusSeconds(1)));
    }

    @Test
    void theOthersHearOfAChange() throws Exception {
        var one = open();
        var other = open();
        var heard = new Semaphore(0);
        other.listen(heard::release);
        for (int n = 1; n <= 3; n++) {
            one.record(List.of(Samples.change("a", n, Instant.now(), Access.OPEN, List.of())), List.of());
            assertTrue(heard.tryAcquire(20, TimeUnit.SECONDS), "change " + n);
            heard.drainPermits();
            if (n == 2) cutAll();
        }
    }

    @Test
    void anAnnouncementIsMadeOnceAndHoldsTheHorizonBack() throws Exception {
        var one = open();
        var other = open();
        one.record(List.of(Samples.change("a", 1, Instant.now().minusSeconds(900), Access.OPEN, List.of())), List.of());
        one.announce(1, Instant.now());
        var before = Instant.now().minusSeconds(1);
        var both = List.of(one, other).stream()
                .map(log -> new Thread(() -> log.announce(2, before)))
                .toList();
        both.forEach(Thread::start);
        for (var thread : both) thread.join();
        assertEquals(one.announced(), other.announced());
        var at = one.announced().orElseThrow().at().orElseThrow();
        assertFalse(at.isBefore(before.minusSeconds(1)), at + " is before " + before);
        assertEquals(
                at.getEpochSecond(),
                one.feedEntry(id("a"), Instant.now().plusSeconds(9))
                        .orElseThrow()
                        .datestamp()
                        .getEpochSecond());
        assertEquals(List.of(), one.openIntents());
        assertEquals(List.of(), other.openIntents());
    }

    /** Versions by item: what an archive does that several engines write to. */
    private static final class Versions {
        private final Map<ItemId, List<Change>> all = new HashMap<>();

        synchronized Change put(ItemId id, Version basis, Instant at) {
            var versions = all.computeIfAbsent(id, any -> new ArrayList<>());
            if (versions.size() != basis.number()) throw new StaleException();
            var change = Samples.change(id.value(), basis.number() + 1, at, Access.OPEN, List.of());
            versions.add(change);
            return change;
        }

        synchronized List<Change> after(ItemId id, Version version) {
            var versions = all.getOrDefault(id, List.of());
            return List.copyOf(versions.subList((int) version.number(), versions.size()));
        }
    }

    private static final class StaleException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** One engine: intends, writes, records, and brings archive and log together where it does not know what became of something. */
    private final class Writer implements Runnable {
        private final SqlChangeLog log;
        private final Versions archive;
        private final Random random;
        private final ChangeClock clock;
        private final Set<ItemId> inside;
        private final int rounds;
        private final Set<ItemId> unsettled = new java.util.HashSet<>();
        private final List<Change> acknowledged = new ArrayList<>();
        private Throwable fault;

        Writer(SqlChangeLog log, Versions archive, long seed, Duration ahead, Set<ItemId> inside, int rounds) {
            this.log = log;
            this.archive = archive;
            this.random = new Random(seed);
            this.clock = new ChangeClock(Clock.offset(Clock.systemUTC(), ahead), log.lastAt());
            this.inside = inside;
            this.rounds = rounds;
        }

        @Override
        public void run() {
            try {
                for (int n = 0; n < rounds; n++) {
                    var ids = random.ints(1 + random.nextInt(5), 0, 12)
                            .mapToObj(k -> id("i" + k))
                            .distinct()
                            .toList();
                    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
                    while (!attempt(ids)) {
                        if (System.nanoTime() > end)
                            throw new AssertionError("not acknowledged in two minutes: " + ids);
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                }
            } catch (Throwable e) {
                fault = e;
            }
        }

        private boolean attempt(List<ItemId> ids) {
            try {
                settle();
                clock.passed(log.intend(ids));
                if (inside != null) for (var id : ids) assertTrue(inside.add(id), id + " is under way twice");
                var changes = new ArrayList<Change>();
                for (var id : ids)
                    changes.add(
                            archive.put(id, log.headOf(id).map(Change::version).orElse(Version.NONE), clock.next()));
                if (random.nextInt(4) == 0) pause(random.nextInt(30));
                if (inside != null) inside.removeAll(ids);
                changes.sort(java.util.Comparator.comparing(Change::at));
                acknowledged.addAll(log.record(changes, ids));
                return true;
            } catch (ServiceUnavailableException | StaleException e) {
                unsettled.addAll(ids);
                return false;
            }
        }

        private void settle() {
            if (unsettled.isEmpty()) return;
            clock.passed(log.intend(unsettled));
            settleOpen();
            unsettled.clear();
        }

        private void settleOpen() {
            var open = log.openIntents();
            var missing = new ArrayList<Change>();
            for (var id : open)
                missing.addAll(
                        archive.after(id, log.headOf(id).map(Change::version).orElse(Version.NONE)));
            missing.sort(java.util.Comparator.comparing(Change::at));
            log.record(missing, open);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A partner library that asks only for what is new since the horizon it was told. */
    private static final class Harvest {
        private final SqlChangeLog log;
        private final Map<ItemId, Version> seen = new HashMap<>();
        private Optional<Instant> from = Optional.empty();
        private long last;

        Harvest(SqlChangeLog log) {
            this.log = log;
        }

        void go() {
            try {
                follow();
                var now = Instant.now();
                var horizon = log.horizon(now);
                var query = new FeedQuery(from, Optional.empty(), Optional.empty(), Optional.empty(), 7);
                for (var page = log.feed(query, now); !page.isEmpty(); page = log.feed(query, now)) {
                    for (var entry : page) seen.put(entry.id(), entry.version());
                    query = query.page(page.get(page.size() - 1).key());
                }
                from = Optional.of(horizon);
            } catch (ArchiveException e) {
                // asked again from where it was
            }
        }

        private void follow() {
            for (var change : log.after(last, 1000)) {
                assertEquals(last + 1, change.seq(), "a place that was not there when a later one was");
                last = change.seq();
            }
        }
    }

    private interface Trouble {
        void make(Random random) throws Exception;
    }

    private void engines(PostgresService of, boolean exclusive, int rounds, Trouble trouble) throws Exception {
        long seed = System.nanoTime();
        System.out.println("several engines: seed " + seed);
        var random = new Random(seed);
        var archive = new Versions();
        Set<ItemId> inside = exclusive ? ConcurrentHashMap.newKeySet() : null;
        var writers = new ArrayList<Writer>();
        for (int n = 0, count = 2 + random.nextInt(3); n < count; n++)
            writers.add(new Writer(
                    open(of, PATIENCE),
                    archive,
                    random.nextLong(),
                    Duration.ofMillis(random.nextInt(6000) - 3000),
                    inside,
                    rounds));
        var harvest = new Harvest(open(of, PATIENCE));
        var threads = writers.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        while (threads.stream().anyMatch(Thread::isAlive)) {
            harvest.go();
            trouble.make(random);
            pause(20);
        }
        for (var writer : writers) if (writer.fault != null) throw new AssertionError("seed " + seed, writer.fault);
        for (var writer : writers) writer.settleOpen();
        for (var writer : writers) assertEquals(List.of(), writer.log.openIntents(), "seed " + seed);
        harvest.go();
        var log = harvest.log;
        var all = log.after(0, 100_000);
        for (int n = 0; n < all.size(); n++) assertEquals(n + 1, all.get(n).seq(), "seed " + seed);
        for (var writer : writers)
            for (var change : writer.acknowledged)
                assertEquals(change, all.get((int) change.seq() - 1), "acknowledged, and lost; seed " + seed);
        for (var id : archive.all.keySet()) {
            var versions = archive.all.get(id);
            assertEquals(
                    versions.stream().map(Change::at).toList(),
                    all.stream().filter(c -> c.id().equals(id)).map(Change::at).toList(),
                    "versions of " + id + " in order; seed " + seed);
            assertEquals(
                    new Version(versions.size()), harvest.seen.get(id), "the harvester has " + id + "; seed " + seed);
            if (exclusive)
                for (int n = 1; n < versions.size(); n++)
                    assertTrue(versions.get(n - 1).at().isBefore(versions.get(n).at()), "seed " + seed);
        }
    }

    @Test
    void nothingIsReorderedOrMissedWhileSeveralWrite() throws Exception {
        engines(server, true, 40, random -> {});
    }

    @Test
    void nothingAcknowledgedIsLostWhenConnectionsAreCut() throws Exception {
        try (var database = database(server)) {
            engines(server, false, 25, random -> {
                if (random.nextInt(4) > 0) return;
                try {
                    database.read(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'thocam'"
                                    + " AND pid <> pg_backend_pid() ORDER BY random() LIMIT " + (1 + random.nextInt(4)),
                            rows -> rows.next());
                } catch (ArchiveException e) {
                    // it cut its own
                }
            });
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheServerIsKilled(@TempDir Path folder) throws Exception {
        try (var own = PostgresService.in(Path.of(System.getProperty("thocam.root")), folder, 0)) {
            own.start();
            var kills = new int[1];
            engines(own, false, 30, random -> {
                if (kills[0] == 2 || random.nextInt(12) > 0) return;
                kills[0]++;
                own.kill();
                own.start();
            });
            System.out.println("the server was killed " + kills[0] + " times");
            opened.forEach(SqlChangeLog::close);
            opened.clear();
        }
    }
}
