package org.thocam.ingest.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;
import org.thocam.ontology.queue.Job;
import org.thocam.ontology.queue.JobFault;
import org.thocam.ontology.queue.JobOrder;
import org.thocam.ontology.queue.JobQueue;
import org.thocam.ontology.queue.JobState;
import org.thocam.ontology.queue.JobTooLargeException;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.DatabaseClock;
import org.thocam.ontology.sql.Dialect;
import org.thocam.ontology.sql.Migrations;
import org.thocam.ontology.sql.OutcomeUnknownException;
import org.thocam.ontology.sql.Presence;

/**
 * The queue in two tables. A claim is a short transaction that writes down who works on what, and that there was one more attempt: so a
 * crash loses neither. What an engine had when it died is found by its {@link Presence}; no row has a time at which it runs out. Time is
 * the database's.
 */
public final class SqlJobQueue implements JobQueue {
    private static final Logger LOG = LoggerFactory.getLogger(SqlJobQueue.class);
    private static final Migrations TABLES = Migrations.of(SqlJobQueue.class, "jobs", "V1__jobs.sql");

    /** Orders together no larger than this are one transaction. */
    private static final int SMALL_BYTES = 4 << 20;

    private static final int BATCH_BYTES = 32 << 20;
    private static final int CLEARED_AT_ONCE = 64;
    private static final long PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;
    private static final int LONGEST_REASON = 4_000;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String COLUMNS =
            "seq, id, item, state, owner, agent, place, attempts, submitted, begun, ended, version, outcome, fault, reason";

    private final Database database;
    private final Presence presence;
    private final Limits limits;
    private final Spool spool;
    private final Room room;
    private final String now;
    private final SecureRandom random = new SecureRandom();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** What this engine knows it works on. */
    private final Set<Long> held = new HashSet<>();

    private SqlJobQueue(Database database, Presence presence, Limits limits) {
        this.database = database;
        this.presence = presence;
        this.limits = limits;
        this.now = DatabaseClock.millis(database.dialect());
        this.spool = new Spool(database);
        this.room = new Room(limits, this::waiting);
    }

    /**
     * Makes the tables where they are not there; frees what engines had that are gone.
     *
     * @param presence of this engine in the same database
     */
    public static SqlJobQueue open(Database database, Presence presence, Limits limits) {
        database.migrate(TABLES);
        var queue = new SqlJobQueue(database, presence, limits);
        queue.release();
        return queue;
    }

    /** Told of each job that was handed in through this very queue. */
    public void listen(Runnable submitted) {
        listeners.add(submitted);
    }

    @Override
    public List<Job> submit(List<JobOrder> orders) {
        if (orders.isEmpty()) return List.of();
        var drafts = new ArrayList<Draft>();
        for (var order : orders) drafts.add(draft(order));
        long bytes = drafts.stream().mapToLong(Draft::bytes).sum();
        if (bytes <= SMALL_BYTES) {
            room.take(drafts.size(), bytes);
            insertWhole(drafts);
        } else
            for (var draft : drafts) {
                room.take(1, draft.bytes());
                if (draft.bytes() <= SMALL_BYTES) insertWhole(List.of(draft));
                else arrive(draft);
            }
        listeners.forEach(Runnable::run);
        var kept = found(drafts.stream().map(Draft::id).toList());
        return drafts.stream().map(draft -> kept.get(draft.id())).toList();
    }

    /** An order and the id that it gets, so that its insertion can be repeated. */
    private record Draft(String id, JobOrder order, byte[] record, long bytes) {}

    private Draft draft(JobOrder order) {
        var bits = new byte[16];
        random.nextBytes(bits);
        var record = Order.written(order.submission());
        long bytes = record.length;
        try {
            for (var file : order.submission().files()) bytes += Files.size(file.path());
        } catch (IOException e) {
            throw unread(order.submission(), e);
        }
        if (bytes > limits.jobBytes()) throw tooLarge(order.submission());
        return new Draft(HexFormat.of().formatHex(bits), order, record, bytes);
    }

    private static ArchiveException unread(Submission submission, IOException e) {
        return new ArchiveException(submission.place() + " could not be read: " + e.getMessage(), e);
    }

