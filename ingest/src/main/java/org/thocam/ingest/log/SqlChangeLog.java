package org.thocam.ingest.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.thocam.ingest.deployment.Standing;
import org.thocam.ontology.Access;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.FeedEntry;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.ItemBusyException;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Version;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.Migrations;
import org.thocam.ontology.sql.OutcomeUnknownException;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.ontology.sqlite.SqliteFile;

/**
 * The change log in SQL: in one SQLite file of one engine, or in a schema of PostgreSQL that several engines share. A commit that returned
 * survives a loss of power. Places are given one transaction after the other, so that nobody sees one before all that come before it.
 *
 * <p>Beside the changes stands, for each item, what harvesters may know of it ({@code head}): it follows from the changes alone. Parts
 * have a table of their own ({@code part}), so that no question about items can meet one.
 */
public final class SqlChangeLog implements ChangeLog {
    static final long NEVER = Long.MAX_VALUE;
    /** Raised, with a script, whenever the same archive would give another log: one of another format is made again. */
    private static final String FORMAT = "2";

    static final Migrations TABLES =
            Migrations.of(SqlChangeLog.class, "log", "V1__change_log.sql", "V2__several_engines.sql");

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_WITH_AN_ANNOUNCEMENT = Duration.ofMinutes(10);
    private static final int RECORDED_AGAIN = 3;
    private static final int PAGE = 10_000;
    /** No item: what is intended while all records get another datestamp. */
    private static final String ANNOUNCEMENT = "";

    static final String COLUMNS = "seq, id, version, kind, at, access, sets, digest";
    private static final String CHANGE = "c.seq, c.id, c.version, c.kind, c.at, c.access, c.sets, c.digest";
    private static final String PARTS = "SELECT " + CHANGE + " FROM part p JOIN change c ON c.seq = p.seq";

    private final Database database;
    private final Duration patience;
    private final Owner owner;
    private final String generation;

    private SqlChangeLog(Database database, Duration patience, Standing standing) {
        this.database = database;
        this.patience = patience;
        database.migrate(TABLES);
        this.generation = drawn();
        this.owner = database instanceof PostgresDatabase shared ? new SessionOwner(shared, standing) : new OnlyOwner();
    }

    /** Opens the log in this file, or makes an empty one with a generation of its own. */
    public static SqlChangeLog open(Path file) {
        return open(SqliteFile.durable(file));
    }

    /** The same in a database, which is closed with the log. */
    public static SqlChangeLog open(Database database) {
        return open(database, PATIENCE, Standing.GRANTED);
    }

    /** @param standing asked in every transaction that notes or records something */
    public static SqlChangeLog open(Database database, Standing standing) {
        return open(database, PATIENCE, standing);
    }

    /** @param patience how long an intent waits for another engine */
    static SqlChangeLog open(Database database, Duration patience) {
        return open(database, patience, Standing.GRANTED);
    }

