package org.thocam.ingest.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.sql.Dialect;

/** One transaction that gives changes their places: all that it has to know is asked at once, and all that it found out is written at once. */
final class Recording {
    private final Connection connection;
    private final Dialect dialect;
    private final Owner owner;

    private final Map<String, Head> heads = new HashMap<>();
    private final Set<String> touched = new TreeSet<>();
    /** The sets of items that are in others from now on. */
    private final Map<String, List<String>> moved = new LinkedHashMap<>();

    private final Map<ItemId, Long> parts = new LinkedHashMap<>();

    Recording(Connection connection, Dialect dialect, Owner owner) {
        this.connection = connection;
        this.dialect = dialect;
        this.owner = owner;
    }

    List<Change> record(List<Change> changes, Collection<ItemId> intents) throws SQLException {
        if (changes.isEmpty()) {
            forget(connection, dialect, values(intents), owner.number());
            return List.of();
        }
        owner.turn(connection);
        var late = late(changes, intents);
        long now = late.isEmpty() ? 0 : owner.now(connection).getEpochSecond();
        var known = known(changes);
        lookAtHeads(changes);
        long seq = last();
        var placed = new ArrayList<Change>();
        var fresh = new ArrayList<Change>();
        for (var change : changes) {
            var key = new Key(change.id().value(), change.version().number());
            var there = known.get(key);
            if (there == null) {
                there = change.at(++seq);
                known.put(key, there);
                fresh.add(there);
                lead(there, Math.max(there.datestamp().getEpochSecond(), late.contains(change) ? now : 0));
            }
            placed.add(there);
        }
        if (fresh.isEmpty()) return placed;
        append(fresh);
        writeHeads();
        writeParts();
        writeMembers();
        owner.tell(connection);
        return placed;
    }

    /**
     * Changes whose intent did not hold the horizon back at their time, for another engine took it over and found nothing yet:
     * harvesters may have passed by that time, and are told of them as of now.
     */
    private Set<Change> late(List<Change> changes, Collection<ItemId> intents) throws SQLException {
        var since = forget(connection, dialect, values(intents), owner.number());
        if (!owner.shared()) return Set.of();
        var noted = new HashSet<>(intents);
        var late = new HashSet<Change>();
        for (var change : changes)
            if (noted.contains(change.id())
                    && since.getOrDefault(change.id().value(), Long.MAX_VALUE) > SqlChangeLog.micros(change.at()))
                late.add(change);
        return late;
    }

    private static List<String> values(Collection<ItemId> ids) {
        return ids.stream().map(ItemId::value).toList();
    }

    /** @return those that were this owner's, and since when in microseconds */
    static Map<String, Long> forget(Connection connection, Dialect dialect, List<String> ids, long owner)
            throws SQLException {
        if (ids.isEmpty()) return Map.of();
        var since = new HashMap<String, Long>();
        try (var forget = connection.prepareStatement(
                "DELETE FROM intent WHERE " + among("id", ids, dialect) + " AND owner = ? RETURNING id, since")) {
            bind(forget, ids, dialect);
            forget.setLong(2, owner);
            try (var rows = forget.executeQuery()) {
                while (rows.next()) since.put(rows.getString(1), rows.getLong(2));
            }
        }
        return since;
    }

    private record Key(String id, long version) {}

    private Map<Key, Change> known(List<Change> changes) throws SQLException {
        var known = new HashMap<Key, Change>();
        var one = changes.size() == 1;
        var pairs = dialect == Dialect.SQLITE
                ? "SELECT value ->> 0, value ->> 1 FROM json_each(?)"
                : "SELECT id, version FROM unnest(?, ?) AS asked(id, version)";
        try (var query = connection.prepareStatement("SELECT " + SqlChangeLog.COLUMNS + " FROM change WHERE "
                + (one ? "id = ? AND version = ?" : "(id, version) IN (" + pairs + ")"))) {
            var ids = changes.stream().map(change -> change.id().value()).toList();
            var versions =
                    changes.stream().map(change -> change.version().number()).toList();
            if (one) {
                query.setString(1, ids.get(0));
                query.setLong(2, versions.get(0));
            } else if (dialect == Dialect.SQLITE) {
                var asked = new ArrayList<List<?>>();
                for (int n = 0; n < ids.size(); n++) asked.add(List.of(ids.get(n), versions.get(n)));
                query.setString(1, json(asked));
            } else {
                query.setArray(1, connection.createArrayOf("text", ids.toArray()));
                query.setArray(2, connection.createArrayOf("bigint", versions.toArray()));
            }
            try (var rows = query.executeQuery()) {
                for (var change : SqlChangeLog.changes(rows))
                    known.put(new Key(change.id().value(), change.version().number()), change);
            }
        }
        return known;
    }

    private long last() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COALESCE(MAX(seq), 0) FROM change")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** What harvesters may know of an item. */
    private record Head(
            long seq,
            long version,
            int kind,
            long stamp,
            long openFrom,
            long liveStamp,
            boolean announced,
            String sets) {
        static Head of(Change change, long stamp, Head before) {
            boolean announced = before != null
                    && (before.announced
                            || (before.isLive()
                                    && before.openFrom <= change.at().getEpochSecond()));
            long openFrom = SqlChangeLog.openFrom(change.access());
            return new Head(
                    change.seq(),
                    change.version().number(),
                    change.kind().ordinal(),
                    stamp,
                    openFrom,
                    Math.max(stamp, openFrom),
                    announced,
                    SqlChangeLog.json(change.sets()));
        }

        boolean isLive() {
            return kind == Change.Kind.DEPOSITED.ordinal();
        }

        Head at(long later) {
            return new Head(
                    seq, version, kind, Math.max(stamp, later), openFrom, Math.max(liveStamp, later), announced, sets);
        }
    }

