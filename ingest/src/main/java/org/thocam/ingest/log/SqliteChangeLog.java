package org.thocam.ingest.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.thocam.ontology.Access;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.FeedEntry;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Version;
import org.thocam.ontology.sqlite.SqliteFile;

/**
 * The change log as one SQLite file: WAL, {@code synchronous=FULL}, so that a commit that returned survives a loss of power. One
 * writer at a time, readers beside it.
 *
 * <p>Beside the changes stands, for each item, what harvesters may know of it ({@code head}): it follows from the changes alone. Parts
 * have a table of their own ({@code part}), so that no question about items can meet one.
 */
public final class SqliteChangeLog implements ChangeLog {
    private static final long NEVER = Long.MAX_VALUE;
    /** Raised whenever the same archive would give another log: one of another format is made again. */
    private static final String FORMAT = "2";

    private static final String COLUMNS = "seq, id, version, kind, at, access, sets, digest";
    private static final String PARTS =
            "SELECT c.seq, c.id, c.version, c.kind, c.at, c.access, c.sets, c.digest FROM part p JOIN change c ON c.seq = p.seq";

    private final SqliteFile file;
    private final String generation;
    /** Since when what was intended has no outcome: its changes may have any datestamp from then on. */
    private final Map<ItemId, Instant> underWay = new ConcurrentHashMap<>();

    private SqliteChangeLog(SqliteFile file) {
        this.file = file;
        this.generation = file.read(
                "SELECT value FROM meta WHERE key='generation'", rows -> rows.next() ? rows.getString(1) : "");
    }

    /** Opens the log, or makes an empty one with a generation of its own. */
    public static SqliteChangeLog open(Path path) {
        return new SqliteChangeLog(SqliteFile.durable(
                path,
                "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
                "INSERT OR IGNORE INTO meta VALUES('generation', '" + UUID.randomUUID() + "')",
                "INSERT OR IGNORE INTO meta SELECT 'format', '" + FORMAT + "'"
                        + " WHERE NOT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'change')",
                "CREATE TABLE IF NOT EXISTS intent(id TEXT PRIMARY KEY) WITHOUT ROWID",
                "CREATE TABLE IF NOT EXISTS change(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL, kind INTEGER NOT NULL,"
                        + " at INTEGER NOT NULL, access TEXT NOT NULL, sets TEXT NOT NULL, digest TEXT NOT NULL, UNIQUE(id, version))",
                "CREATE TABLE IF NOT EXISTS head(id TEXT PRIMARY KEY, seq INTEGER NOT NULL, version INTEGER NOT NULL, kind INTEGER NOT NULL,"
                        + " stamp INTEGER NOT NULL, open_from INTEGER NOT NULL, live_stamp INTEGER NOT NULL, announced INTEGER NOT NULL,"
                        + " sets TEXT NOT NULL) WITHOUT ROWID",
                "CREATE INDEX IF NOT EXISTS head_live ON head(live_stamp, id) WHERE kind = 0",
                "CREATE INDEX IF NOT EXISTS head_gone ON head(stamp, id) WHERE announced = 1",
                "CREATE INDEX IF NOT EXISTS head_hidden ON head(open_from) WHERE open_from > 0",
                "CREATE TABLE IF NOT EXISTS part(whole TEXT NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(whole, name))"
                        + " WITHOUT ROWID",
                "CREATE TABLE IF NOT EXISTS member(spec TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY(spec, id)) WITHOUT ROWID",
                "CREATE INDEX IF NOT EXISTS member_id ON member(id)"));
    }

    /** Whether it is as this version of Thocam makes it; one that is not has to be made again from the archive. */
    public boolean ofThisFormat() {
        return meta("format").equals(Optional.of(FORMAT));
    }

    private Optional<String> meta(String key) {
        return file.read(
                "SELECT value FROM meta WHERE key = ?",
                rows -> rows.next() ? Optional.of(rows.getString(1)) : Optional.empty(),
                key);
    }

    @Override
    public String generation() {
        return generation;
    }

    @Override
    public void announce(int edition, Instant at) {
        var known = meta("edition");
        if (known.equals(Optional.of(String.valueOf(edition)))) return;
        announce(String.valueOf(edition), known.isPresent() ? Optional.of(at) : Optional.empty());
    }

