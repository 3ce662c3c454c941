package org.thocam.ontology.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;
import org.thocam.ontology.ArchiveException;

/**
 * One schema of a PostgreSQL server (14 or newer) that several engines share. Transactions are {@code READ COMMITTED}; what the server asks
 * to be done again is done again, a bounded number of times.
 *
 * <p>A pooler between that hands out connections by transaction is no server: locks of a session and notifications do not pass it.
 */
public final class PostgresDatabase implements Database {
    private static final int ATTEMPTS = 8;
    private static final int RECONNECTIONS = 3;
    private static final Duration MIGRATING_MAY_TAKE = Duration.ofHours(1);

    private final Settings settings;
    private final HikariDataSource pool;

    /**
     * Where it is and how it is asked.
     *
     * @param url {@code jdbc:postgresql://HOST[:PORT]/DATABASE[?sslmode=...]}; what it sets goes before what we set
     * @param schema where the tables are; made where it is missing
     * @param connections at most, for this schema and this engine
     * @param patience how long one statement, and a transaction between two of them, may take; a connection at most 10 s of it
     */
    public record Settings(
            String url, String user, String password, String schema, int connections, Duration patience) {
        public Settings {
            if (url.startsWith("postgresql://")) url = "jdbc:" + url;
            if (!url.startsWith("jdbc:postgresql://"))
                throw new IllegalArgumentException(
                        "'" + url + "' is no address of a PostgreSQL database: want postgresql://HOST:PORT/DATABASE");
            if (!schema.matches("[a-z][a-z0-9_]{0,39}"))
                throw new IllegalArgumentException("schema '" + schema + "': want a-z, 0-9 and _, at most 40 of them");
            if (connections < 1 || connections > 1000)
                throw new IllegalArgumentException(connections + " connections: want 1 to 1000");
            if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(Duration.ofHours(1)) > 0)
                throw new IllegalArgumentException("patience " + patience + ": want 1 second to 1 hour");
        }

        /** A minute of patience. */
        public Settings(String url, String user, String password, String schema, int connections) {
            this(url, user, password, schema, connections, Duration.ofMinutes(1));
        }

        /** The same server, another schema. */
        public Settings in(String otherSchema) {
            return new Settings(url, user, password, otherSchema, connections, patience);
        }

