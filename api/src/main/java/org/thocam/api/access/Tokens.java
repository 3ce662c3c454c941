package org.thocam.api.access;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
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
import java.util.TreeSet;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.Migrations;
import org.thocam.ontology.sqlite.SqliteFile;

/**
 * The bearer tokens (RFC 6750) of one home, or of all engines in front of one archive. A token is 256 random bits, shown once; only its
 * SHA-256 is kept, so what is kept does not help a thief.
 */
public final class Tokens implements AutoCloseable {
    public static final String PREFIX = "thocam_";

    private static final Migrations TABLES = Migrations.of(Tokens.class, "tokens", "V1__tokens.sql");
    private static final String WITH_COMMUNITIES =
            "SELECT t.id, t.role, t.name, t.created, t.revoked, c.name FROM token t LEFT JOIN community c ON c.token = t.id";

    private final Database database;
    private final Runnable closing;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();

    /** A token as it may be listed: never the token itself. */
    public record Listed(long id, Principal principal, Instant created, boolean revoked) {}

    private Tokens(Database database, Runnable closing) {
        this.database = database;
        this.closing = closing;
        database.migrate(TABLES);
    }

    /** Opens the file, or makes it. */
    public static Tokens open(Path file) {
        return open(SqliteFile.durable(file));
    }

    /** Those of a database that is closed with them. */
    public static Tokens open(Database database) {
        try {
            return new Tokens(database, database::close);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Those of a database, which stays open when they are closed. */
    public static Tokens in(Database database) {
        return new Tokens(database, () -> {});
    }

    /** Makes a token and returns it; nobody can read it again. */
    public String create(Role role, String name, List<String> communities) {
        var bits = new byte[32];
        random.nextBytes(bits);
        var token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        var created = clock.instant().toString();
        return database.write(connection -> {
            try (var insert = connection.prepareStatement(
                            "INSERT INTO token(digest, role, name, created) VALUES(?, ?, ?, ?) RETURNING id");
                    var join = connection.prepareStatement("INSERT INTO community VALUES(?, ?)")) {
                insert.setString(1, digest(token));
                insert.setString(2, role.word());
                insert.setString(3, name);
                insert.setString(4, created);
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
            }
            return token;
        });
    }

    /** Who holds this token; empty for one that is unknown or revoked. */
    public Optional<Principal> find(String token) {
        if (!token.startsWith(PREFIX)) return Optional.empty();
        return database
                .read(WITH_COMMUNITIES + " WHERE t.digest = ? AND t.revoked = 0", Tokens::listed, digest(token))
                .stream()
                .map(Listed::principal)
                .findFirst();
    }

    public List<Listed> list() {
        return database.read(WITH_COMMUNITIES + " ORDER BY t.id", Tokens::listed);
    }

    /** From now on nobody can use it. Returns whether there was such a token. */
    public boolean revoke(long id) {
        return database.write(connection -> {
            try (var update = connection.prepareStatement("UPDATE token SET revoked = 1 WHERE id = ?")) {
                update.setLong(1, id);
                return update.executeUpdate() > 0;
            }
        });
    }

    @Override
    public void close() {
        closing.run();
    }

    /** The rows of one token follow each other, one for each of its communities. */
    private static List<Listed> listed(ResultSet rows) throws SQLException {
        var all = new ArrayList<Listed>();
        boolean more = rows.next();
        while (more) {
            long id = rows.getLong(1);
            var role = Role.ofWord(rows.getString(2));
            var name = rows.getString(3);
            var created = Instant.parse(rows.getString(4));
            boolean revoked = rows.getInt(5) == 1;
            var communities = new TreeSet<String>();
            do {
                var community = rows.getString(6);
                if (community != null) communities.add(community);
                more = rows.next();
            } while (more && rows.getLong(1) == id);
            all.add(new Listed(id, new Principal(role, name, Set.copyOf(communities)), created, revoked));
        }
        return all;
    }

    static String digest(String token) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