    private JobTooLargeException tooLarge(Submission submission) {
        return new JobTooLargeException(submission.place() + " has more than " + limits.jobBytes()
                + " bytes with its files: want less, or more than one item");
    }

    private void insertWhole(List<Draft> drafts) {
        Connected<Void> work = connection -> {
            for (var draft : drafts) {
                long seq = insert(connection, draft, "queued", null);
                try {
                    spool.copyWhole(connection, seq, draft.order().submission().files(), SMALL_BYTES);
                } catch (Spool.TooLongException e) {
                    throw new ArchiveException(
                            draft.order().submission().place() + " grew while it was read; hand it in again", e);
                } catch (IOException e) {
                    throw unread(draft.order().submission(), e);
                }
            }
            return null;
        };
        try {
            database.write(work::with);
        } catch (OutcomeUnknownException e) {
            if (found(drafts.stream().map(Draft::id).toList()).size() < drafts.size()) database.write(work::with);
        }
    }

    private interface Connected<T> {
        T with(Connection connection) throws SQLException;
    }

    private long insert(Connection connection, Draft draft, String state, Long engine) throws SQLException {
        var submission = draft.order().submission();
        try (var insert = connection.prepareStatement(
                "INSERT INTO job(id, item, state, owner, agent, place, fresh, record, bytes, spooled, engine, not_before, submitted)"
                        + " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " + now + ", " + now + ") RETURNING seq")) {
            insert.setString(1, draft.id());
            insert.setString(2, submission.item().id().value());
            insert.setString(3, state);
            insert.setString(4, kept(draft.order().owner()));
            insert.setString(5, kept(draft.order().agent()));
            insert.setString(6, kept(submission.place()));
            insert.setInt(7, draft.order().isNew() ? 1 : 0);
            insert.setBytes(8, draft.record());
            insert.setLong(9, draft.bytes());
            insert.setInt(10, submission.files().isEmpty() ? 0 : 1);
            if (engine == null) insert.setNull(11, Types.BIGINT);
            else insert.setLong(11, engine);
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** PostgreSQL keeps no U+0000. */
    private static String kept(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** A large one, in many transactions; nobody sees it before the last. */
    private void arrive(Draft draft) {
        long mine = presence.id();
        long seq;
        try {
            seq = database.write(connection -> insert(connection, draft, "arriving", mine));
        } catch (OutcomeUnknownException e) {
            // what is there of it goes when this engine does
            throw new ArchiveException("nobody knows whether the database began to keep it; hand it in again", e);
        }
        try {
            long bytes = draft.record().length
                    + spool.copy(seq, draft.order().submission().files(), limits.jobBytes() - draft.record().length);
            if (!arrived(seq, mine, bytes))
                throw new ArchiveException("the database took this engine for gone while "
                        + draft.order().submission().place() + " was copied; hand it in again");
        } catch (Spool.TooLongException e) {
            forget(seq);
            throw tooLarge(draft.order().submission());
        } catch (IOException e) {
            forget(seq);
            throw unread(draft.order().submission(), e);
        } catch (RuntimeException e) {
            forget(seq);
            throw e;
        }
    }

    private boolean arrived(long seq, long mine, long bytes) {
        Connected<Boolean> work = connection -> {
            try (var update = connection.prepareStatement(
                    "UPDATE job SET state = 'queued', engine = NULL, bytes = ?, submitted = " + now + ", not_before = "
                            + now + " WHERE seq = ? AND state = 'arriving' AND engine = ?")) {
                update.setLong(1, bytes);
                update.setLong(2, seq);
                update.setLong(3, mine);
                return update.executeUpdate() == 1;
            }
        };
        try {
            return database.write(work::with);
        } catch (OutcomeUnknownException e) {
            boolean there =
                    database.read("SELECT 1 FROM job WHERE seq = ? AND state <> 'arriving'", ResultSet::next, seq);
            return there || database.write(work::with);
        }
    }

    private void forget(long seq) {
        try {
            change(
                    "UPDATE job SET state = 'cancelled', engine = NULL, ended = " + now
                            + " WHERE seq = ? AND state = 'arriving'",
                    seq);
            clear(seq);
        } catch (ArchiveException e) {
            LOG.warn("what there is of job {} goes when this engine does: {}", seq, e.getMessage());
        }
    }

    private int change(String sql, Object... values) {
        return database.write(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
                return statement.executeUpdate();
            }
        });
    }

    private Map<String, Job> found(List<String> ids) {
        var all = new HashMap<String, Job>();
        for (int from = 0; from < ids.size(); from += 500) {
            var some = ids.subList(from, Math.min(ids.size(), from + 500));
            var marks = String.join(", ", Collections.nCopies(some.size(), "?"));
            for (var job : jobs(
                    "SELECT " + COLUMNS + " FROM job WHERE state NOT IN ('arriving', 'cancelled') AND id IN (" + marks
                            + ")",
                    some.toArray())) all.put(job.id(), job);
        }
        return all;
    }

    private List<Job> jobs(String sql, Object... values) {
        return database.read(
                sql,
                rows -> {
                    var all = new ArrayList<Job>();
                    while (rows.next()) all.add(job(rows));
                    return all;
                },
                values);
    }

    private static Job job(ResultSet row) throws SQLException {
        var item = new ItemId(row.getString("item"));
        var place = row.getString("place");
        var state = JobState.ofWord(row.getString("state"));
        var reason = row.getString("reason");
        return new Job(
                row.getLong("seq"),
                row.getString("id"),
                item,
                state,
                row.getString("owner"),
                row.getString("agent"),
                place,
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("submitted")),
                time(row, "begun"),
                time(row, "ended"),
                state == JobState.DONE
                        ? Optional.of(new Receipt(
                                place,
                                item,
                                new Version((int) row.getLong("version")),
                                row.getString("outcome"),
                                reason))
                        : Optional.empty(),
                state == JobState.FAILED
                        ? Optional.of(new Job.Failure(JobFault.ofWord(row.getString("fault")), reason))
                        : Optional.empty());
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public Optional<Job> find(String id) {
        return Optional.ofNullable(found(List.of(kept(id))).get(id));
    }

    @Override
    public List<Job> list(Optional<String> owner, Optional<JobState> state, Optional<Long> before, int most) {
        if (most < 1 || most > 1000) throw new IllegalArgumentException(most + " jobs: want 1 to 1000");
        var values = new ArrayList<Object>();
        var where = new StringBuilder("state NOT IN ('arriving', 'cancelled')");
        owner.ifPresent(whose -> {
            where.append(" AND owner = ?");
            values.add(whose);
        });
        state.ifPresent(which -> {
            where.append(" AND state = ?");
            values.add(which.word());
        });
        before.ifPresent(number -> {
            where.append(" AND seq < ?");
            values.add(number);
        });
        values.add(most);
        return jobs("SELECT " + COLUMNS + " FROM job WHERE " + where + " ORDER BY seq DESC LIMIT ?", values.toArray());
    }

    @Override
    public List<Job> waitingFor(ItemId item) {
        return jobs(
                "SELECT " + COLUMNS
                        + " FROM job WHERE item = ? AND state IN ('queued', 'working') ORDER BY seq LIMIT 1000",
                item.value());
    }

    @Override
    public boolean cancel(String id) {
        var seq = database.<Optional<Long>>write(connection -> {
            try (var update = connection.prepareStatement("UPDATE job SET state = 'cancelled', record = NULL, ended = "
                    + now + " WHERE id = ? AND state = 'queued' RETURNING seq")) {
                update.setString(1, kept(id));
                try (var row = update.executeQuery()) {
                    return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
                }
            }
        });
        seq.ifPresent(this::clear);
        return seq.isPresent();
    }

    @Override
    public Counts counts() {
        return database.read("SELECT state, COUNT(*), SUM(bytes) FROM job GROUP BY state", rows -> {
            var counts = new HashMap<String, Long>();
            long bytes = 0;
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
                if (List.of("arriving", "queued", "working").contains(rows.getString(1))) bytes += rows.getLong(3);
            }
            return new Counts(
                    counts.getOrDefault("arriving", 0L),
                    counts.getOrDefault("queued", 0L),
                    counts.getOrDefault("working", 0L),
                    counts.getOrDefault("done", 0L),
                    counts.getOrDefault("failed", 0L),
                    bytes);
        });
    }