        @Override
        public String toString() {
            return url.replaceFirst("\\?.*", "") + " schema " + schema;
        }
    }

    private PostgresDatabase(Settings settings, HikariDataSource pool) {
        this.settings = settings;
        this.pool = pool;
    }

    /**
     * @throws DatabaseUnavailableException if it does not answer
     * @throws ArchiveException if it does not let us in, or confirms what is not on its disk
     */
    public static PostgresDatabase open(Settings settings) {
        try {
            prepare(settings);
            var pool = new HikariConfig();
            pool.setPoolName("thocam-" + settings.schema());
            pool.setDataSource(source(settings, settings.patience()));
            pool.setMaximumPoolSize(settings.connections());
            pool.setMinimumIdle(1);
            pool.setConnectionTimeout(waiting(settings).toMillis());
            pool.setValidationTimeout(Math.min(5_000, waiting(settings).toMillis()));
            pool.setIdleTimeout(60_000);
            pool.setKeepaliveTime(30_000);
            return new PostgresDatabase(settings, new HikariDataSource(pool));
        } catch (SQLException e) {
            throw failed(settings, e);
        } catch (PoolInitializationException e) {
            throw e.getCause() instanceof SQLException fault
                    ? failed(settings, fault)
                    : new DatabaseUnavailableException(settings + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private static void prepare(Settings settings) throws SQLException {
        try (var connection = source(settings, settings.patience()).getConnection();
                var statement = connection.createStatement()) {
            if (connection.getMetaData().getDatabaseMajorVersion() < 14)
                throw new ArchiveException(settings + " is PostgreSQL "
                        + connection.getMetaData().getDatabaseProductVersion() + ": want 14 or newer");
            for (var promise : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                try (var rows = statement.executeQuery("SHOW " + promise)) {
                    rows.next();
                    if (rows.getString(1).equals("off"))
                        throw new ArchiveException(
                                settings + " has " + promise
                                        + " = off, so a loss of power would lose what was acknowledged. Turn it on, then start again.");
                }
            }
            var known = "SELECT 1 FROM pg_namespace WHERE nspname = '" + settings.schema() + "'";
            try (var rows = statement.executeQuery(known)) {
                if (rows.next()) return;
            }
            // two at once would trip over each other
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + key("schema " + settings.schema()) + ")");
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + settings.schema());
            connection.commit();
        }
    }

    private static Duration waiting(Settings settings) {
        var most = Duration.ofSeconds(10);
        return settings.patience().compareTo(most) < 0 ? settings.patience() : most;
    }

    private static PGSimpleDataSource source(Settings settings, Duration statement) {
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "thocam");
        properties.setProperty("currentSchema", settings.schema());
        properties.setProperty(
                "connectTimeout", String.valueOf(waiting(settings).toSeconds()));
        properties.setProperty("loginTimeout", String.valueOf(waiting(settings).toSeconds()));
        // the server is to give up before we do: then we know that nothing was done
        properties.setProperty("socketTimeout", String.valueOf(statement.toSeconds() + 5));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        // an engine whose machine is gone is noticed within half a minute, and holds no lock for longer
        properties.setProperty(
                "options",
                "-c default_transaction_isolation=read\\ committed -c TimeZone=UTC -c statement_timeout="
                        + statement.toMillis()
                        + " -c idle_in_transaction_session_timeout="
                        + settings.patience().toMillis()
                        + " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=25000");
        var url = new StringBuilder(settings.url());
        var source = new PGSimpleDataSource();
        for (var property : properties.stringPropertyNames()) {
            if (settings.url().matches(".*[?&]" + property + "=.*")) continue;
            if (property.equals("user")) source.setUser(settings.user());
            else if (property.equals("password")) source.setPassword(settings.password());
            else
                url.append(url.indexOf("?") < 0 ? '?' : '&')
                        .append(property)
                        .append('=')
                        .append(java.net.URLEncoder.encode(properties.getProperty(property), StandardCharsets.UTF_8));
        }
        source.setUrl(url.toString());
        return source;
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    public Settings settings() {
        return settings;
    }

    /**
     * A connection of its own beside the pool's, for locks and notifications that last as long as it does; whoever asks for it closes it.
     *
     * @throws DatabaseUnavailableException if the server does not answer
     */
    public PostgresSession session() {
        try {
            return new PostgresSession(this);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    Connection connect() throws SQLException {
        var connection = source(settings, settings.patience()).getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("SET idle_session_timeout = 0");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** The number of the advisory lock with this name: of the whole database, whatever the schema. */
    public static long key(String name) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(("thocam " + name).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    @Override
    public void migrate(Migrations migrations) {
        try {
            try (var connection = pool.getConnection()) {
                if (migrations.isDone(connection, Dialect.POSTGRESQL)) return;
            }
            var source = source(settings, MIGRATING_MAY_TAKE);
            try (var turn = source.getConnection();
                    var statement = turn.createStatement()) {
                statement.execute("SELECT pg_advisory_lock(" + key("migrations " + settings.schema()) + ")");
                migrations.run(source, Dialect.POSTGRESQL, settings.toString());
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        int lost = 0;
        for (int attempt = 1; ; attempt++) {
            var transaction = new Transaction();
            try {
                return transaction.run(work);
            } catch (SQLException e) {
                if (transaction.committing && isLost(e))
                    throw new OutcomeUnknownException(
                            settings + ": the connection was lost while a transaction was committed, and nobody knows"
                                    + " whether it was. Look whether it was done before doing it again: "
                                    + e.getMessage(),
                            e);
                boolean again = isToBeRepeated(e)
                        ? attempt < ATTEMPTS
                        : transaction.begun && isLost(e) && ++lost < RECONNECTIONS;
                if (!again) throw failed(e);
                if (isLost(e)) pool.getHikariPoolMXBean().softEvictConnections();
                else pause(attempt);
            }
        }
    }

    /** One attempt, and how far it came. */
    private final class Transaction {
        private boolean begun;
        private boolean committing;

        <T> T run(Work<T> work) throws SQLException {
            var connection = pool.getConnection();
            try {
                begun = true;
                connection.setAutoCommit(false);
                var result = work.with(connection);
                committing = true;
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                try {
                    connection.rollback();
                } catch (SQLException again) {
                    e.addSuppressed(again);
                }
                throw e;
            } finally {
                giveBack(connection);
            }
        }
    }

    @Override
    public <T> T read(String sql, Answer<T> answer, Object... values) {
        for (int attempt = 1; ; attempt++) {
            boolean begun = false;
            try {
                var connection = pool.getConnection();
                begun = true;
                try (var statement = connection.prepareStatement(sql)) {
                    for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
                    try (var rows = statement.executeQuery()) {
                        return answer.from(rows);
                    }
                } finally {
                    giveBack(connection);
                }
            } catch (SQLException e) {
                if (!begun || attempt == RECONNECTIONS || !(isLost(e) || isToBeRepeated(e))) throw failed(e);
                if (isLost(e)) pool.getHikariPoolMXBean().softEvictConnections();
            }
        }
    }

    /** What was done is done, whatever becomes of its connection. */
    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // the pool has thrown it away
        }
    }

    private static void pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(5, 10 << Math.min(attempt, 5)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted before a transaction was done again", e);
        }
    }

    ArchiveException failed(SQLException e) {
        return failed(settings, e);
    }

    private static ArchiveException failed(Settings settings, SQLException e) {
        var state = state(e);
        if (isLost(e) || e instanceof SQLTransientConnectionException)
            return new DatabaseUnavailableException(
                    settings + " cannot be reached: " + e.getMessage()
                            + ". Nothing was changed; ask again when it is back.",
                    e);
        // cancelled by its timeout, waited for a lock, out of room, a standby that may only be read
        if (isToBeRepeated(e)
                || state.equals("57014")
                || state.equals("55P03")
                || state.startsWith("53")
                || state.equals("25006"))
            return new DatabaseUnavailableException(
                    settings + " cannot do it now: " + e.getMessage() + ". Nothing was changed; ask again later.", e);
        return new ArchiveException(settings + ": " + e.getMessage(), e);
    }

    /** The server ended the connection or cannot be reached (SQLSTATE classes 08 and 57P, 25P03). */
    private static boolean isLost(SQLException e) {
        var state = state(e);
        return state.startsWith("08") || state.startsWith("57P") || state.equals("25P03") || state.equals("25P04");
    }

    private static boolean isToBeRepeated(SQLException e) {
        return state(e).equals("40001") || state(e).equals("40P01");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** Removes the schema and all that is in it, and closes this. */
    public void drop() {
        write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("DROP SCHEMA IF EXISTS " + settings.schema() + " CASCADE");
            }
        });
        close();
    }

    @Override
    public void close() {
        pool.close();
    }
}