    @Override
    public void announceToAll(int edition, Instant at) {
        announce(String.valueOf(edition), Optional.of(at));
    }

    @Override
    public Optional<Announcement> announced() {
        return meta("edition")
                .map(edition -> new Announcement(
                        Integer.parseInt(edition),
                        meta("announced").map(at -> Instant.ofEpochSecond(Long.parseLong(at)))));
    }

    @Override
    public void announceAs(Announcement other) {
        announce(String.valueOf(other.edition()), other.at());
    }

    @Override
    public void listen(Runnable changed) {
        // nobody else has this file
    }

    private void announce(String edition, Optional<Instant> at) {
        file.write(connection -> {
            try (var set = connection.prepareStatement("INSERT OR REPLACE INTO meta VALUES(?,?)");
                    var stamp = connection.prepareStatement(
                            "UPDATE head SET live_stamp = ? WHERE kind = 0 AND live_stamp < ?")) {
                set.setString(1, "edition");
                set.setString(2, edition);
                set.executeUpdate();
                if (at.isEmpty()) return null;
                long seconds = at.get().getEpochSecond();
                stamp.setLong(1, seconds);
                stamp.setLong(2, seconds);
                stamp.executeUpdate();
                set.setString(1, "announced");
                set.setString(2, String.valueOf(seconds));
                set.executeUpdate();
            }
            return null;
        });
    }

