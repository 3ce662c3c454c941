package org.thocam.ingest.harvest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.thocam.ontology.sqlite.SqliteFile;

/**
 * What is known of each partner: how far its harvest is, what it gave, what of that is here. If it is lost, {@link Duplicates} writes
 * the records down again from the archive, and the next harvest is a full one that changes nothing.
 */
final class HarvestLedger implements AutoCloseable {
    private static final String OF = " WHERE source = ? AND spec = ? AND prefix = ?";

    /** One list of one partner: what incremental harvesting is about. */
    record Key(String source, String spec, String prefix) {}

    /**
     * @param since responseDate of the first answer of the last finished harvest; empty before there was one
     * @param began the same of the one under way; empty before its first answer
     * @param asked the bounds that the one under way was asked for
     * @param gaps whether a part of it could not be read
     */
    record State(
            Key key,
            String base,
            String since,
            String finished,
            String began,
            String asked,
            boolean gaps,
            boolean running) {}

    /**
     * A part of the list still to be read.
     *
     * @param run names this reading of it: what of it was seen already
     * @param token to go on with; empty to begin
     */
    record Window(String opens, String closes, String token, String run) {}

    /**
     * A record of a partner, as it was at the last look.
     *
     * @param state {@code ok}, {@code deleted}, {@code duplicate}, {@code failed}, or {@code unfetched} where it is to be asked for again
     * @param id of the item that it is, or is a duplicate of; empty where there is none
     */
    record Seen(String identifier, String datestamp, String id, String state) {}

    private final Path path;
    private final SqliteFile file;

    HarvestLedger(Path path) {
        this.path = path;
        file = SqliteFile.durable(
                path,
                "CREATE TABLE IF NOT EXISTS harvest(source TEXT, spec TEXT, prefix TEXT, base TEXT, since TEXT, finished TEXT, began TEXT, asked TEXT, gaps INTEGER, running INTEGER, PRIMARY KEY(source, spec, prefix))",
                "CREATE TABLE IF NOT EXISTS part(source TEXT, spec TEXT, prefix TEXT, place INTEGER, opens TEXT, closes TEXT, token TEXT, run TEXT, PRIMARY KEY(source, spec, prefix, place))",
                "CREATE TABLE IF NOT EXISTS record(source TEXT, identifier TEXT, datestamp TEXT, id TEXT, state TEXT, PRIMARY KEY(source, identifier)) WITHOUT ROWID",
                "CREATE TABLE IF NOT EXISTS via(source TEXT, spec TEXT, identifier TEXT, run TEXT, PRIMARY KEY(source, spec, identifier)) WITHOUT ROWID",
                "CREATE INDEX IF NOT EXISTS via_run ON via(run)",
                "CREATE TABLE IF NOT EXISTS listed(identifier TEXT PRIMARY KEY, datestamp TEXT, deleted INTEGER) WITHOUT ROWID",
                "CREATE TABLE IF NOT EXISTS strong(key TEXT, id TEXT, source TEXT, PRIMARY KEY(key, id)) WITHOUT ROWID",
                "CREATE INDEX IF NOT EXISTS strong_id ON strong(id)",
                "CREATE TABLE IF NOT EXISTS followed(one INTEGER PRIMARY KEY, generation TEXT, seq INTEGER)");
    }

    SqliteFile file() {
        return file;
    }

    /** Whoever holds the ledger is alone with it, so a file without a log beside it is all of it. */
    void copyTo(Path target) throws IOException {
        file.read("PRAGMA wal_checkpoint(TRUNCATE)", rows -> null);
        Files.copy(path, target);
    }

    Optional<State> state(Key key) {
        return states(OF, key.source(), key.spec(), key.prefix()).stream().findFirst();
    }

    List<State> states() {
        return states(" ORDER BY source, spec, prefix");
    }

    private List<State> states(String where, Object... values) {
        return file.read(
                "SELECT source, spec, prefix, base, since, finished, began, asked, gaps, running FROM harvest" + where,
                rows -> {
                    var found = new ArrayList<State>();
                    while (rows.next())
                        found.add(new State(
                                new Key(rows.getString(1), rows.getString(2), rows.getString(3)),
                                rows.getString(4),
                                rows.getString(5),
                                rows.getString(6),
                                rows.getString(7),
                                rows.getString(8),
                                rows.getBoolean(9),
                                rows.getBoolean(10)));
                    return found;
                },
                values);
    }

