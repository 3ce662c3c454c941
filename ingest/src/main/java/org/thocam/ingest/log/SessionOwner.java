package org.thocam.ingest.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ingest.deployment.Standing;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.ontology.sql.PostgresSession;

/**
 * One of several engines on one PostgreSQL database. It lives for as long as its session holds the advisory lock with its number: the
 * database itself notices when an engine is gone. A session that was lost is opened anew under the same number, and what nobody has
 * taken over meanwhile is still this engine's.
 */
final class SessionOwner implements Owner {
    private static final Logger LOG = LoggerFactory.getLogger(SessionOwner.class);
    private static final Duration LISTENING = Duration.ofMillis(100);
    private static final long LOOKING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long AWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long SAME_ABSENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** When the question came, before what it can see was settled. */
    static final String ASKED = "(EXTRACT(EPOCH FROM now()) * 1000000)::bigint";

    private static final String MICROS = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint";

    private final PostgresDatabase database;
    private final Standing standing;
    private final String channel;
    private final long turn;
    /** The number of the lock, too: drawn by lot from so many that no two are alike. */
    private final long number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** When an owner was first found away. */
    private final Map<Long, Long> away = new ConcurrentHashMap<>();

    private final Thread thread = new Thread(this::run, "thocam-log");
    private volatile boolean closed;
    private PostgresSession session;
    private int lastPid;

    SessionOwner(PostgresDatabase database, Standing standing) {
        this.database = database;
        this.standing = standing;
        this.channel = database.settings().schema() + "_log";
        this.turn = PostgresDatabase.key("turn of " + database.settings().schema());
        try {
            begin();
        } catch (ArchiveException e) {
            if (session != null) session.close();
            throw e;
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** @return whether the lock is held: the server may take the session before for alive for a while */
    private boolean begin() {
        if (session == null) {
            session = database.session();
            session.listen(channel);
        }
        if (session.lock(number)) {
            lastPid = session.pid();
            return true;
        }
        session.end(lastPid, number);
        return false;
    }

    private void run() {
        long known = -1;
        long looked = 0;
        long pause = 100;
        boolean held = true;
        while (!closed) {
            try {
                if (!held) {
                    held = begin();
                    if (!held) {
                        rest(pause);
                        continue;
                    }
                    LOG.info("the session of {} is back", database.settings());
                    known = -1;
                }
                boolean told = session.notified(LISTENING);
                if (!told && System.nanoTime() - looked < LOOKING_NANOS) continue;
                looked = System.nanoTime();
                long last = session.number("SELECT COALESCE(MAX(seq), 0) FROM change");
                pause = 100;
                if (last == known) continue;
                known = last;
                for (var listener : listeners) listener.run();
            } catch (ArchiveException e) {
                if (closed) break;
                if (held)
                    LOG.warn(
                            "the session of {} is lost, another one is opened: {}",
                            database.settings(),
                            e.getMessage());
                held = false;
                if (session != null) session.close();
                session = null;
                rest(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            } catch (RuntimeException e) {
                LOG.error("a listener to the log failed: {}", e.getMessage(), e);
            }
        }
        if (session != null) session.close();
    }

    private void rest(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Optional<Obstacle> intend(Connection connection, List<String> sorted) throws SQLException {
        standing.hold(connection);
        // an owner whose own lock is free is taken for gone by the others: it may note nothing
        try (var insert = connection.prepareStatement("INSERT INTO intent(id, owner, since) SELECT id, ?, " + MICROS
                + " FROM unnest(?) AS id WHERE NOT pg_try_advisory_xact_lock(?)"
                + " ON CONFLICT (id) DO UPDATE SET owner = excluded.owner WHERE intent.owner = excluded.owner")) {
            insert.setLong(1, number);
            insert.setArray(2, connection.createArrayOf("text", sorted.toArray()));
            insert.setLong(3, number);
            if (insert.executeUpdate() == sorted.size()) return Optional.empty();
        }
        connection.rollback();
        try (var others = connection.prepareStatement(
                "SELECT id, since, owner FROM intent WHERE owner <> ? AND id = ANY(?) ORDER BY id")) {
            others.setLong(1, number);
            others.setArray(2, connection.createArrayOf("text", sorted.toArray()));
            try (var rows = others.executeQuery()) {
                Obstacle first = null;
                while (rows.next()) {
                    boolean gone = sight(connection, rows.getLong(3)) == Sight.GONE;
                    if (gone) adopt(connection, rows.getLong(3));
                    if (gone || first == null)
                        first = new Obstacle(rows.getString(1), SqlChangeLog.instant(rows.getLong(2)), gone);
                    if (gone) break;
                }
                // none: it was settled this moment, or our own session is being opened anew
                return Optional.of(first != null ? first : new Obstacle(sorted.get(0), now(connection), false));
            }
        }
    }

    private enum Sight {
        THERE,
        AWAY,
        GONE
    }

    /** An engine that only lost its session is back soon: it is gone when it is away for longer. */
    private Sight sight(Connection connection, long owner) throws SQLException {
        if (!isAway(connection, owner)) {
            away.remove(owner);
            return Sight.THERE;
        }
        long now = System.nanoTime();
        long since = away.merge(owner, now, (first, again) -> again - first > SAME_ABSENCE_NANOS ? again : first);
        return now - since < AWAY_NANOS ? Sight.AWAY : Sight.GONE;
    }

    /** Until the transaction ends nobody else finds it gone, and it does not come back. */
    private static boolean isAway(Connection connection, long owner) throws SQLException {
        try (var lock = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            lock.setLong(1, owner);
            try (var rows = lock.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    @Override
    public void adopt() {
        while (database.write(this::adoptOfTheGone) == Sight.AWAY) {
            try {
                TimeUnit.NANOSECONDS.sleep(AWAY_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ArchiveException("interrupted while open intents were looked for", e);
            }
        }
    }

    private Sight adoptOfTheGone(Connection connection) throws SQLException {
        var nearest = Sight.GONE;
        try (var owners = connection.prepareStatement("SELECT DISTINCT owner FROM intent WHERE owner <> ?")) {
            owners.setLong(1, number);
            try (var rows = owners.executeQuery()) {
                while (rows.next()) {
                    var sight = sight(connection, rows.getLong(1));
                    if (sight == Sight.GONE) adopt(connection, rows.getLong(1));
                    if (sight == Sight.AWAY) nearest = sight;
                }
            }
        }
        return nearest;
    }

    private void adopt(Connection connection, long owner) throws SQLException {
        try (var adopt = connection.prepareStatement("UPDATE intent SET owner = ? WHERE owner = ?")) {
            adopt.setLong(1, number);
            adopt.setLong(2, owner);
            int taken = adopt.executeUpdate();
            away.remove(owner);
            if (taken > 0) LOG.warn("{} intents of an engine that is gone are taken over", taken);
        }
    }

    @Override
    public Instant now() {
        return database.read("SELECT " + MICROS, SessionOwner::instant);
    }

    @Override
    public Instant now(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT " + MICROS)) {
            return instant(rows);
        }
    }

    private static Instant instant(java.sql.ResultSet rows) throws SQLException {
        rows.next();
        return SqlChangeLog.instant(rows.getLong(1));
    }

    @Override
    public void turn(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, turn);
            lock.execute();
        }
        standing.hold(connection);
    }

    @Override
    public void tell(Connection connection) throws SQLException {
        try (var notify = connection.prepareStatement("SELECT pg_notify(?, '')")) {
            notify.setString(1, channel);
            notify.execute();
        }
    }

    @Override
    public void listen(Runnable changed) {
        listeners.add(changed);
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
