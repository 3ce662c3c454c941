package org.thocam.dictionary;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Part;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.sqlite.SqliteFile;

/**
 * The current entries of all dictionaries, each with its text as LIFT: what a dictionary's file says, and over it what was edited here
 * (decision 0009). A view: made from the archive, and written by an edit as soon as the archive has it.
 *
 * <p>It knows nothing of access: ask only for a dictionary whose item the viewer may see.
 */
public final class LexiconStore implements Projection {
    private static final Logger LOG = LoggerFactory.getLogger(LexiconStore.class);
    private static final String FIELDS = "lexicon, id, file, part, xml, state, deleted, published, pos, conflicts";
    private static final int PAGE = 500;

    private final SqliteFile file;
    private final Archive archive;
    private final ChangeLog log;

    private LexiconStore(SqliteFile file, Archive archive, ChangeLog log) {
        this.file = file;
        this.archive = archive;
        this.log = log;
    }

    public static LexiconStore open(Path path, Archive archive, ChangeLog log) {
        return new LexiconStore(
                SqliteFile.view(
                        path,
                        "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
                        "CREATE TABLE IF NOT EXISTS lexicon(id TEXT PRIMARY KEY, version INTEGER NOT NULL, file INTEGER NOT NULL,"
                                + " language TEXT NOT NULL, fault TEXT, entries INTEGER NOT NULL, published INTEGER NOT NULL) WITHOUT ROWID",
                        "CREATE TABLE IF NOT EXISTS entry(lexicon TEXT NOT NULL, id TEXT NOT NULL, file INTEGER NOT NULL, part INTEGER NOT NULL,"
                                + " xml TEXT NOT NULL, state INTEGER NOT NULL, deleted INTEGER NOT NULL, published TEXT, pos INTEGER NOT NULL,"
                                + " start INTEGER NOT NULL, length INTEGER NOT NULL, conflicts INTEGER NOT NULL, shown INTEGER NOT NULL,"
                                + " headword TEXT NOT NULL, writing TEXT NOT NULL, homograph INTEGER NOT NULL)",
                        "CREATE UNIQUE INDEX IF NOT EXISTS entry_id ON entry(lexicon, id)",
                        "CREATE INDEX IF NOT EXISTS entry_pos ON entry(lexicon, pos)",
                        "CREATE INDEX IF NOT EXISTS entry_shown ON entry(lexicon, shown, deleted)",
                        "CREATE INDEX IF NOT EXISTS entry_conflicts ON entry(lexicon, conflicts) WHERE conflicts > 0",
                        "CREATE TABLE IF NOT EXISTS part(lexicon TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY(lexicon, id)) WITHOUT ROWID",
                        "CREATE TABLE IF NOT EXISTS recording(lexicon TEXT NOT NULL, entry TEXT NOT NULL, name TEXT NOT NULL, consent INTEGER NOT NULL,"
                                + " PRIMARY KEY(lexicon, entry, name)) WITHOUT ROWID",
                        "CREATE INDEX IF NOT EXISTS recording_name ON recording(lexicon, name)",
                        "CREATE TABLE IF NOT EXISTS setting(lexicon TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID",
                        "CREATE TABLE IF NOT EXISTS place(lexicon TEXT NOT NULL, ord TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,"
                                + " head TEXT NOT NULL, PRIMARY KEY(lexicon, ord, id)) WITHOUT ROWID",
                        "CREATE INDEX IF NOT EXISTS place_key ON place(lexicon, ord, key, id)"),
                archive,
                log);
    }

    @Override
    public String name() {
        return "lexicons";
    }

    @Override
    public boolean shows(Change change) {
        return change.isPart()
                ? EntryPart.is(change.id()) || LexiconSettings.is(change.id())
                : Lexicon.isChanged(change);
    }

    /** Parts of a dictionary that was withdrawn are not shown with it. */
    @Override
    public boolean holds(Change change) {
        return shows(change)
                && (!change.isPart()
                        || log.headOf(change.id().whole())
                                .filter(Lexicon::isChanged)
                                .isPresent());
    }