    private static SqlChangeLog open(Database database, Duration patience, Standing standing) {
        try {
            return new SqlChangeLog(database, patience, standing);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private String drawn() {
        var known = meta("generation");
        if (known.isPresent()) return known.get();
        database.write(connection -> {
            try (var insert =
                    connection.prepareStatement("INSERT INTO meta VALUES('generation', ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, UUID.randomUUID().toString());
                return insert.executeUpdate();
            }
        });
        return meta("generation").orElseThrow();
    }

    /** Whether it is as this version of Thocam makes it; one that is not has to be made again from the archive. */
    public boolean ofThisFormat() {
        return meta("format").equals(Optional.of(FORMAT));
    }

    private Optional<String> meta(String key) {
        return database.read(
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
        if (isAnnounced(edition)) return;
        announcing(at, from -> {
            if (isAnnounced(edition)) return;
            announce(new Announcement(edition, meta("edition").isPresent() ? Optional.of(from) : Optional.empty()));
        });
    }

    private boolean isAnnounced(int edition) {
        return meta("edition").equals(Optional.of(String.valueOf(edition)));
    }

    @Override
    public void announceToAll(int edition, Instant at) {
        announcing(at, from -> announce(new Announcement(edition, Optional.of(from))));
    }

    /** Holds the horizon back meanwhile, and other engines that want to announce something. */
    private void announcing(Instant at, Consumer<Instant> announcement) {
        var since = intend(List.of(ANNOUNCEMENT), PATIENCE_WITH_AN_ANNOUNCEMENT);
        try {
            announcement.accept(owner.shared() && since.isAfter(at) ? since : at);
        } finally {
            forget(List.of(ANNOUNCEMENT));
        }
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
        announce(other);
    }

    private void announce(Announcement announcement) {
        announcement.at().ifPresent(at -> {
            for (var last = Optional.of(""); last.isPresent(); ) last = restamp(last.get(), at.getEpochSecond());
            set("announced", String.valueOf(at.getEpochSecond()));
        });
        set("edition", String.valueOf(announcement.edition()));
    }

    /** @return the last id of a page of those after {@code after}; empty where there is none */
    private Optional<String> restamp(String after, long seconds) {
        return database.write(connection -> {
            String last;
            try (var page = connection.prepareStatement(
                    "SELECT MAX(id) FROM (SELECT id FROM head WHERE id > ? ORDER BY id LIMIT " + PAGE + ") AS page")) {
                page.setString(1, after);
                try (var rows = page.executeQuery()) {
                    last = rows.next() ? rows.getString(1) : null;
                }
            }
            if (last == null) return Optional.empty();
            try (var stamp = connection.prepareStatement(
                    "UPDATE head SET live_stamp = ? WHERE kind = 0 AND live_stamp < ? AND id > ? AND id <= ?")) {
                stamp.setLong(1, seconds);
                stamp.setLong(2, seconds);
                stamp.setString(3, after);
                stamp.setString(4, last);
                stamp.executeUpdate();
            }
            return Optional.of(last);
        });
    }

    private void set(String key, String value) {
        database.write(connection -> {
            try (var set = connection.prepareStatement(
                    "INSERT INTO meta VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value = excluded.value")) {
                set.setString(1, key);
                set.setString(2, value);
                return set.executeUpdate();
            }
        });
    }

    @Override
    public void listen(Runnable changed) {
        owner.listen(changed);
    }

    @Override
    public Instant horizon(Instant now) {
        return database.read(
                "SELECT " + (owner.shared() ? SessionOwner.ASKED : "NULL") + ", (SELECT MIN(since) FROM intent)",
                rows -> {
                    rows.next();
                    var earliest = now;
                    for (int column = 1; column <= 2; column++) {
                        var limit = instant(rows.getLong(column));
                        if (!rows.wasNull() && limit.isBefore(earliest)) earliest = limit;
                    }
                    return earliest.truncatedTo(ChronoUnit.SECONDS);
                });
    }

    @Override
    public long last() {
        return database.read("SELECT COALESCE(MAX(seq), 0) FROM change", SqlChangeLog::number);
    }

    private static long number(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getLong(1);
    }

    @Override
    public Instant lastAt() {
        return database.read("SELECT at FROM latest", rows -> rows.next() ? instant(rows.getLong(1)) : Instant.EPOCH);
    }

    @Override
    public Instant intend(Collection<ItemId> items) {
        return intend(items.stream().map(ItemId::value).sorted().distinct().toList(), patience);
    }

    /** In order, so that two engines that want the same items wait for each other once. */
    private Instant intend(List<String> sorted, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        long pause = 5;
        for (var obstacle = noted(sorted); obstacle.isPresent(); obstacle = noted(sorted)) {
            var id = obstacle.get().id();
            if (obstacle.get().adopted())
                throw new ServiceUnavailableException("item " + id + " was under way in an engine that is gone since "
                        + obstacle.get().since() + ". What became of it is to be looked at first; then try again.");
            if (System.nanoTime() > end)
                throw new ItemBusyException(
                        new ItemId(id),
                        "item " + id + " is under way in another engine since "
                                + obstacle.get().since() + "; after " + atMost.toSeconds()
                                + " s nothing was noted. Try again, and look whether that engine hangs.");
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ArchiveException("interrupted before item " + id + " was noted", e);
            }
            pause = Math.min(2 * pause, 200);
        }
        // after the commit: who has asked for the horizon before could not see what was noted
        var now = owner.now();
        var last = lastAt();
        return last.isAfter(now) ? last : now;
    }

    private Optional<Owner.Obstacle> noted(List<String> sorted) {
        return again(() -> database.write(connection -> owner.intend(connection, sorted)));
    }

    /** What is the same when it is done twice. */
    private static <T> T again(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (OutcomeUnknownException e) {
                if (attempt == RECORDED_AGAIN) throw e;
            }
        }
    }

    @Override
    public List<ItemId> openIntents() {
        owner.adopt();
        // an announcement that a kill stopped is made again by whoever wants it
        forget(List.of(ANNOUNCEMENT));
        return database.read(
                "SELECT id FROM intent WHERE owner = ? ORDER BY id",
                rows -> {
                    var ids = new ArrayList<ItemId>();
                    while (rows.next()) ids.add(new ItemId(rows.getString(1)));
                    return ids;
                },
                owner.number());
    }

    private void forget(List<String> ids) {
        again(() ->
                database.write(connection -> Recording.forget(connection, database.dialect(), ids, owner.number())));
    }

    @Override
    public List<Change> record(List<Change> changes, Collection<ItemId> intents) {
        return again(() -> database.write(
                connection -> new Recording(connection, database.dialect(), owner).record(changes, intents)));
    }

    @Override
    public List<Change> after(long seq, int limit) {
        return database.read(
                "SELECT " + COLUMNS + " FROM change WHERE seq > ? ORDER BY seq LIMIT ?",
                SqlChangeLog::changes,
                seq,
                limit);
    }

    @Override
    public Optional<Change> headOf(ItemId id) {
        if (id.isPart())
            return database.read(
                    "SELECT " + COLUMNS
                            + " FROM change WHERE seq = (SELECT seq FROM part WHERE whole = ? AND name = ?)",
                    rows -> changes(rows).stream().findFirst(),
                    id.whole().value(),
                    id.partName());
        return database.read(
                "SELECT " + COLUMNS + " FROM change WHERE seq = (SELECT seq FROM head WHERE id = ?)",
                rows -> changes(rows).stream().findFirst(),
                id.value());
    }

    @Override
    public List<Change> partsOf(ItemId whole, String afterPartName, int limit) {
        return database.read(
                PARTS + " WHERE p.whole = ? AND p.name > ? ORDER BY p.name LIMIT ?",
                SqlChangeLog::changes,
                whole.value(),
                afterPartName,
                limit);
    }

    @Override
    public List<Change> parts(ItemId after, int limit) {
        return database.read(
                PARTS + " WHERE (p.whole, p.name) > (?, ?) ORDER BY p.whole, p.name LIMIT ?",
                SqlChangeLog::changes,
                after == null ? "" : after.whole().value(),
                after == null ? "" : after.partName(),
                limit);
    }

    @Override
    public List<Change> heads(ItemId after, int limit) {
        return database.read(
                "SELECT " + CHANGE + " FROM head h JOIN change c ON c.seq = h.seq"
                        + " WHERE h.id > ? ORDER BY h.id LIMIT ?",
                SqlChangeLog::changes,
                after == null ? "" : after.value(),
                limit);
    }

    @Override
    public long items() {
        return database.read("SELECT COUNT(*) FROM head WHERE kind = 0", SqlChangeLog::number);
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
        return database.read(
                "SELECT * FROM (" + live.sql + ") AS live UNION ALL SELECT * FROM (" + gone.sql
                        + ") AS gone ORDER BY stamp, id LIMIT " + query.limit(),
                SqlChangeLog::entries,
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
        return database.read(
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
        return database.read(
                "SELECT SUM(n) FROM (" + live.sql + " UNION ALL " + gone.sql + ") AS entries",
                SqlChangeLog::number,
                values.toArray());
    }

    @Override
    public List<String> sets(Instant now) {
        return database.read(
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
        return database.read(
                "SELECT MIN(s) FROM (SELECT MIN(live_stamp) AS s FROM head WHERE kind = 0 AND open_from <= ?"
                        + " UNION ALL SELECT MIN(stamp) FROM head WHERE announced = 1 AND (kind = 1 OR open_from > ?)) AS entries",
                rows -> {
                    rows.next();
                    long found = rows.getLong(1);
                    return rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(found));
                },
                now.getEpochSecond(),
                now.getEpochSecond());
    }

    @Override
    public List<Change> notOpen() {
        var all = new ArrayList<Change>();
        List<Change> page;
        do {
            page = database.read(
                    "SELECT " + CHANGE + " FROM head h JOIN change c ON c.seq = h.seq"
                            + " WHERE h.open_from > 0 AND h.id > ? ORDER BY h.id LIMIT " + PAGE,
                    SqlChangeLog::changes,
                    all.isEmpty() ? "" : all.get(all.size() - 1).id().value());
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    @Override
    public void close() {
        try (database) {
            owner.close();
        }
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

    static List<Change> changes(ResultSet rows) throws SQLException {
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

    static long openFrom(Access access) {
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