    private Room.Used waiting() {
        return database.read(
                "SELECT COUNT(*), COALESCE(SUM(bytes), 0) FROM job WHERE state IN ('queued', 'working', 'arriving')",
                row -> {
                    row.next();
                    return new Room.Used(row.getLong(1), row.getLong(2));
                });
    }

    /** Whether a job waits that somebody may have died of: it is worked on alone. */
    boolean suspects() {
        return database.read(
                "SELECT 1 FROM job WHERE state = 'queued' AND attempts > 0 AND not_before <= " + now + " LIMIT 1",
                ResultSet::next);
    }

    /**
     * The next ones, which are this engine's from now on: of each item the oldest, and none of an item that somebody works on.
     *
     * @param suspects those that somebody may have died of, or the others
     * @return those that have no more than 32 MiB together; or one
     */
    List<Claimed> claim(int most, boolean suspects) {
        synchronized (held) {
            try {
                var batch = claimed(most, suspects);
                batch.forEach(job -> held.add(job.seq()));
                return batch;
            } catch (OutcomeUnknownException e) {
                throw e;
            } catch (ArchiveException e) {
                // somebody else took a job of the same item at the very moment
                for (Throwable cause = e; cause != null; cause = cause.getCause())
                    if (cause instanceof SQLException fault && UNIQUE_VIOLATION.equals(fault.getSQLState()))
                        return List.of();
                throw e;
            }
        }
    }