    private void lookAtHeads(List<Change> changes) throws SQLException {
        var wholes = changes.stream()
                .map(change -> change.id().whole().value())
                .distinct()
                .toList();
        try (var query = connection.prepareStatement(
                "SELECT id, seq, version, kind, stamp, open_from, live_stamp, announced, sets FROM head WHERE "
                        + among("id", wholes, dialect))) {
            bind(query, wholes, dialect);
            try (var rows = query.executeQuery()) {
                while (rows.next())
                    heads.put(
                            rows.getString(1),
                            new Head(
                                    rows.getLong(2),
                                    rows.getLong(3),
                                    rows.getInt(4),
                                    rows.getLong(5),
                                    rows.getLong(6),
                                    rows.getLong(7),
                                    rows.getInt(8) == 1,
                                    rows.getString(9)));
            }
        }
    }

    private void lead(Change change, long stamp) {
        var id = change.id().whole().value();
        var before = heads.get(id);
        if (!change.isPart()) {
            var now = Head.of(change, stamp, before);
            heads.put(id, now);
            touched.add(id);
            if (before == null ? !change.sets().isEmpty() : !before.sets.equals(now.sets)) moved.put(id, change.sets());
            return;
        }
        parts.put(change.id(), change.seq());
        // partners are told of a dictionary anew when an entry of it changes
        if (before == null || !before.isLive()) return;
        heads.put(id, before.at(stamp));
        touched.add(id);
    }

    private void append(List<Change> fresh) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO change(" + SqlChangeLog.COLUMNS + ") VALUES(?,?,?,?,?,?,?,?)")) {
            for (var change : fresh) {
                insert.setLong(1, change.seq());
                insert.setString(2, change.id().value());
                insert.setLong(3, change.version().number());
                insert.setInt(4, change.kind().ordinal());
                insert.setLong(5, SqlChangeLog.micros(change.at()));
                insert.setString(6, ItemJson.accessText(change.access()));
                insert.setString(7, SqlChangeLog.json(change.sets()));
                insert.setString(8, change.digest());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        long at = fresh.stream()
                .mapToLong(change -> SqlChangeLog.micros(change.at()))
                .max()
                .orElseThrow();
        try (var latest = connection.prepareStatement("UPDATE latest SET at = ? WHERE at < ?")) {
            latest.setLong(1, at);
            latest.setLong(2, at);
            latest.executeUpdate();
        }
    }

    private void writeHeads() throws SQLException {
        if (touched.isEmpty()) return;
        try (var upsert = connection.prepareStatement(
                "INSERT INTO head(id, seq, version, kind, stamp, open_from, live_stamp, announced, sets) VALUES(?,?,?,?,?,?,?,?,?)"
                        + " ON CONFLICT(id) DO UPDATE SET seq = excluded.seq, version = excluded.version, kind = excluded.kind,"
                        + " stamp = excluded.stamp, open_from = excluded.open_from, live_stamp = excluded.live_stamp,"
                        + " announced = excluded.announced, sets = excluded.sets")) {
            for (var id : touched) {
                var head = heads.get(id);
                upsert.setString(1, id);
                upsert.setLong(2, head.seq);
                upsert.setLong(3, head.version);
                upsert.setInt(4, head.kind);
                upsert.setLong(5, head.stamp);
                upsert.setLong(6, head.openFrom);
                upsert.setLong(7, head.liveStamp);
                upsert.setInt(8, head.announced ? 1 : 0);
                upsert.setString(9, head.sets);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private void writeParts() throws SQLException {
        if (parts.isEmpty()) return;
        try (var upsert = connection.prepareStatement("INSERT INTO part(whole, name, seq) VALUES(?,?,?)"
                + " ON CONFLICT(whole, name) DO UPDATE SET seq = excluded.seq")) {
            for (var part : parts.entrySet()) {
                upsert.setString(1, part.getKey().whole().value());
                upsert.setString(2, part.getKey().partName());
                upsert.setLong(3, part.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private void writeMembers() throws SQLException {
        if (moved.isEmpty()) return;
        var items = List.copyOf(moved.keySet());
        try (var leave = connection.prepareStatement("DELETE FROM member WHERE " + among("id", items, dialect));
                var join = connection.prepareStatement("INSERT INTO member(spec, id) VALUES(?,?)")) {
            bind(leave, items, dialect);
            leave.executeUpdate();
            for (var item : moved.entrySet())
                for (var spec : withAncestors(item.getValue())) {
                    join.setString(1, spec);
                    join.setString(2, item.getKey());
                    join.addBatch();
                }
            join.executeBatch();
        }
    }

    private static Collection<String> withAncestors(List<String> sets) {
        var all = new TreeSet<String>();
        for (var set : sets)
            for (int end = set.length(); end > 0; end = set.lastIndexOf(':', end - 1)) all.add(set.substring(0, end));
        return all;
    }

    private static String among(String column, List<String> ids, Dialect dialect) {
        if (ids.size() == 1) return column + " = ?";
        return dialect == Dialect.SQLITE ? column + " IN (SELECT value FROM json_each(?))" : column + " = ANY(?)";
    }

    /** As the first value of a statement. */
    private static void bind(PreparedStatement statement, List<String> ids, Dialect dialect) throws SQLException {
        if (ids.size() == 1) statement.setString(1, ids.get(0));
        else if (dialect == Dialect.SQLITE) statement.setString(1, json(ids));
        else statement.setArray(1, statement.getConnection().createArrayOf("text", ids.toArray()));
    }

    private static String json(List<?> values) {
        try {
            return ItemJson.MAPPER.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
