package org.thocam.ingest.log;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Access;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Version;
import org.thocam.ontology.sqlite.SqliteFile;

/**
 * Makes a log from the archive alone: walks all objects into a scratch file, then writes their changes in the order of their times.
 * Both steps go on where a kill stopped them.
 */
public final class ArchiveWalk {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveWalk.class);
    private static final int TOGETHER = 500;

    private final Archive archive;
    private final Path folder;
    private final Set<ItemId> unreadable = ConcurrentHashMap.newKeySet();

    /** @param folder where what it found stands until it is written into the log */
    public ArchiveWalk(Archive archive, Path folder) {
        this.archive = archive;
        this.folder = folder;
    }

    /**
     * What the walk is to find: the changes up to {@code limit}; those after {@code seq} in the log of {@code generation} are left
     * to that log. Kept with the walk, so that one that goes on after a kill is still about the same changes.
     */
    public record Plan(String generation, long seq, Instant limit) {
        /** Everything, because there is no other log. */
        public static final Plan ALL = new Plan("", 0, Instant.MAX);
    }

    /** The plan of the walk that was begun in this folder, else {@code fresh}, which is its plan from now on. */
    public Plan plan(Plan fresh) {
        try (var scratch = scratch()) {
            return scratch.write(connection -> {
                try (var statement = connection.createStatement()) {
                    try (var rows = statement.executeQuery("SELECT generation, seq, until FROM plan")) {
                        if (rows.next()) {
                            long until = rows.getLong(3);
                            return new Plan(
                                    rows.getString(1),
                                    rows.getLong(2),
                                    until == Long.MAX_VALUE ? Instant.MAX : SqlChangeLog.instant(until));
                        }
                    }
                }
                try (var insert = connection.prepareStatement("INSERT INTO plan VALUES(?,?,?)")) {
                    insert.setString(1, fresh.generation());
                    insert.setLong(2, fresh.seq());
                    insert.setLong(3, until(fresh));
                    insert.executeUpdate();
                }
                return fresh;
            });
        }
    }

    private static long until(Plan plan) {
        return plan.limit().equals(Instant.MAX) ? Long.MAX_VALUE : SqlChangeLog.micros(plan.limit());
    }

    private SqliteFile scratch() {
        return SqliteFile.durable(
                folder.resolve("walk.sqlite"),
                "CREATE TABLE IF NOT EXISTS plan(generation TEXT NOT NULL, seq INTEGER NOT NULL, until INTEGER NOT NULL)",
                "CREATE TABLE IF NOT EXISTS walked(id TEXT PRIMARY KEY) WITHOUT ROWID",
                "CREATE TABLE IF NOT EXISTS found(at INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, kind INTEGER NOT NULL,"
                        + " access TEXT NOT NULL, sets TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY(at, id, version)) WITHOUT ROWID");
    }

    /**
     * Walks the archive and writes its log.
     *
     * @param log empty, or what a walk with this plan wrote before it was stopped
     * @param progress told the number of objects walked so far
     */
    public void into(Plan plan, ChangeLog log, LongConsumer progress) {
        try (var scratch = scratch()) {
            walk(scratch, progress);
            order(scratch, until(plan), log);
        }
    }

    /** Items that could not be read; they are not in the log, and a walk that goes on tries them again. */
    public List<ItemId> unreadable() {
        return List.copyOf(unreadable);
    }

    private void walk(SqliteFile scratch, LongConsumer progress) {
        var pending = new ArrayList<ItemId>();
        var count = new long[1];
        var readers = Executors.newFixedThreadPool(2, task -> new Thread(task, "thocam-walk"));
        try {
            Consumer<List<ItemId>> read = ids -> {
                var done = new ExecutorCompletionService<List<Archived>>(readers);
                ids.forEach(id -> done.submit(() -> versions(id)));
                var found = new ArrayList<Archived>();
                for (int i = 0; i < ids.size(); i++) found.addAll(next(done));
                scratch.write(connection -> {
                    try (var insert = connection.prepareStatement("INSERT OR IGNORE INTO found VALUES(?,?,?,?,?,?,?)");
                            var walked = connection.prepareStatement("INSERT OR IGNORE INTO walked VALUES(?)")) {
                        for (var archived : found) {
                            var change = Change.of(archived);
                            insert.setLong(1, SqlChangeLog.micros(change.at()));
                            insert.setString(2, change.id().value());
                            insert.setLong(3, change.version().number());
                            insert.setInt(4, change.kind().ordinal());
                            insert.setString(5, ItemJson.accessText(change.access()));
                            insert.setString(6, SqlChangeLog.json(change.sets()));
                            insert.setString(7, change.digest());
                            insert.addBatch();
                        }
                        insert.executeBatch();
                        for (var id : ids) {
                            if (unreadable.contains(id)) continue;
                            walked.setString(1, id.value());
                            walked.addBatch();
                        }
                        walked.executeBatch();
                    }
                    return null;
                });
                count[0] += ids.size();
                progress.accept(count[0]);
            };
            archive.forEachId(id -> {
                if (scratch.read("SELECT 1 FROM walked WHERE id = ?", rows -> rows.next(), id.value())) {
                    count[0]++;
                    return;
                }
                pending.add(id);
                if (pending.size() == TOGETHER) {
                    read.accept(pending);
                    pending.clear();
                }
            });
            if (!pending.isEmpty()) read.accept(pending);
        } finally {
            readers.shutdown();
        }
    }

    private List<Archived> versions(ItemId id) {
        try {
            return archive.versions(id);
        } catch (ServiceUnavailableException e) {
            throw e;
        } catch (ArchiveException | IllegalArgumentException | NullPointerException e) {
            LOG.error("item {} is left out of the log: {}", id, e.getMessage());
            unreadable.add(id);
            return List.of();
        }
    }

    private static List<Archived> next(ExecutorCompletionService<List<Archived>> done) {
        try {
            return done.take().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted while the archive was walked", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault
                    ? fault
                    : new ArchiveException("the archive could not be walked", e.getCause());
        }
    }

    private static void order(SqliteFile scratch, long until, ChangeLog log) {
        // what a stopped run wrote is sent again: the log knows it by id and version
        var last = new Change(
                0, new ItemId("0"), Version.NONE, Change.Kind.DEPOSITED, Instant.EPOCH, Access.OPEN, List.of(), "");
        while (true) {
            var page = scratch.read(
                    "SELECT at, id, version, kind, access, sets, digest FROM found WHERE (at, id, version) > (?, ?, ?) AND at <= ? ORDER BY at, id, version LIMIT "
                            + 2 * TOGETHER,
                    rows -> {
                        var changes = new ArrayList<Change>();
                        while (rows.next()) {
                            Access access = ItemJson.accessOf(rows.getString(5));
                            changes.add(new Change(
                                    0,
                                    new ItemId(rows.getString(2)),
                                    new Version(rows.getLong(3)),
                                    Change.Kind.values()[rows.getInt(4)],
                                    SqlChangeLog.instant(rows.getLong(1)),
                                    access,
                                    SqlChangeLog.sets(rows.getString(6)),
                                    rows.getString(7)));
                        }
                        return changes;
                    },
                    SqlChangeLog.micros(last.at()),
                    last.id().value(),
                    last.version().number(),
                    until);
            if (page.isEmpty()) return;
            log.record(page, List.of());
            last = page.get(page.size() - 1);
        }
    }
}
