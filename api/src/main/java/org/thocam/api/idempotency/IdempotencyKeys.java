package org.thocam.api.idempotency;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.DatabaseClock;
import org.thocam.ontology.sql.Migrations;
import org.thocam.ontology.sql.Presence;

/**
 * The answers to requests that had an {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header), for a day, by the clock of the
 * database: whichever engine is asked the same again gives the same answer. Where an engine died before it answered, the next that is
 * asked takes over.
 */
public final class IdempotencyKeys {
    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyKeys.class);
    private static final Migrations TABLES = Migrations.of(IdempotencyKeys.class, "keys", "V1__keys.sql");
    private static final long KEPT_MILLIS = Duration.ofHours(24).toMillis();
    private static final long SWEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Database database;
    private final Presence presence;
    private final String now;
    private final Set<Key> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicLong swept = new AtomicLong(System.nanoTime() - SWEEP_NANOS);

    /** @param caller whose key it is: two callers may have the same */
    public record Key(String caller, String name) {}

    /** Where a request stands that came with a key. */
    public sealed interface Begun {
        /**
         * It is this caller's turn to do it, and to say how it ended.
         *
         * @param again whether it may have been done before by somebody who could not answer
         */
        record First(boolean again) implements Begun {}

        record Answered(Answer answer) implements Begun {}

        /** Somebody does it now. */
        record UnderWay() implements Begun {}

        /** The key was sent with another request. */
        record Other() implements Begun {}
    }

    private record Row(String fingerprint, Optional<Long> engine, Optional<Answer> answer) {}

    private IdempotencyKeys(Database database, Presence presence) {
        this.database = database;
        this.presence = presence;
        this.now = DatabaseClock.millis(database.dialect());
    }

    /** @param presence of this engine in the same database */
    public static IdempotencyKeys open(Database database, Presence presence) {
        database.migrate(TABLES);
        return new IdempotencyKeys(database, presence);
    }

    /**
     * Asks what is to be done for a request. Whoever gets {@link Begun.First} ends it with {@link #answered}, {@link #forgotten} or
     * {@link #brokenOff}.
     *
     * @param fingerprint the same for the same request, and for no other
     */
    public Begun begin(Key key, String fingerprint) {
        sweep();
        if (!underWay.add(key)) return new Begun.UnderWay();
        Begun begun = new Begun.UnderWay();
        try {
            begun = begun(key, fingerprint);
            return begun;
        } finally {
            if (!(begun instanceof Begun.First)) underWay.remove(key);
        }
    }

    private Begun begun(Key key, String fingerprint) {
        long mine = presence.id();
        var there = database.<Optional<Row>>write(connection -> {
            forgetOld(connection, key);
            return inserted(connection, key, fingerprint, mine) ? Optional.empty() : row(connection, key);
        });
        if (there.isEmpty()) return new Begun.First(false);
        var row = there.get();
        if (!row.fingerprint().equals(fingerprint)) return new Begun.Other();
        if (row.answer().isPresent()) return new Begun.Answered(row.answer().get());
        // one of this engine's own that is not under way here broke off without a word
        var other = row.engine().filter(engine -> engine != mine);
        if (other.isPresent() && !presence.gone(other.get())) return new Begun.UnderWay();
        return takenOver(key, row, mine) ? new Begun.First(true) : new Begun.UnderWay();
    }

    private void forgetOld(Connection connection, Key key) throws SQLException {
        try (var delete = connection.prepareStatement(
                "DELETE FROM idempotency_key WHERE caller = ? AND name = ? AND begun < " + now + " - " + KEPT_MILLIS)) {
            set(delete, key, 1);
            delete.executeUpdate();
        }
    }

    private boolean inserted(Connection connection, Key key, String fingerprint, long mine) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO idempotency_key(caller, name, fingerprint, begun, engine) VALUES(?, ?, ?, " + now
                        + ", ?) ON CONFLICT DO NOTHING")) {
            set(insert, key, 1);
            insert.setString(3, fingerprint);
            insert.setLong(4, mine);
            return insert.executeUpdate() == 1;
        }
    }

    private static Optional<Row> row(Connection connection, Key key) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT fingerprint, engine, answer FROM idempotency_key WHERE caller = ? AND name = ?")) {
            set(query, key, 1);
            try (var row = query.executeQuery()) {
                if (!row.next()) throw new SQLException("an idempotency key was there and is not", "40001");
                long engine = row.getLong(2);
                Optional<Long> whose = row.wasNull() ? Optional.empty() : Optional.of(engine);
                return Optional.of(new Row(
                        row.getString(1),
                        whose,
                        Optional.ofNullable(row.getBytes(3)).map(Answer::read)));
            }
        }
    }

    private static void set(java.sql.PreparedStatement statement, Key key, int from) throws SQLException {
        statement.setString(from, key.caller());
        statement.setString(from + 1, key.name());
    }

    private boolean takenOver(Key key, Row row, long mine) {
        return database.write(connection -> {
            try (var update =
                    connection.prepareStatement("UPDATE idempotency_key SET engine = ? WHERE caller = ? AND name = ?"
                            + " AND answer IS NULL AND engine "
                            + row.engine().map(engine -> "= " + engine).orElse("IS NULL"))) {
                update.setLong(1, mine);
                set(update, key, 2);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** What it was answered with. Where that cannot be kept, the next who asks takes over. */
    public void answered(Key key, Answer answer) {
        end(
                key,
                "UPDATE idempotency_key SET engine = NULL, answer = ? WHERE caller = ? AND name = ? AND answer IS NULL",
                answer.written());
    }

    /** It was refused, and nothing was done: the key is as if it had not come. */
    public void forgotten(Key key) {
        end(key, "DELETE FROM idempotency_key WHERE caller = ? AND name = ? AND answer IS NULL", null);
    }

    /** Nobody knows whether it was done. */
    public void brokenOff(Key key) {
        end(key, "UPDATE idempotency_key SET engine = NULL WHERE caller = ? AND name = ? AND answer IS NULL", null);
    }

    private void end(Key key, String sql, byte[] answer) {
        try {
            database.write(connection -> {
                try (var statement = connection.prepareStatement(sql)) {
                    if (answer != null) statement.setBytes(1, answer);
                    set(statement, key, answer == null ? 1 : 2);
                    return statement.executeUpdate();
                }
            });
        } catch (ArchiveException e) {
            LOG.warn("how a request with an idempotency key ended was not kept: {}", e.getMessage());
        } finally {
            underWay.remove(key);
        }
    }

    private void sweep() {
        long last = swept.get();
        if (System.nanoTime() - last < SWEEP_NANOS || !swept.compareAndSet(last, System.nanoTime())) return;
        database.write(connection -> {
            try (var delete = connection.createStatement()) {
                return delete.executeUpdate("DELETE FROM idempotency_key WHERE begun < " + now + " - " + KEPT_MILLIS);
            }
        });
    }
}
