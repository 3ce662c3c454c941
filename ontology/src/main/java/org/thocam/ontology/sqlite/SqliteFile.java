package org.thocam.ontology.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.Dialect;
import org.thocam.ontology.sql.Migrations;

/** One SQLite file: one connection that writes, some that read beside it. */
public final class SqliteFile implements Database {
    /** Milliseconds that a lock of somebody else is waited for. */
    private static final int PATIENCE = 10_000;

    private final Path path;
    private final SQLiteConfig.SynchronousMode mode;
    private final Connection writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final Deque<Connection> readers = new ArrayDeque<>();
    private boolean closed;

    private SqliteFile(Path path, SQLiteConfig.SynchronousMode mode, Connection writer) {
        this.path = path;
        this.mode = mode;
        this.writer = writer;
    }

    /** Every commit that returned survives a loss of power. */
    public static SqliteFile durable(Path path, String... schema) {
        return open(path, SQLiteConfig.SynchronousMode.FULL, schema);
    }

    /** After a loss of power it is whole, and may be some commits behind: for what can be made again. */
    public static SqliteFile view(Path path, String... schema) {
        return open(path, SQLiteConfig.SynchronousMode.NORMAL, schema);
    }

    private static SqliteFile open(Path path, SQLiteConfig.SynchronousMode mode, String... schema) {
        try {
            Files.createDirectories(path.getParent());
            var file = new SqliteFile(path, mode, connect(path, mode));
            file.write(connection -> {
                try (var statement = connection.createStatement()) {
                    for (var sql : schema) statement.execute(sql);
                }
                return null;
            });
            return file;
        } catch (SQLException | IOException e) {
            throw new ArchiveException(path + " could not be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Waits itself while somebody else makes the same file: a change into write-ahead logging is refused at once, without the wait that
     * SQLite has for other locks (sqlite.org/wal.html, section 9).
     */
    private static Connection connect(Path path, SQLiteConfig.SynchronousMode mode) throws SQLException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
        while (true) {
            try {
                return config(mode).createConnection("jdbc:sqlite:" + path);
            } catch (SQLException e) {
                if (!isBusy(e) || System.nanoTime() > end) throw e;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("interrupted while " + path + " was waited for", e);
            }
        }
    }

    private static boolean isBusy(SQLException e) {
        return (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    private static SQLiteConfig config(SQLiteConfig.SynchronousMode mode) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(mode);
        config.setBusyTimeout(PATIENCE);
        return config;
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public void migrate(Migrations migrations) {
        writing.lock();
        try {
            var source = new SQLiteDataSource(config(mode));
            source.setUrl("jdbc:sqlite:" + path);
            migrations.run(source, Dialect.SQLITE, path.toString());
        } finally {
            writing.unlock();
        }
    }

    /** One after the other. */
    @Override
    public <T> T write(Work<T> work) {
        writing.lock();
        try {
            writer.setAutoCommit(false);
            try {
                var result = work.with(writer);
                writer.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                writer.rollback();
                throw e;
            } finally {
                writer.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public <T> T read(String sql, Answer<T> answer, Object... values) {
        Connection reader = null;
        try {
            reader = borrow();
            try (var statement = reader.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
                try (var rows = statement.executeQuery()) {
                    return answer.from(rows);
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            giveBack(reader);
        }
    }

    private ArchiveException failed(SQLException e) {
        var damaged = mode == SQLiteConfig.SynchronousMode.FULL
                ? "restore it from a copy (a change log may be removed instead: it is made again from the archive)"
                : "remove it: it is made again from the archive";
        return new ArchiveException(
                path + ": " + e.getMessage() + ". If the disk is full, make room; if the file is damaged, " + damaged
                        + ".",
                e);
    }

    private Connection borrow() throws SQLException {
        synchronized (readers) {
            if (closed) throw new SQLException("closed");
            if (!readers.isEmpty()) return readers.pop();
        }
        return connect(path, mode);
    }

    private void giveBack(Connection reader) {
        if (reader == null) return;
        synchronized (readers) {
            if (!closed && readers.size() < 8) {
                readers.push(reader);
                return;
            }
        }
        shut(reader);
    }

    @Override
    public void close() {
        synchronized (readers) {
            closed = true;
            readers.forEach(this::shut);
            readers.clear();
        }
        writing.lock();
        try {
            shut(writer);
        } finally {
            writing.unlock();
        }
    }

    private void shut(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
