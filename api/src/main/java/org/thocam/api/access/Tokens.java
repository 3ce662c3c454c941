package org.thocam.api.access;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bearer tokens (RFC 6750) of one home, in a SQLite file. A token is 256 random bits, shown once; only its SHA-256 is kept, so
 * the file does not help a thief.
 */
public final class Tokens implements AutoCloseable {
    public static final String PREFIX = "thocam_";

    private final Connection connection;
    private final Path file;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();

    /** A token as it may be listed: never the token itself. */
    public record Listed(long id, Principal principal, Instant created, boolean revoked) {}

    private Tokens(Connection connection, Path file) {
        this.connection = connection;
        this.file = file;
    }

    /** Opens the file, or makes it. */
    public static Tokens open(Path file) {
        try {
            var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 5000");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS token (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE,"
                                + " role TEXT NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL, revoked INTEGER NOT NULL DEFAULT 0)");
                statement.execute("CREATE TABLE IF NOT EXISTS community (token INTEGER NOT NULL REFERENCES token(id),"
                        + " name TEXT NOT NULL, PRIMARY KEY (token, name))");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new Tokens(connection, file);
        } catch (SQLException e) {
            throw failed("opened", file, e);
        }
    }

    /** Makes a token and returns it; nobody can read it again. */
    public synchronized String create(Role role, String name, List<String> communities) {
        var bits = new byte[32];
        random.nextBytes(bits);
        var token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        try {
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement(
                            "INSERT INTO token (digest, role, name, created) VALUES (?, ?, ?, ?) RETURNING id");
                    var join = connection.prepareStatement("INSERT INTO community VALUES (?, ?)")) {
                insert.setString(1, digest(token));
                insert.setString(2, role.word());
                insert.setString(3, name);
                insert.setString(4, clock.instant().toString());
                long id;
                try (var row = insert.executeQuery()) {
                    row.next();
                    id = row.getLong(1);
                }
                for (var community : Set.copyOf(communities)) {
                    join.setLong(1, id);
                    join.setString(2, community);
                    join.executeUpdate();
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed("written", file, e);
        }
        return token;
    }

    /** Who holds this token; empty for one that is unknown or revoked. */
    public synchronized Optional<Principal> find(String token) {
        if (!token.startsWith(PREFIX)) return Optional.empty();
        try (var query = connection.prepareStatement("SELECT * FROM token WHERE digest = ? AND revoked = 0")) {
            query.setString(1, digest(token));
            try (var row = query.executeQuery()) {
                return row.next() ? Optional.of(principal(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed("read", file, e);
        }
    }

    public synchronized List<Listed> list() {
        try (var query = connection.prepareStatement("SELECT * FROM token ORDER BY id");
                var row = query.executeQuery()) {
            var all = new ArrayList<Listed>();
            while (row.next())
                all.add(new Listed(
                        row.getLong("id"),
                        principal(row),
                        Instant.parse(row.getString("created")),
                        row.getBoolean("revoked")));
            return all;
        } catch (SQLException e) {
            throw failed("read", file, e);
        }
    }

    /** From now on nobody can use it. Returns whether there was such a token. */
    public synchronized boolean revoke(long id) {
        try (var update = connection.prepareStatement("UPDATE token SET revoked = 1 WHERE id = ?")) {
            update.setLong(1, id);
            return update.executeUpdate() > 0;
        } catch (SQLException e) {
            throw failed("written", file, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("closed", file, e);
        }
    }

    private Principal principal(ResultSet row) throws SQLException {
        var communities = new ArrayList<String>();
        try (var query = connection.prepareStatement("SELECT name FROM community WHERE token = ?")) {
            query.setLong(1, row.getLong("id"));
            try (var names = query.executeQuery()) {
                while (names.next()) communities.add(names.getString(1));
            }
        }
        return new Principal(Role.ofWord(row.getString("role")), row.getString("name"), Set.copyOf(communities));
    }

    static String digest(String token) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static IllegalStateException failed(String what, Path file, SQLException e) {
        return new IllegalStateException(
                "the tokens in " + file + " could not be " + what + ": " + e.getMessage()
                        + ". No token works until the file is readable and writable.",
                e);
    }
}