    @Override
    public Watermark watermark() {
        return file.read("SELECT key, value FROM meta", rows -> {
            var generation = "";
            long seq = 0;
            while (rows.next()) {
                if (rows.getString(1).equals("generation")) generation = rows.getString(2);
                if (rows.getString(1).equals("seq")) seq = Long.parseLong(rows.getString(2));
            }
            return seq == 0 ? Watermark.NONE : new Watermark(generation, seq);
        });
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        for (var snapshot : batch) {
            var change = snapshot.change();
            if (snapshot.holding() instanceof Item item && shows(change)) show(item, change.version());
            else if (snapshot.holding() instanceof Part part) show(part, change.version());
            else if (!change.isPart() && change.version().number() > 1) remove(change.id());
        }
        file.write(connection -> {
            try (var statement = connection.prepareStatement("INSERT OR REPLACE INTO meta VALUES(?, ?)")) {
                set(statement, "generation", upTo.generation());
                set(statement, "seq", Long.toString(upTo.seq()));
            }
            return null;
        });
    }

    private static void set(PreparedStatement statement, String key, String value) throws SQLException {
        statement.setString(1, key);
        statement.setString(2, value);
        statement.executeUpdate();
    }

    /** Shows a version of a dictionary's item; one that it shows already, or an older one, makes no difference. */
    void show(Item item, Version version) {
        var lexicon = Lexicon.of(item).orElseThrow();
        var before = shown(item.id());
        if (before.isPresent() && before.get().version().compareTo(version) >= 0) return;
        var since = since(lexicon, version);
        boolean sameFile = before.isPresent()
                && before.get().file().equals(since)
                && before.get().language().equals(lexicon.language());
        if (sameFile)
            file.write(connection -> {
                try (var update =
                        connection.prepareStatement("UPDATE lexicon SET version = ? WHERE id = ? AND version < ?")) {
                    update.setLong(1, version.number());
                    update.setString(2, item.id().value());
                    update.setLong(3, version.number());
                    return update.executeUpdate();
                }
            });
        else load(lexicon, version, since);
    }

    /** The version that first had the file that this one has: a change of the description leaves the entries as they are. */
    Version since(Lexicon lexicon, Version version) {
        var digest = lexicon.words().map(words -> words.sha512()).orElse("");
        var since = version;
        for (long number = version.number() - 1; number > 0; number--) {
            var before = archive.read(lexicon.id(), new Version(number));
            var same = before.map(found -> found.holding() instanceof Item item ? item : null)
                    .flatMap(Lexicon::of)
                    .flatMap(Lexicon::words)
                    .filter(words -> words.sha512().equals(digest));
            if (same.isEmpty()) break;
            since = new Version(number);
        }
        return since;
    }

    void load(Lexicon lexicon, Version version, Version since) {
        var id = lexicon.id();
        file.write(connection -> {
            // an import may have shown a later one since this one was begun
            if (shown(id).filter(now -> now.version().compareTo(version) >= 0).isPresent()) return null;
            delete(connection, id);
            var fault = new LexiconReader(archive).tryRead(lexicon, version, new Loading(connection, lexicon, since));
            if (fault.isPresent()) {
                LOG.warn("dictionary {} {} has no entries: {}", id, version, fault.get());
                delete(connection, id);
            }
            try (var insert = connection.prepareStatement(
                    "INSERT INTO lexicon SELECT ?, ?, ?, ?, ?, COALESCE(SUM(deleted = 0), 0), COALESCE(SUM(shown = 1), 0)"
                            + " FROM entry WHERE lexicon = ?")) {
                insert.setString(1, id.value());
                insert.setLong(2, version.number());
                insert.setLong(3, since.number());
                insert.setString(4, lexicon.language().value());
                insert.setString(5, fault.orElse(null));
                insert.setString(6, id.value());
                insert.executeUpdate();
            }
            edited(connection, lexicon, since);
            return null;
        });
    }

    /** What was edited here is over what the file says. */
    private void edited(Connection connection, Lexicon lexicon, Version since) throws SQLException {
        var after = "";
        while (true) {
            var heads = log.partsOf(lexicon.id(), after, PAGE);
            for (var head : heads) {
                after = head.id().partName();
                if (!shows(head)) continue;
                var archived = archive.read(head.id(), head.version())
                        .orElseThrow(() -> new ArchiveException("the log has " + head.id() + " " + head.version()
                                + ", the archive has not; run 'thocam verify'"));
                if (LexiconSettings.is(head.id())) {
                    set(connection, lexicon.id(), LexiconSettings.read(archive, head.id(), head.version()));
                    continue;
                }
                var part = EntryPart.read(archive, (Part) archived.holding(), head.version());
                put(connection, lexicon.language(), since, part, row(connection, lexicon.id(), part.entry()));
            }
            if (heads.size() < PAGE) return;
        }
    }