    private List<Claimed> claimed(int most, boolean suspects) {
        long mine = presence.id();
        return database.write(connection -> {
            var seqs = next(connection, most, suspects);
            if (seqs.isEmpty()) return List.of();
            try (var update = connection.prepareStatement(
                    "UPDATE job SET state = 'working', attempts = attempts + 1, claims = claims + 1, engine = ?, begun = "
                            + now + " WHERE seq = ? AND state = 'queued'")) {
                for (long seq : seqs) {
                    update.setLong(1, mine);
                    update.setLong(2, seq);
                    update.addBatch();
                }
                update.executeBatch();
            }
            return claimed(connection, seqs, mine);
        });
    }

    private List<Long> next(Connection connection, int most, boolean suspects) throws SQLException {
        try (var query =
                connection.prepareStatement("SELECT j.seq, j.bytes FROM job j WHERE j.state = 'queued' AND j.attempts "
                        + (suspects ? "> 0" : "= 0") + " AND j.not_before <= " + now
                        + " AND NOT EXISTS (SELECT 1 FROM job o WHERE o.item = j.item AND o.state IN ('queued', 'working')"
                        + " AND (o.state = 'working' OR o.seq < j.seq))"
                        + " ORDER BY j.seq LIMIT ?"
                        + (database.dialect() == Dialect.POSTGRESQL ? " FOR UPDATE OF j SKIP LOCKED" : ""))) {
            query.setInt(1, most);
            try (var rows = query.executeQuery()) {
                var seqs = new ArrayList<Long>();
                long bytes = 0;
                while (rows.next()) {
                    bytes += rows.getLong(2);
                    if (!seqs.isEmpty() && bytes > BATCH_BYTES) break;
                    seqs.add(rows.getLong(1));
                }
                return seqs;
            }
        }
    }

    private static List<Claimed> claimed(Connection connection, List<Long> seqs, long mine) throws SQLException {
        var marks = String.join(", ", Collections.nCopies(seqs.size(), "?"));
        try (var query = connection.prepareStatement(
                "SELECT seq, id, claims, attempts, pauses, fresh, agent, place, bytes, spooled, record FROM job WHERE seq IN ("
                        + marks + ") AND state = 'working' ORDER BY seq")) {
            for (int i = 0; i < seqs.size(); i++) query.setLong(i + 1, seqs.get(i));
            try (var rows = query.executeQuery()) {
                var all = new ArrayList<Claimed>();
                while (rows.next())
                    all.add(new Claimed(
                            rows.getLong("seq"),
                            rows.getString("id"),
                            mine,
                            rows.getInt("claims"),
                            rows.getInt("attempts"),
                            rows.getInt("pauses"),
                            rows.getInt("fresh") == 1,
                            rows.getString("agent"),
                            rows.getString("place"),
                            rows.getLong("bytes"),
                            rows.getInt("spooled") == 1,
                            rows.getBytes("record")));
                return all;
            }
        }
    }

