package org.thocam.ontology.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine among those that share a database: what is written down under its number is its own until it is gone, and then anybody's. In
 * PostgreSQL a lock of a connection of its own says that it is there: when the process ends, or its machine is gone for half a minute,
 * the server lets go of the lock. One that hangs for a minute is taken for gone too. A file has one engine, and whoever had it before is
 * gone.
 */
public abstract class Presence implements AutoCloseable {
    private static final Migrations TABLES = Migrations.of(Presence.class, "presence", "V1__engines.sql");

    private Presence() {}

    /** @throws org.thocam.ontology.ArchiveException if the database does not answer */
    public static Presence in(Database database) {
        database.migrate(TABLES);
        return database instanceof PostgresDatabase shared ? Among.others(shared) : new Alone(numbered(database));
    }

    /** The number of this engine, never given again; another after the database took it for gone. */
    public abstract long id();

    /**
     * Whether what that engine has is anybody's. An engine that only lost its connection gets it back: so it must have been away twice,
     * a moment apart, before this says so.
     */
    public abstract boolean gone(long engine);

    @Override
    public abstract void close();

    private static long numbered(Database database) {
        return database.write(connection -> {
            long id = inserted(connection, database.dialect());
            // after: the greatest number there is must not be given again
            try (var delete = connection.prepareStatement("DELETE FROM engine WHERE id < ?")) {
                delete.setLong(1, id);
                delete.executeUpdate();
            }
            return id;
        });
    }

    private static long inserted(Connection connection, Dialect dialect) throws SQLException {
        try (var insert = connection.prepareStatement(
                        "INSERT INTO engine(seen) VALUES(" + DatabaseClock.millis(dialect) + ") RETURNING id");
                var row = insert.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Of a file. */
    private static final class Alone extends Presence {
        private final long id;

        Alone(long id) {
            this.id = id;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public boolean gone(long engine) {
            return engine != id;
        }

        @Override
        public void close() {}
    }

    /** Of a server. */
    private static final class Among extends Presence {
        private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
        private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(900);
        private static final long SAME_ABSENCE = TimeUnit.SECONDS.toNanos(10);
        private static final int BEAT_MILLIS = 5_000;
        private static final int HANGS_AFTER_MILLIS = 60_000;
        private static final long MOST_PAUSE_MILLIS = 1_000;
        private static final long DAY_MILLIS = 86_400_000;

        private final PostgresDatabase database;
        private final Thread keeper = new Thread(this::keep, "thocam-presence");
        /** When an engine was first found away. */
        private final Map<Long, Long> away = new ConcurrentHashMap<>();

        private volatile long id;
        private volatile Connection connection;
        private volatile boolean closed;

        private Among(PostgresDatabase database) {
            this.database = database;
            keeper.setDaemon(true);
        }

        static Among others(PostgresDatabase database) {
            var presence = new Among(database);
            try {
                presence.register(database.connect());
            } catch (SQLException e) {
                presence.close();
                throw database.failed(e);
            }
            presence.keeper.start();
            return presence;
        }

        @Override
        public long id() {
            return id;
        }

        /** The lock comes before anybody sees the number. */
        private void register(Connection fresh) throws SQLException {
            connection = fresh;
            fresh.setAutoCommit(false);
            try (var delete = fresh.prepareStatement("DELETE FROM engine WHERE seen < "
                    + DatabaseClock.millis(Dialect.POSTGRESQL) + " - " + DAY_MILLIS)) {
                delete.executeUpdate();
            }
            long number = inserted(fresh, Dialect.POSTGRESQL);
            if (!locked(fresh, number)) throw new SQLException("engine " + number + " is there already");
            fresh.commit();
            fresh.setAutoCommit(true);
            id = number;
        }

        private boolean locked(Connection by, long number) throws SQLException {
            try (var statement = by.createStatement();
                    var row = statement.executeQuery("SELECT pg_try_advisory_lock(" + lock(number) + ")")) {
                row.next();
                return row.getBoolean(1);
            }
        }

        private long lock(long number) {
            return PostgresDatabase.key("engine " + database.settings().schema() + " " + number);
        }

        /** Shows that this engine is there, and comes back when its connection is lost. */
        private void keep() {
            long pause = 10;
            while (!closed) {
                try {
                    if (connection == null) comeBack(database.connect());
                    pause = 10;
                    // reads what never comes: the end of the connection is noticed at once
                    connection.unwrap(PGConnection.class).getNotifications(BEAT_MILLIS);
                    if (!seen(connection)) throw new SQLException("it was taken for gone");
                } catch (SQLException e) {
                    if (closed) return;
                    LOG.warn("engine {} lost its place in {}: {}", id, database.settings(), e.getMessage());
                    disconnect();
                    try {
                        TimeUnit.MILLISECONDS.sleep(pause);
                    } catch (InterruptedException interrupted) {
                        return;
                    }
                    pause = Math.min(2 * pause, MOST_PAUSE_MILLIS);
                }
            }
        }

        private void comeBack(Connection fresh) throws SQLException {
            connection = fresh;
            // somebody may be asking whether this engine is there, and have its lock for a moment
            for (int tries = 0; tries < 20; tries++) {
                if (locked(fresh, id)) {
                    if (seen(fresh)) return;
                    break;
                }
                try {
                    TimeUnit.MILLISECONDS.sleep(5);
                } catch (InterruptedException e) {
                    throw new SQLException("interrupted", e);
                }
            }
            register(fresh);
        }

        private boolean seen(Connection by) throws SQLException {
            try (var update = by.prepareStatement(
                    "UPDATE engine SET seen = " + DatabaseClock.millis(Dialect.POSTGRESQL) + " WHERE id = ?")) {
                update.setLong(1, id);
                return update.executeUpdate() == 1;
            }
        }

        @Override
        public boolean gone(long engine) {
            if (engine == id) return false;
            var sight = database.write(connection -> {
                try (var query =
                        connection.prepareStatement("SELECT " + DatabaseClock.millis(Dialect.POSTGRESQL) + " - seen > "
                                + HANGS_AFTER_MILLIS + ", pg_try_advisory_xact_lock(?) FROM engine WHERE id = ?")) {
                    query.setLong(1, lock(engine));
                    query.setLong(2, engine);
                    try (var row = query.executeQuery()) {
                        if (!row.next() || row.getBoolean(1)) return Sight.GONE;
                        return row.getBoolean(2) ? Sight.AWAY : Sight.THERE;
                    }
                }
            });
            if (sight == Sight.THERE) away.remove(engine);
            if (sight == Sight.AWAY) {
                long now = System.nanoTime();
                long since = away.merge(engine, now, (first, again) -> again - first > SAME_ABSENCE ? again : first);
                if (now - since > MOMENT) sight = Sight.GONE;
            }
            if (sight == Sight.GONE) strike(engine);
            return sight == Sight.GONE;
        }

        private enum Sight {
            THERE,
            AWAY,
            GONE
        }

        /** It learns of it when it comes back: its number is worth nothing then. */
        private void strike(long engine) {
            database.write(connection -> {
                try (var delete = connection.prepareStatement("DELETE FROM engine WHERE id = ?")) {
                    delete.setLong(1, engine);
                    return delete.executeUpdate();
                }
            });
            away.remove(engine);
        }

        private void disconnect() {
            var old = connection;
            connection = null;
            if (old == null) return;
            try {
                old.close();
            } catch (SQLException e) {
                LOG.debug("a connection that was lost", e);
            }
        }

        @Override
        public void close() {
            closed = true;
            disconnect();
            keeper.interrupt();
        }
    }
}