    private final class Loading implements LexiconReader.Reading {
        private final Connection connection;
        private final Lexicon lexicon;
        private final Version since;
        private long place;

        Loading(Connection connection, Lexicon lexicon, Version since) {
            this.connection = connection;
            this.lexicon = lexicon;
            this.since = since;
        }

        @Override
        public void entry(LexiconReader.InFile entry) throws SQLException {
            insert(
                    connection,
                    lexicon.language(),
                    new KeptEntry(
                            lexicon.id(),
                            entry.id(),
                            new EntryTag(since, Version.NONE),
                            entry.entry().xml(),
                            ReviewState.PUBLISHED,
                            entry.deleted(),
                            entry.deleted()
                                    ? Optional.empty()
                                    : Optional.of(entry.entry().xml()),
                            place++,
                            0),
                    entry.start(),
                    entry.length());
        }
    }

    private void show(Part part, Version version) {
        var whole = part.id().whole();
        if (shown(whole).isEmpty()) return; // its dictionary brings it along when it comes
        if (LexiconSettings.is(part.id())) {
            put(whole, LexiconSettings.read(archive, part.id(), version));
            return;
        }
        var read = EntryPart.read(archive, part, version);
        file.write(connection -> {
            var shown = shown(whole);
            var row = row(connection, whole, read.entry());
            if (shown.isEmpty() || row.isPresent() && row.get().tag().part().compareTo(version) >= 0) return null;
            put(connection, shown.get().language(), shown.get().file(), read, row);
            return null;
        });
    }

    /** Whether every edit that the archive has is shown. */
    boolean isUpToDate(ItemId lexicon) {
        var held = file.read(
                "SELECT id, version FROM part WHERE lexicon = ?",
                rows -> {
                    var found = new HashMap<String, Long>();
                    while (rows.next()) found.put(rows.getString(1), rows.getLong(2));
                    return found;
                },
                lexicon.value());
        var after = "";
        while (true) {
            var heads = log.partsOf(lexicon, after, PAGE);
            for (var head : heads) {
                after = head.id().partName();
                if (EntryPart.is(head.id())
                        && held.getOrDefault(EntryPart.entry(head.id()).value(), 0L)
                                < head.version().number()) return false;
            }
            if (heads.size() < PAGE) return true;
        }
    }

    /** Shows what the archive has just acknowledged. */
    void put(ShownLexicon lexicon, EntryPart part) {
        file.write(connection -> {
            put(connection, lexicon.language(), lexicon.file(), part, row(connection, lexicon.id(), part.entry()));
            return null;
        });
    }

    private static void put(
            Connection connection, LanguageTag language, Version since, EntryPart part, Optional<KeptEntry> row)
            throws SQLException {
        note(connection, part.lexicon(), part.entry(), part.version());
        boolean over = part.over(since);
        if (!over && row.isEmpty()) return; // an entry of an earlier file that the present one has no more
        var xml = over ? part.xml() : row.orElseThrow().xml();
        boolean deleted = over ? part.deleted() : row.orElseThrow().deleted();
        var published = part.published().orElseGet(() -> deleted ? Optional.empty() : Optional.of(xml));
        var kept = new KeptEntry(
                part.lexicon(),
                part.entry(),
                new EntryTag(since, part.version()),
                xml,
                part.state(),
                deleted,
                published,
                row.map(KeptEntry::place).orElse(-1L),
                part.conflicts());
        count(connection, kept, row);
        if (row.isEmpty()) {
            insert(connection, language, kept, -1, 0);
            return;
        }
        var entry = kept.entry();
        var headword = Headword.of(entry, language);
        long homograph = homograph(entry.order());
        try (var update = connection.prepareStatement(
                "UPDATE entry SET part = ?, xml = ?, state = ?, deleted = ?, published = ?, conflicts = ?, shown = ?,"
                        + " headword = ?, writing = ?, homograph = ? WHERE lexicon = ? AND id = ?")) {
            update.setLong(1, kept.tag().part().number());
            update.setString(2, kept.xml());
            update.setInt(3, kept.state().ordinal());
            update.setBoolean(4, kept.deleted());
            update.setString(5, stored(kept));
            update.setLong(6, kept.conflicts());
            update.setBoolean(7, shownToReaders(kept));
            update.setString(8, headword.text());
            update.setString(9, headword.language().value());
            update.setLong(10, homograph);
            update.setString(11, kept.lexicon().value());
            update.setString(12, kept.id().value());
            update.executeUpdate();
        }
        if (!kept.xml().equals(row.get().xml())) place(connection, kept, headword, homograph);
    }