    /** Copies the files of a job into a folder, in the order of their names in the record. */
    List<Path> files(Claimed job, int files, Path folder) throws IOException {
        return job.spooled() ? spool.read(job.seq(), files, folder) : List.of();
    }

    /** Notes what became of them; nothing is noted of one that is not this engine's any more. */
    void note(Map<Claimed, Outcome> outcomes) {
        if (outcomes.isEmpty()) return;
        var cleared = database.<List<Long>>write(connection -> {
            var ended = new ArrayList<Long>();
            for (var entry : outcomes.entrySet())
                if (note(connection, entry.getKey(), entry.getValue())
                        && entry.getKey().spooled()
                        && !entry.getKey().small()) ended.add(entry.getKey().seq());
            return ended;
        });
        letGo(outcomes.keySet());
        cleared.forEach(this::clear);
    }

    /** @return whether it ended */
    private boolean note(Connection connection, Claimed job, Outcome outcome) throws SQLException {
        if (outcome instanceof Outcome.Done done) {
            var receipt = done.receipt();
            return end(connection, job, "done", receipt.version().number(), receipt.state(), null, receipt.reason());
        }
        if (outcome instanceof Outcome.Failed failed)
            return end(connection, job, "failed", null, null, failed.fault().word(), failed.reason());
        if (outcome instanceof Outcome.Lost lost) {
            if (job.attempts() >= limits.attempts())
                return end(connection, job, "failed", null, null, JobFault.LOST.word(), lost.reason());
            back(connection, job, 0, job.pauses(), PAUSE_MILLIS);
            return false;
        }
        var later = (Outcome.Later) outcome;
        long pause = later.pause() ? Math.min(LONGEST_PAUSE_MILLIS, PAUSE_MILLIS << Math.min(job.pauses(), 10)) : 0;
        back(connection, job, 1, later.pause() ? job.pauses() + 1 : job.pauses(), pause);
        return false;
    }

    private boolean end(
            Connection connection, Claimed job, String state, Long version, String outcome, String fault, String reason)
            throws SQLException {
        try (var update = connection.prepareStatement(
                        "UPDATE job SET state = ?, version = ?, outcome = ?, fault = ?, reason = ?, ended = " + now
                                + ", engine = NULL, record = NULL" + (job.small() ? ", spooled = 0" : "")
                                + " WHERE seq = ? AND state = 'working' AND engine = ? AND claims = ?");
                var clear = connection.prepareStatement("DELETE FROM job_chunk WHERE job = ?")) {
            update.setString(1, state);
            if (version == null) update.setNull(2, Types.BIGINT);
            else update.setLong(2, version);
            update.setString(3, outcome);
            update.setString(4, fault);
            update.setString(5, shortened(reason));
            mine(update, 6, job);
            boolean ended = update.executeUpdate() == 1;
            if (ended && job.spooled() && job.small()) {
                clear.setLong(1, job.seq());
                clear.executeUpdate();
            }
            return ended;
        }
    }

    private static String shortened(String reason) {
        var kept = kept(reason == null ? "" : reason);
        return kept.length() <= LONGEST_REASON ? kept : Shown.of(kept.substring(0, LONGEST_REASON)) + " …";
    }

    private static void mine(PreparedStatement statement, int from, Claimed job) throws SQLException {
        statement.setLong(from, job.seq());
        statement.setLong(from + 1, job.engine());
        statement.setInt(from + 2, job.claim());
    }

    private void back(Connection connection, Claimed job, int uncounted, int pauses, long pauseMillis)
            throws SQLException {
        try (var update = connection.prepareStatement(
                "UPDATE job SET state = 'queued', engine = NULL, attempts = attempts - ?, pauses = ?, not_before = "
                        + now + " + ? WHERE seq = ? AND state = 'working' AND engine = ? AND claims = ?")) {
            update.setInt(1, uncounted);
            update.setInt(2, pauses);
            update.setLong(3, pauseMillis);
            mine(update, 4, job);
            update.executeUpdate();
        }
    }

