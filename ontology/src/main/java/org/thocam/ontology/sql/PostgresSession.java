package org.thocam.ontology.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * One connection to PostgreSQL that is kept: its locks are held and its channels heard for as long as it lives, and the server gives the
 * locks free when it does not. For one thread at a time. Once it failed it is of no more use.
 */
public final class PostgresSession implements AutoCloseable {
    /** What is asked here is small: a server that is slower than this is taken for gone. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final String HELD = "locktype = 'advisory' AND objsubid = 1 AND granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            + " AND ((classid::bigint << 32) | objid::bigint) = ?";

    private final PostgresDatabase database;
    private final Connection connection;
    private final int pid;

    PostgresSession(PostgresDatabase database) throws SQLException {
        this.database = database;
        this.connection = database.connect();
        try {
            connection.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            this.pid = connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The server's number for it. */
    public int pid() {
        return pid;
    }

    /**
     * Takes an advisory lock, once each; see {@link PostgresDatabase#key}.
     *
     * @return false while another session has it
     */
    public synchronized boolean lock(long key) {
        return ask("SELECT pg_try_advisory_lock(?)", key);
    }

    public synchronized void unlock(long key) {
        ask("SELECT pg_advisory_unlock(?)", key);
    }

    /** Asks the server. */
    public synchronized boolean holds(long key) {
        return ask("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE " + HELD + " AND pid = pg_backend_pid())", key);
    }

    /** Ends the session {@code pid} where it still has the lock: one of ours that the server does not know to be dead. */
    public synchronized void end(int pid, long key) {
        ask("SELECT COUNT(pg_terminate_backend(pid)) > 0 FROM pg_locks WHERE " + HELD + " AND pid = " + pid, key);
    }

    private boolean ask(String sql, long key) {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, key);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        } catch (SQLException e) {
            throw database.failed(e);
        }
    }

    /** A single number. */
    public synchronized long number(String sql) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw database.failed(e);
        }
    }

    public synchronized void listen(String channel) {
        try (var statement = connection.createStatement()) {
            statement.execute("LISTEN \"" + channel + '"');
        } catch (SQLException e) {
            throw database.failed(e);
        }
    }

    /** Waits for a notification. It is not noticed here that the server is gone: only a question tells. */
    public synchronized boolean notified(Duration atMost) {
        try {
            var notes = connection.unwrap(PGConnection.class).getNotifications((int) atMost.toMillis());
            return notes != null && notes.length > 0;
        } catch (SQLException e) {
            throw database.failed(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // the server lets go of it
        }
    }
}