    /** Counting them anew takes a walk over all entries, and every edit and list asks. */
    private static void count(Connection connection, KeptEntry kept, Optional<KeptEntry> before) throws SQLException {
        int entries =
                one(!kept.deleted()) - one(before.filter(row -> !row.deleted()).isPresent());
        int published = one(shownToReaders(kept))
                - one(before.filter(LexiconStore::shownToReaders).isPresent());
        if (entries == 0 && published == 0) return;
        try (var update = connection.prepareStatement(
                "UPDATE lexicon SET entries = entries + ?, published = published + ? WHERE id = ?")) {
            update.setInt(1, entries);
            update.setInt(2, published);
            update.setString(3, kept.lexicon().value());
            update.executeUpdate();
        }
    }

    private static int one(boolean counts) {
        return counts ? 1 : 0;
    }

    private static void note(Connection connection, ItemId lexicon, EntryId entry, Version version)
            throws SQLException {
        try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO part VALUES(?, ?, ?)")) {
            insert.setString(1, lexicon.value());
            insert.setString(2, entry.value());
            insert.setLong(3, version.number());
            insert.executeUpdate();
        }
    }

    private static void insert(Connection connection, LanguageTag language, KeptEntry kept, long start, int length)
            throws SQLException {
        var entry = kept.entry();
        var headword = Headword.of(entry, language);
        long homograph = homograph(entry.order());
        try (var insert = connection.prepareStatement(
                "INSERT INTO entry VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, kept.lexicon().value());
            insert.setString(2, kept.id().value());
            insert.setLong(3, kept.tag().file().number());
            insert.setLong(4, kept.tag().part().number());
            insert.setString(5, kept.xml());
            insert.setInt(6, kept.state().ordinal());
            insert.setBoolean(7, kept.deleted());
            insert.setString(8, stored(kept));
            insert.setLong(9, kept.place() >= 0 ? kept.place() : nextPlace(connection, kept.lexicon()));
            insert.setLong(10, start);
            insert.setInt(11, length);
            insert.setLong(12, kept.conflicts());
            insert.setBoolean(13, shownToReaders(kept));
            insert.setString(14, headword.text());
            insert.setString(15, headword.language().value());
            insert.setLong(16, homograph);
            insert.executeUpdate();
        }
        place(connection, kept, headword, homograph);
    }

    /** Null where readers see the working text, empty where they see nothing. */
    private static String stored(KeptEntry kept) {
        if (kept.published().isEmpty()) return "";
        return kept.published().get().equals(kept.xml())
                ? null
                : kept.published().get();
    }

    private static boolean shownToReaders(KeptEntry kept) {
        return kept.asPublished().isPresent();
    }

    private static long nextPlace(Connection connection, ItemId lexicon) throws SQLException {
        try (var query =
                connection.prepareStatement("SELECT COALESCE(MAX(pos), -1) + 1 FROM entry WHERE lexicon = ?")) {
            query.setString(1, lexicon.value());
            try (var rows = query.executeQuery()) {
                return rows.getLong(1);
            }
        }
    }

    private static void place(Connection connection, KeptEntry kept, Headword headword, long homograph)
            throws SQLException {
        recordings(connection, kept);
        var orders = Orders.of(settings(connection, kept.lexicon()));
        try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO place VALUES(?, ?, ?, ?, ?)")) {
            for (var order : orders.names())
                place(insert, orders, order, kept.lexicon(), kept.id(), headword, homograph);
        }
    }

    private static void place(
            PreparedStatement insert,
            Orders orders,
            String order,
            ItemId lexicon,
            EntryId id,
            Headword headword,
            long homograph)
            throws SQLException {
        insert.setString(1, lexicon.value());
        insert.setString(2, order);
        insert.setString(3, orders.key(order, headword) + " %09d".formatted(homograph));
        insert.setString(4, id.value());
        insert.setString(5, orders.head(order, headword));
        insert.executeUpdate();
    }

    private static void recordings(Connection connection, KeptEntry kept) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM recording WHERE lexicon = ? AND entry = ?")) {
            delete.setString(1, kept.lexicon().value());
            delete.setString(2, kept.id().value());
            delete.executeUpdate();
        }
        // what is not reviewed opens nothing
        var recordings = Recordings.of(kept.asPublished().orElse(kept).entry());
        if (kept.asPublished().isEmpty()) recordings.replaceAll((name, consent) -> false);
        if (recordings.isEmpty()) return;
        try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO recording VALUES(?, ?, ?, ?)")) {
            for (var recording : recordings.entrySet()) {
                insert.setString(1, kept.lexicon().value());
                insert.setString(2, kept.id().value());
                insert.setString(3, recording.getKey());
                insert.setBoolean(4, recording.getValue());
                insert.executeUpdate();
            }
        }
    }

    /**
     * Whether readers may have a file of a dictionary's item: a recording only with the consent of whoever speaks in it, as every entry
     * that names it says; what says so itself never; and the lexicon's own file not while edits wait for review.
     *
     * @param name as in the item's list of files
     */
    public boolean isForReaders(ItemId lexicon, String name) {
        if (name.startsWith("consent/")) return false;
        var last = Recordings.compared(name);
        var consents = file.read(
                "SELECT COUNT(*), COALESCE(MIN(consent), 0) FROM recording WHERE lexicon = ? AND name = ?",
                rows -> new long[] {rows.getLong(1), rows.getLong(2)},
                lexicon.value(),
                last);
        if (consents[0] > 0) return consents[1] > 0;
        if (name.startsWith("audio/") || Recordings.is(name)) return false;
        boolean ours = name.indexOf('/') < 0 && LexiconFormat.ofName(name).isPresent()
                || name.startsWith(Lexicon.RECEIVED)
                || name.startsWith(LexiconSources.ORIGINAL);
        return !ours || !settings(lexicon).review();
    }

    private static long homograph(String order) {
        try {
            return Math.min(999_999_999, Math.max(0, Long.parseLong(order)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static LexiconSettings settings(Connection connection, ItemId lexicon) throws SQLException {
        try (var query = connection.prepareStatement("SELECT version, json FROM setting WHERE lexicon = ?")) {
            query.setString(1, lexicon.value());
            try (var rows = query.executeQuery()) {
                return rows.next()
                        ? LexiconSettings.parsed(rows.getString(2), new Version(rows.getLong(1)))
                        : LexiconSettings.NONE;
            }
        }
    }

    /** What was set for a dictionary; {@link LexiconSettings#NONE} where nothing was. */
    public LexiconSettings settings(ItemId lexicon) {
        return file.read(
                "SELECT version, json FROM setting WHERE lexicon = ?",
                rows -> rows.next()
                        ? LexiconSettings.parsed(rows.getString(2), new Version(rows.getLong(1)))
                        : LexiconSettings.NONE,
                lexicon.value());
    }

    /** Shows settings that the archive has; an order that is new or other than before is made at once. */
    void put(ItemId lexicon, LexiconSettings settings) {
        file.write(connection -> {
            if (settings(connection, lexicon).version().compareTo(settings.version()) >= 0) return null;
            set(connection, lexicon, settings);
            return null;
        });
    }

    private void set(Connection connection, ItemId lexicon, LexiconSettings settings) throws SQLException {
        var before = settings(connection, lexicon);
        try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO setting VALUES(?, ?, ?)")) {
            insert.setString(1, lexicon.value());
            insert.setLong(2, settings.version().number());
            insert.setString(3, settings.json().toString());
            insert.executeUpdate();
        }
        for (var order : before.orders().keySet())
            if (!settings.orders().containsKey(order)) unplace(connection, lexicon, order);
        var orders = Orders.of(settings);
        for (var order : settings.orders().entrySet())
            if (!order.getValue().equals(before.orders().get(order.getKey()))) {
                unplace(connection, lexicon, order.getKey());
                placeAll(connection, lexicon, orders, order.getKey());
            }
    }

    private static void unplace(Connection connection, ItemId lexicon, String order) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM place WHERE lexicon = ? AND ord = ?")) {
            delete.setString(1, lexicon.value());
            delete.setString(2, order);
            delete.executeUpdate();
        }
    }

    private static void placeAll(Connection connection, ItemId lexicon, Orders orders, String order)
            throws SQLException {
        try (var query = connection.prepareStatement(
                        "SELECT id, headword, writing, homograph FROM entry WHERE lexicon = ?");
                var insert = connection.prepareStatement("INSERT OR REPLACE INTO place VALUES(?, ?, ?, ?, ?)")) {
            query.setString(1, lexicon.value());
            try (var rows = query.executeQuery()) {
                while (rows.next())
                    place(
                            insert,
                            orders,
                            order,
                            lexicon,
                            new EntryId(rows.getString(1)),
                            new Headword(rows.getString(2), new LanguageTag(rows.getString(3))),
                            rows.getLong(4));
            }
        }
    }

    private void remove(ItemId id) {
        file.write(connection -> {
            delete(connection, id);
            return null;
        });
    }

    private static void delete(Connection connection, ItemId id) throws SQLException {
        for (var sql : List.of(
                "DELETE FROM entry WHERE lexicon = ?",
                "DELETE FROM place WHERE lexicon = ?",
                "DELETE FROM setting WHERE lexicon = ?",
                "DELETE FROM part WHERE lexicon = ?",
                "DELETE FROM recording WHERE lexicon = ?",
                "DELETE FROM lexicon WHERE id = ?"))
            try (var statement = connection.prepareStatement(sql)) {
                statement.setString(1, id.value());
                statement.executeUpdate();
            }
    }

    @Override
    public void clear() {
        file.write(connection -> {
            try (var statement = connection.createStatement()) {
                for (var table : List.of("entry", "place", "setting", "part", "recording", "lexicon", "meta"))
                    statement.execute("DELETE FROM " + table);
            }
            return null;
        });
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        for (var shown : lexicons()) {
            consumer.accept(shown.id(), shown.version());
            var parts = file.read(
                    "SELECT id, version FROM part WHERE lexicon = ?",
                    rows -> {
                        var found = new ArrayList<EntryTagOf>();
                        while (rows.next())
                            found.add(new EntryTagOf(new EntryId(rows.getString(1)), new Version(rows.getLong(2))));
                        return found;
                    },
                    shown.id().value());
            for (var part : parts) consumer.accept(EntryPart.id(shown.id(), part.id), part.part);
            var settings = settings(shown.id());
            if (!settings.version().equals(Version.NONE))
                consumer.accept(LexiconSettings.id(shown.id()), settings.version());
        }
    }

    private record EntryTagOf(EntryId id, Version part) {}

    /**
     * A dictionary as it is shown.
     *
     * @param version of its item
     * @param file the version that first had the file that the entries stand in
     * @param entries that are not deleted
     * @param published of these, how many readers see
     * @param fault why it has no entries; empty where all is well
     */
    public record ShownLexicon(
            ItemId id,
            Version version,
            Version file,
            LanguageTag language,
            long entries,
            long published,
            Optional<String> fault) {}

    public List<ShownLexicon> lexicons() {
        return shown("SELECT * FROM lexicon ORDER BY id");
    }

    /** The version of a dictionary's item that is shown; quicker than {@link #shown}, which counts. */
    Optional<Version> version(ItemId id) {
        return file.read(
                "SELECT version FROM lexicon WHERE id = ?",
                rows -> rows.next() ? Optional.of(new Version(rows.getLong(1))) : Optional.empty(),
                id.value());
    }

    public Optional<ShownLexicon> shown(ItemId id) {
        return shown("SELECT * FROM lexicon WHERE id = ?", id.value()).stream().findFirst();
    }

    private List<ShownLexicon> shown(String sql, Object... values) {
        return file.read(
                sql,
                rows -> {
                    var found = new ArrayList<ShownLexicon>();
                    while (rows.next()) {
                        var id = new ItemId(rows.getString("id"));
                        found.add(new ShownLexicon(
                                id,
                                new Version(rows.getLong("version")),
                                new Version(rows.getLong("file")),
                                new LanguageTag(rows.getString("language")),
                                rows.getLong("entries"),
                                rows.getLong("published"),
                                Optional.ofNullable(rows.getString("fault"))));
                    }
                    return found;
                },
                values);
    }

    /** One entry, deleted or not. */
    public Optional<KeptEntry> entry(ItemId lexicon, EntryId id) {
        return file.read(
                "SELECT " + FIELDS + " FROM entry WHERE lexicon = ? AND id = ?",
                rows -> rows.next() ? Optional.of(kept(rows)) : Optional.empty(),
                lexicon.value(),
                id.value());
    }

    /** Some entries by their ids, deleted or not; those that are not there are left out. */
    public Map<EntryId, KeptEntry> entries(ItemId lexicon, List<EntryId> ids) {
        var found = new HashMap<EntryId, KeptEntry>();
        for (int from = 0; from < ids.size(); from += PAGE) {
            var some = ids.subList(from, Math.min(ids.size(), from + PAGE));
            var values = new ArrayList<>(List.of(lexicon.value()));
            some.forEach(id -> values.add(id.value()));
            page(
                            "SELECT " + FIELDS + " FROM entry WHERE lexicon = ? AND id IN ("
                                    + String.join(",", Collections.nCopies(some.size(), "?")) + ")",
                            values.toArray())
                    .forEach(entry -> found.put(entry.id(), entry));
        }
        return found;
    }

    private static Optional<KeptEntry> row(Connection connection, ItemId lexicon, EntryId id) throws SQLException {
        try (var query = connection.prepareStatement("SELECT " + FIELDS + " FROM entry WHERE lexicon = ? AND id = ?")) {
            query.setString(1, lexicon.value());
            query.setString(2, id.value());
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(kept(rows)) : Optional.empty();
            }
        }
    }

    private static KeptEntry kept(ResultSet rows) throws SQLException {
        var xml = rows.getString("xml");
        var published = rows.getString("published");
        return new KeptEntry(
                new ItemId(rows.getString("lexicon")),
                new EntryId(rows.getString("id")),
                new EntryTag(new Version(rows.getLong("file")), new Version(rows.getLong("part"))),
                xml,
                ReviewState.values()[rows.getInt("state")],
                rows.getBoolean("deleted"),
                published == null ? Optional.of(xml) : published.isEmpty() ? Optional.empty() : Optional.of(published),
                rows.getLong("pos"),
                rows.getLong("conflicts"));
    }

    /** Told entries in the order of the file, deleted ones too; new ones behind. */
    public interface Visitor {
        void entry(KeptEntry entry) throws IOException;
    }

    /** A page at a time, so that edits go on meanwhile. */
    public void forEach(ItemId lexicon, Visitor visitor) throws IOException {
        long after = -1;
        while (true) {
            var page = page(
                    "SELECT " + FIELDS + " FROM entry WHERE lexicon = ? AND pos > ? ORDER BY pos LIMIT " + PAGE,
                    lexicon.value(),
                    after);
            for (var entry : page) visitor.entry(entry);
            if (page.size() < PAGE) return;
            after = page.get(page.size() - 1).place();
        }
    }

    private List<KeptEntry> page(String sql, Object... values) {
        return file.read(
                sql,
                rows -> {
                    var page = new ArrayList<KeptEntry>();
                    while (rows.next()) page.add(kept(rows));
                    return page;
                },
                values);
    }

    /**
     * An entry in its place.
     *
     * @param head the letter that it stands under
     * @param key where it stands: those behind it have a greater one, or the same and a greater id
     */
    public record Placed(KeptEntry entry, String head, String key) {}

    /**
     * Entries in an order of the alphabet, those that are not deleted.
     *
     * @param order a name of {@link LexiconSettings#orders}, empty for that of the language
     * @param published whether only what readers see
     * @param after the last one of the page before, by key and id; empty for the first page
     */
    public List<Placed> listed(
            ItemId lexicon, String order, boolean published, Optional<Map.Entry<String, String>> after, int limit) {
        return file.read(
                "SELECT e.lexicon, e.id, e.file, e.part, e.xml, e.state, e.deleted, e.published, e.pos, e.conflicts, p.head, p.key"
                        + " FROM place p JOIN entry e ON e.lexicon = p.lexicon AND e.id = p.id"
                        + " WHERE p.lexicon = ? AND p.ord = ? AND (p.key, p.id) > (?, ?) AND "
                        + (published ? "e.shown = 1" : "e.deleted = 0") + " ORDER BY p.key, p.id LIMIT ?",
                rows -> {
                    var page = new ArrayList<Placed>();
                    while (rows.next()) page.add(new Placed(kept(rows), rows.getString("head"), rows.getString("key")));
                    return page;
                },
                lexicon.value(),
                order,
                after.map(Map.Entry::getKey).orElse(""),
                after.map(Map.Entry::getValue).orElse(""),
                limit);
    }

    /**
     * One letter that entries stand under.
     *
     * @param key of the first of them
     */
    public record Head(String letter, long entries, String key) {}

    /** The letters that entries stand under, in their order. */
    public List<Head> heads(ItemId lexicon, String order, boolean published) {
        return file.read(
                "SELECT p.head, COUNT(*), MIN(p.key) FROM place p JOIN entry e ON e.lexicon = p.lexicon AND e.id = p.id"
                        + " WHERE p.lexicon = ? AND p.ord = ? AND " + (published ? "e.shown = 1" : "e.deleted = 0")
                        + " GROUP BY p.head ORDER BY 3",
                rows -> {
                    var heads = new ArrayList<Head>();
                    while (rows.next()) heads.add(new Head(rows.getString(1), rows.getLong(2), rows.getString(3)));
                    return heads;
                },
                lexicon.value(),
                order);
    }

    /**
     * An entry that an order has no place for.
     *
     * @param letters of its headword that the order does not have
     */
    public record Outside(KeptEntry entry, List<String> letters) {}

    /** Headwords with letters that an order does not have, at most {@code limit}. */
    public List<Outside> outside(ItemId lexicon, String order, int limit) {
        var orders = Orders.of(settings(lexicon));
        return file.read(
                "SELECT " + FIELDS + ", headword, writing FROM entry WHERE lexicon = ? AND deleted = 0 ORDER BY pos",
                rows -> {
                    var found = new ArrayList<Outside>();
                    while (found.size() < limit && rows.next()) {
                        var letters = orders.outside(
                                order, new Headword(rows.getString(11), new LanguageTag(rows.getString(12))));
                        if (!letters.isEmpty()) found.add(new Outside(kept(rows), letters));
                    }
                    return found;
                },
                lexicon.value());
    }

    /** Where an entry's bytes stand in the dictionary's file. */
    record Span(EntryId id, long start, int length) {}

    Optional<Span> span(ItemId lexicon, EntryId id) {
        return file.read(
                "SELECT id, start, length FROM entry WHERE lexicon = ? AND id = ?",
                rows -> rows.next() ? Optional.of(new Span(id, rows.getLong(2), rows.getInt(3))) : Optional.empty(),
                lexicon.value(),
                id.value());
    }

    List<Span> spans(ItemId lexicon, long afterStart) {
        return file.read(
                "SELECT id, start, length FROM entry WHERE lexicon = ? AND start > ? ORDER BY start LIMIT " + PAGE,
                rows -> {
                    var spans = new ArrayList<Span>();
                    while (rows.next())
                        spans.add(new Span(new EntryId(rows.getString(1)), rows.getLong(2), rows.getInt(3)));
                    return spans;
                },
                lexicon.value(),
                afterStart);
    }

    /** What differs from the file: edited entries in its order, those that are in no file behind. */
    List<KeptEntry> edited(ItemId lexicon) {
        return page("SELECT " + FIELDS + " FROM entry WHERE lexicon = ? AND part > 0 ORDER BY pos", lexicon.value());
    }

    /** Entries with conflicts that nobody has settled. */
    public List<KeptEntry> inConflict(ItemId lexicon) {
        return page(
                "SELECT " + FIELDS + " FROM entry WHERE lexicon = ? AND conflicts > 0 ORDER BY pos", lexicon.value());
    }

    @Override
    public void close() {
        file.close();
    }
}