    private void letGo(Iterable<Claimed> jobs) {
        synchronized (held) {
            jobs.forEach(job -> held.remove(job.seq()));
        }
    }

    /** Frees what engines had that are gone, and what is this engine's without its knowing: the answer to a claim was lost. */
    int release() {
        int freed = 0;
        var engines = database.<List<Long>>read("SELECT DISTINCT engine FROM job WHERE engine IS NOT NULL", rows -> {
            var all = new ArrayList<Long>();
            while (rows.next()) all.add(rows.getLong(1));
            return all;
        });
        for (long engine : engines) {
            if (engine == presence.id()) freed += releaseUnknown(engine);
            else if (presence.gone(engine)) freed += releaseOf(engine);
        }
        if (freed > 0) LOG.warn("{} jobs go back into the queue: whoever worked on them is gone", freed);
        return freed;
    }

    private int releaseUnknown(long mine) {
        synchronized (held) {
            var working = database.<List<Long>>read(
                    "SELECT seq FROM job WHERE engine = ? AND state = 'working'",
                    rows -> {
                        var all = new ArrayList<Long>();
                        while (rows.next()) all.add(rows.getLong(1));
                        return all;
                    },
                    mine);
            int freed = 0;
            for (long seq : working)
                if (!held.contains(seq))
                    freed += change(
                            "UPDATE job SET state = 'queued', engine = NULL, attempts = attempts - 1 WHERE seq = ? AND engine = ? AND state = 'working'",
                            seq,
                            mine);
            return freed;
        }
    }

    private int releaseOf(long engine) {
        var reason = "whoever worked on it died, or took too long, " + limits.attempts()
                + " times: the input may be what they died of. Look into their logs, then hand it in again";
        change(
                "UPDATE job SET state = 'failed', fault = ?, reason = ?, ended = " + now
                        + ", engine = NULL, record = NULL WHERE engine = ? AND state = 'working' AND attempts >= ?",
                JobFault.LOST.word(),
                reason,
                engine,
                limits.attempts());
        change(
                "UPDATE job SET state = 'cancelled', engine = NULL, ended = " + now
                        + " WHERE engine = ? AND state = 'arriving'",
                engine);
        return change("UPDATE job SET state = 'queued', engine = NULL WHERE engine = ? AND state = 'working'", engine);
    }

    /** Removes the files of what ended, and what ended long ago. */
    void tidy() {
        for (long seq : seqs("SELECT seq FROM job WHERE ended IS NOT NULL AND spooled = 1 ORDER BY seq LIMIT 100"))
            clear(seq);
        for (long seq : seqs("SELECT seq FROM job WHERE state = 'cancelled' AND ended IS NOT NULL LIMIT 100"))
            clear(seq);
        change(
                "DELETE FROM job WHERE ended IS NOT NULL AND spooled = 0 AND ended < " + now + " - ?",
                limits.kept().toMillis());
        change(
                "DELETE FROM job WHERE ended IS NOT NULL AND spooled = 0 AND ended <= (SELECT ended FROM job WHERE ended IS NOT NULL"
                        + " ORDER BY ended DESC LIMIT 1 OFFSET ?)",
                limits.keptJobs());
    }

    private List<Long> seqs(String sql) {
        return database.read(sql, rows -> {
            var all = new ArrayList<Long>();
            while (rows.next()) all.add(rows.getLong(1));
            return all;
        });
    }

    /** In pieces: a large file is not to keep others from the database. */
    private void clear(long seq) {
        for (boolean more = true; more; ) more = spool.remove(seq, CLEARED_AT_ONCE);
        database.write(connection -> {
            try (var update = connection.prepareStatement("UPDATE job SET spooled = 0 WHERE seq = ?");
                    var delete = connection.prepareStatement("DELETE FROM job WHERE seq = ? AND state = 'cancelled'")) {
                update.setLong(1, seq);
                update.executeUpdate();
                delete.setLong(1, seq);
                return delete.executeUpdate();
            }
        });
    }
}