    @Override
    public Instant horizon(Instant now) {
        var earliest = now;
        for (var since : underWay.values()) if (since.isBefore(earliest)) earliest = since;
        return earliest.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public long last() {
        return file.read("SELECT COALESCE(MAX(seq), 0) FROM change", rows -> rows.getLong(1));
    }

    @Override
    public Instant lastAt() {
        return file.read(
                "SELECT COALESCE(MAX(at), 0) FROM change WHERE seq = (SELECT MAX(seq) FROM change)",
                rows -> instant(rows.getLong(1)));
    }

    @Override
    public Instant intend(Collection<ItemId> items) {
        var now = Instant.now();
        for (var id : items) underWay.putIfAbsent(id, now);
        file.write(connection -> {
            try (var insert = connection.prepareStatement("INSERT OR IGNORE INTO intent VALUES(?)")) {
                for (var id : items) {
                    insert.setString(1, id.value());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return null;
        });
        return now;
    }

    @Override
    public List<ItemId> openIntents() {
        return file.read("SELECT id FROM intent ORDER BY id", rows -> {
            var ids = new ArrayList<ItemId>();
            while (rows.next()) ids.add(new ItemId(rows.getString(1)));
            return ids;
        });
    }

    @Override
    public List<Change> record(List<Change> changes, Collection<ItemId> intents) {
        var recorded = file.write(connection -> {
            var placed = new ArrayList<Change>();
            try (var statements = new Statements(connection)) {
                long seq = statements.last();
                for (var change : changes) {
                    var known = statements.change(change.id(), change.version());
                    if (known != null) {
                        placed.add(known);
                        continue;
                    }
                    var here = change.at(++seq);
                    statements.append(here);
                    placed.add(here);
                }
                for (var id : intents) statements.forget(id);
            }
            return placed;
        });
        underWay.keySet().removeAll(intents);
        return recorded;
    }

    @Override
    public List<Change> after(long seq, int limit) {
        return file.read(
                "SELECT " + COLUMNS + " FROM change WHERE seq > ? ORDER BY seq LIMIT ?",
                SqliteChangeLog::changes,
                seq,
                limit);
    }

    @Override
    public Optional<Change> headOf(ItemId id) {
        if (id.isPart())
            return file.read(
                    "SELECT " + COLUMNS
                            + " FROM change WHERE seq = (SELECT seq FROM part WHERE whole = ? AND name = ?)",
                    rows -> changes(rows).stream().findFirst(),
                    id.whole().value(),
                    id.partName());
        return file.read(
                "SELECT " + COLUMNS + " FROM change WHERE seq = (SELECT seq FROM head WHERE id = ?)",
                rows -> changes(rows).stream().findFirst(),
                id.value());
    }

    @Override
    public List<Change> partsOf(ItemId whole, String afterPartName, int limit) {
        return file.read(
                PARTS + " WHERE p.whole = ? AND p.name > ? ORDER BY p.name LIMIT ?",
                SqliteChangeLog::changes,
                whole.value(),
                afterPartName,
                limit);
    }

    @Override
    public List<Change> parts(ItemId after, int limit) {
        return file.read(
                PARTS + " WHERE (p.whole, p.name) > (?, ?) ORDER BY p.whole, p.name LIMIT ?",
                SqliteChangeLog::changes,
                after == null ? "" : after.whole().value(),
                after == null ? "" : after.partName(),
                limit);
    }

    @Override
    public List<Change> heads(ItemId after, int limit) {
        return file.read(
                "SELECT c.seq, c.id, c.version, c.kind, c.at, c.access, c.sets, c.digest FROM head h JOIN change c ON c.seq = h.seq"
                        + " WHERE h.id > ? ORDER BY h.id LIMIT ?",
                SqliteChangeLog::changes,
                after == null ? "" : after.value(),
                limit);
    }

    @Override
    public long items() {
        return file.read("SELECT COUNT(*) FROM head WHERE kind = 0", rows -> rows.getLong(1));
    }

    @Override
    public List<FeedEntry> feed(FeedQuery query, Instant now) {
        var live = new Clause(
                "SELECT id, version, live_stamp AS stamp, 0 AS gone, sets FROM head WHERE kind = 0 AND open_from <= ?",
                now.getEpochSecond());
        live.narrow("live_stamp", query);
        live.sql.append(" ORDER BY live_stamp, id LIMIT ").append(query.limit());
        var gone = new Clause(
                "SELECT id, version, stamp, 1 AS gone, sets FROM head WHERE announced = 1 AND (kind = 1 OR open_from > ?)",
                now.getEpochSecond());
        gone.narrow("stamp", query);
        gone.sql.append(" ORDER BY stamp, id LIMIT ").append(query.limit());
        var values = new ArrayList<>(live.values);
        values.addAll(gone.values);
        return file.read(
                "SELECT * FROM (" + live.sql + ") UNION ALL SELECT * FROM (" + gone.sql + ") ORDER BY stamp, id LIMIT "
                        + query.limit(),
                SqliteChangeLog::entries,
                values.toArray());
    }

    private static List<FeedEntry> entries(ResultSet rows) throws SQLException {
        var entries = new ArrayList<FeedEntry>();
        while (rows.next())
            entries.add(new FeedEntry(
                    new ItemId(rows.getString("id")),
                    new Version(rows.getLong("version")),
                    Instant.ofEpochSecond(rows.getLong("stamp")),
                    rows.getInt("gone") == 1,
                    sets(rows.getString("sets"))));
        return entries;
    }

    @Override
    public Optional<FeedEntry> feedEntry(ItemId id, Instant now) {
        return file.read(
                "SELECT id, version, live_stamp AS stamp, 0 AS gone, sets FROM head WHERE id = ? AND kind = 0 AND open_from <= ?"
                        + " UNION ALL SELECT id, version, stamp, 1 AS gone, sets FROM head"
                        + " WHERE id = ? AND announced = 1 AND (kind = 1 OR open_from > ?)",
                rows -> entries(rows).stream().findFirst(),
                id.value(),
                now.getEpochSecond(),
                id.value(),
                now.getEpochSecond());
    }

    @Override
    public long feedSize(FeedQuery query, Instant now) {
        var live = new Clause("SELECT COUNT(*) AS n FROM head WHERE kind = 0 AND open_from <= ?", now.getEpochSecond());
        live.narrow("live_stamp", query);
        var gone = new Clause(
                "SELECT COUNT(*) AS n FROM head WHERE announced = 1 AND (kind = 1 OR open_from > ?)",
                now.getEpochSecond());
        gone.narrow("stamp", query);
        var values = new ArrayList<>(live.values);
        values.addAll(gone.values);
        return file.read(
                "SELECT SUM(n) FROM (" + live.sql + " UNION ALL " + gone.sql + ")",
                rows -> rows.getLong(1),
                values.toArray());
    }

    @Override
    public List<String> sets(Instant now) {
        return file.read(
                // from one set to the next by the index: there are few sets and many members
                "WITH RECURSIVE s(spec) AS (SELECT MIN(spec) FROM member UNION ALL"
                        + " SELECT (SELECT MIN(spec) FROM member WHERE spec > s.spec) FROM s WHERE s.spec IS NOT NULL)"
                        + " SELECT spec FROM s WHERE spec IS NOT NULL AND EXISTS (SELECT 1 FROM member m JOIN head h ON h.id = m.id"
                        + " WHERE m.spec = s.spec AND (h.announced = 1 OR (h.kind = 0 AND h.open_from <= ?)))",
                rows -> {
                    var specs = new ArrayList<String>();
                    while (rows.next()) specs.add(rows.getString(1));
                    return specs;
                },
                now.getEpochSecond());
    }

    @Override
    public Optional<Instant> earliest(Instant now) {
        return file.read(
                "SELECT MIN(s) FROM (SELECT MIN(live_stamp) AS s FROM head WHERE kind = 0 AND open_from <= ?"
                        + " UNION ALL SELECT MIN(stamp) FROM head WHERE announced = 1 AND (kind = 1 OR open_from > ?))",
                rows -> {
                    long found = rows.getLong(1);
                    return rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(found));
                },
                now.getEpochSecond(),
                now.getEpochSecond());
    }

    @Override
    public List<Change> notOpen() {
        return file.read(
                "SELECT c.seq, c.id, c.version, c.kind, c.at, c.access, c.sets, c.digest FROM head h JOIN change c ON c.seq = h.seq"
                        + " WHERE h.open_from > 0",
                SqliteChangeLog::changes);
    }

    @Override
    public void close() {
        file.close();
    }

    /** A part of the feed, narrowed by what the harvester asks for. */
    private static final class Clause {
        private final StringBuilder sql;
        private final List<Object> values = new ArrayList<>();

        Clause(String start, Object value) {
            sql = new StringBuilder(start);
            values.add(value);
        }

        void narrow(String stamp, FeedQuery query) {
            query.from().ifPresent(from -> add(" AND " + stamp + " >= ?", from.getEpochSecond()));
            query.until().ifPresent(until -> add(" AND " + stamp + " <= ?", until.getEpochSecond()));
            query.set()
                    .ifPresent(set ->
                            add(" AND EXISTS (SELECT 1 FROM member WHERE spec = ? AND member.id = head.id)", set));
            query.after().ifPresent(key -> {
                add(" AND (" + stamp + ", id) > (?, ?)", key.datestamp().getEpochSecond());
                values.add(key.id().value());
            });
        }

        private void add(String more, Object value) {
            sql.append(more);
            values.add(value);
        }
    }

    /** The statements of one transaction, prepared once for all its changes. */
    private static final class Statements implements AutoCloseable {
        private final PreparedStatement last;
        private final PreparedStatement change;
        private final PreparedStatement insert;
        private final PreparedStatement before;
        private final PreparedStatement head;
        private final PreparedStatement part;
        private final PreparedStatement whole;
        private final PreparedStatement leave;
        private final PreparedStatement join;
        private final PreparedStatement forget;

        Statements(Connection connection) throws SQLException {
            last = connection.prepareStatement("SELECT COALESCE(MAX(seq), 0) FROM change");
            change = connection.prepareStatement("SELECT " + COLUMNS + " FROM change WHERE id = ? AND version = ?");
            insert = connection.prepareStatement("INSERT INTO change(" + COLUMNS + ") VALUES(?,?,?,?,?,?,?,?)");
            before = connection.prepareStatement("SELECT kind, open_from, announced FROM head WHERE id = ?");
            head = connection.prepareStatement(
                    "INSERT OR REPLACE INTO head(id, seq, version, kind, stamp, open_from, live_stamp, announced, sets) VALUES(?,?,?,?,?,?,?,?,?)");
            part = connection.prepareStatement("INSERT OR REPLACE INTO part VALUES(?,?,?)");
            whole = connection.prepareStatement(
                    "UPDATE head SET stamp = MAX(stamp, ?), live_stamp = MAX(live_stamp, ?) WHERE id = ? AND kind = 0");
            leave = connection.prepareStatement("DELETE FROM member WHERE id = ?");
            join = connection.prepareStatement("INSERT OR IGNORE INTO member VALUES(?,?)");
            forget = connection.prepareStatement("DELETE FROM intent WHERE id = ?");
        }

        long last() throws SQLException {
            try (var rows = last.executeQuery()) {
                return rows.getLong(1);
            }
        }

        Change change(ItemId id, Version version) throws SQLException {
            change.setString(1, id.value());
            change.setLong(2, version.number());
            try (var rows = change.executeQuery()) {
                var found = changes(rows);
                return found.isEmpty() ? null : found.get(0);
            }
        }

        void append(Change c) throws SQLException {
            var sets = json(c.sets());
            insert.setLong(1, c.seq());
            insert.setString(2, c.id().value());
            insert.setLong(3, c.version().number());
            insert.setInt(4, c.kind().ordinal());
            insert.setLong(5, micros(c.at()));
            insert.setString(6, ItemJson.accessText(c.access()));
            insert.setString(7, sets);
            insert.setString(8, c.digest());
            insert.executeUpdate();
            if (c.isPart()) lead(c);
            else lead(c, sets);
        }

        /** Partners are told of a dictionary anew when an entry of it changes. */
        private void lead(Change c) throws SQLException {
            part.setString(1, c.id().whole().value());
            part.setString(2, c.id().partName());
            part.setLong(3, c.seq());
            part.executeUpdate();
            whole.setLong(1, c.datestamp().getEpochSecond());
            whole.setLong(2, c.datestamp().getEpochSecond());
            whole.setString(3, c.id().whole().value());
            whole.executeUpdate();
        }

        private void lead(Change c, String sets) throws SQLException {
            boolean announced = false;
            boolean known = false;
            before.setString(1, c.id().value());
            try (var rows = before.executeQuery()) {
                if (rows.next()) {
                    known = true;
                    announced =
                            rows.getInt(3) == 1 || (rows.getInt(1) == 0 && rows.getLong(2) <= c.at().getEpochSecond());
                }
            }
            long openFrom = openFrom(c.access());
            long stamp = c.datestamp().getEpochSecond();
            head.setString(1, c.id().value());
            head.setLong(2, c.seq());
            head.setLong(3, c.version().number());
            head.setInt(4, c.kind().ordinal());
            head.setLong(5, stamp);
            head.setLong(6, openFrom);
            head.setLong(7, Math.max(stamp, openFrom));
            head.setInt(8, announced ? 1 : 0);
            head.setString(9, sets);
            head.executeUpdate();
            if (known) {
                leave.setString(1, c.id().value());
                leave.executeUpdate();
            }
            for (var spec : withAncestors(c.sets())) {
                join.setString(1, spec);
                join.setString(2, c.id().value());
                join.executeUpdate();
            }
        }

        void forget(ItemId id) throws SQLException {
            forget.setString(1, id.value());
            forget.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
            for (var statement : List.of(last, change, insert, before, head, part, whole, leave, join, forget))
                statement.close();
        }
    }

    private static Collection<String> withAncestors(List<String> sets) {
        var all = new TreeSet<String>();
        for (var set : sets)
            for (int end = set.length(); end > 0; end = set.lastIndexOf(':', end - 1)) all.add(set.substring(0, end));
        return all;
    }

    private static List<Change> changes(ResultSet rows) throws SQLException {
        var changes = new ArrayList<Change>();
        while (rows.next())
            changes.add(new Change(
                    rows.getLong(1),
                    new ItemId(rows.getString(2)),
                    new Version(rows.getLong(3)),
                    Change.Kind.values()[rows.getInt(4)],
                    instant(rows.getLong(5)),
                    ItemJson.accessOf(rows.getString(6)),
                    sets(rows.getString(7)),
                    rows.getString(8)));
        return changes;
    }

    private static long openFrom(Access access) {
        return access.openFrom().equals(Instant.MAX) ? NEVER : access.openFrom().getEpochSecond();
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static String json(List<String> values) {
        try {
            return ItemJson.MAPPER.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> sets(String json) {
        if (json.equals("[]")) return List.of();
        try {
            return ItemJson.MAPPER.readValue(json, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException e) {
            throw new ArchiveException(
                    "the change log has sets '" + json
                            + "', which is no JSON list. Remove it: it is made again from the archive.",
                    e);
        }
    }
}