    List<Window> windows(Key key) {
        return file.read(
                "SELECT opens, closes, token, run FROM part" + OF + " ORDER BY place",
                rows -> {
                    var found = new ArrayList<Window>();
                    while (rows.next())
                        found.add(
                                new Window(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                    return found;
                },
                key.source(),
                key.spec(),
                key.prefix());
    }

    void begin(Key key, String base, String asked, List<Window> windows) {
        file.write(connection -> {
            update(
                    connection,
                    "INSERT INTO harvest VALUES(?, ?, ?, ?, '', '', '', ?, 0, 1) ON CONFLICT DO UPDATE SET base = excluded.base, asked = excluded.asked, began = '', gaps = 0, running = 1",
                    key.source(),
                    key.spec(),
                    key.prefix(),
                    base,
                    asked);
            put(connection, key, windows);
            return null;
        });
    }

    void began(Key key, String responseDate) {
        run("UPDATE harvest SET began = ?" + OF, responseDate, key.source(), key.spec(), key.prefix());
    }

    void gap(Key key) {
        run("UPDATE harvest SET gaps = 1" + OF, key.source(), key.spec(), key.prefix());
    }

    /** @param moves whether the next harvest begins where this one began */
    void finish(Key key, boolean moves, String now) {
        run(
                "UPDATE harvest SET running = 0, finished = ?, since = CASE WHEN ? AND gaps = 0 THEN began ELSE since END"
                        + OF,
                now,
                moves ? 1 : 0,
                key.source(),
                key.spec(),
                key.prefix());
    }

    void replace(Key key, List<Window> windows) {
        file.write(connection -> {
            put(connection, key, windows);
            return null;
        });
    }

    private static void put(Connection connection, Key key, List<Window> windows) throws SQLException {
        update(connection, "DELETE FROM part" + OF, key.source(), key.spec(), key.prefix());
        int place = 0;
        for (var window : windows)
            update(
                    connection,
                    "INSERT INTO part VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                    key.source(),
                    key.spec(),
                    key.prefix(),
                    place++,
                    window.opens(),
                    window.closes(),
                    window.token(),
                    window.run());
    }

    /** What a page gave, and where to go on, in one commit. */
    void page(Key key, String run, Collection<Seen> seen, Optional<List<Window>> windows) {
        file.write(connection -> {
            for (var record : seen) {
                put(connection, key.source(), record);
                update(
                        connection,
                        "INSERT INTO via VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET run = excluded.run",
                        key.source(),
                        key.spec(),
                        record.identifier(),
                        run);
            }
            if (windows.isPresent()) put(connection, key, windows.get());
            return null;
        });
    }

    private static void put(Connection connection, String source, Seen record) throws SQLException {
        update(
                connection,
                "INSERT INTO record VALUES(?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET datestamp = excluded.datestamp, id = excluded.id, state = excluded.state",
                source,
                record.identifier(),
                record.datestamp(),
                record.id(),
                record.state());
    }

    Optional<Seen> seen(String source, String identifier) {
        return records(" WHERE source = ? AND identifier = ?", source, identifier).stream()
                .findFirst();
    }

    List<Seen> records(String where, Object... values) {
        return file.read(
                "SELECT identifier, datestamp, id, state FROM record" + where,
                rows -> {
                    var found = new ArrayList<Seen>();
                    while (rows.next())
                        found.add(new Seen(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                    return found;
                },
                values);
    }

    boolean seenIn(Key key, String run, String identifier) {
        return file.read(
                "SELECT 1 FROM via WHERE source = ? AND spec = ? AND identifier = ? AND run = ?",
                rows -> rows.next(),
                key.source(),
                key.spec(),
                identifier,
                run);
    }

    boolean hasNothingOf(Key key) {
        return file.read(
                "SELECT 1 FROM via WHERE source = ? AND spec = ? LIMIT 1",
                rows -> !rows.next(),
                key.source(),
                key.spec());
    }

    /** How many records a window gave, each counted once. */
    long count(String run) {
        return file.read("SELECT count(*) FROM via WHERE run = ?", rows -> rows.next() ? rows.getLong(1) : 0, run);
    }

    long held(String source) {
        return file.read(
                "SELECT count(*) FROM record WHERE source = ? AND state = 'ok'",
                rows -> rows.next() ? rows.getLong(1) : 0,
                source);
    }

    void forgetListed() {
        run("DELETE FROM listed");
    }

    void list(Collection<OaiRecord.Header> headers) {
        file.write(connection -> {
            for (var header : headers)
                update(
                        connection,
                        "INSERT INTO listed VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET datestamp = excluded.datestamp, deleted = excluded.deleted",
                        header.identifier(),
                        header.datestamp(),
                        header.deleted() ? 1 : 0);
            return null;
        });
    }

    long listed() {
        return file.read("SELECT count(*) FROM listed", rows -> rows.next() ? rows.getLong(1) : 0);
    }

    /** The listed records, in the order of identifiers, after this one. */
    List<OaiRecord.Header> listed(String after, int limit) {
        return file.read(
                "SELECT identifier, datestamp, deleted FROM listed WHERE identifier > ? ORDER BY identifier LIMIT ?",
                rows -> {
                    var found = new ArrayList<OaiRecord.Header>();
                    while (rows.next())
                        found.add(new OaiRecord.Header(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
                    return found;
                },
                after,
                limit);
    }

    /** What we hold of a list and the partner did not list. */
    List<Seen> unlisted(Key key) {
        var all =
                " WHERE source = ? AND state IN ('ok', 'failed', 'unfetched') AND identifier NOT IN (SELECT identifier FROM listed)";
        return key.spec().isEmpty()
                ? records(all + " ORDER BY identifier", key.source())
                : records(
                        all
                                + " AND identifier IN (SELECT identifier FROM via WHERE source = ? AND spec = ?) ORDER BY identifier",
                        key.source(),
                        key.source(),
                        key.spec());
    }

    private void run(String sql, Object... values) {
        file.write(connection -> {
            update(connection, sql, values);
            return null;
        });
    }

    static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            statement.executeUpdate();
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
