package org.thocam.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.thocam.api.idempotency.IdempotencyKeys;
import org.thocam.cli.Configuration.Key;
import org.thocam.ingest.queue.Limits;
import org.thocam.ingest.queue.SqlJobQueue;
import org.thocam.ingest.queue.Workers;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Intake;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.ontology.sql.Presence;
import org.thocam.ontology.sqlite.SqliteFile;

/** The queue and what else engines write down for each other, in a file of this home or in the server that engines share. */
final class Queueing implements AutoCloseable {
    private static final String SCHEMA = "thocam";

    private final Database database;
    private final Presence presence;
    private final SqlJobQueue jobs;
    private final IdempotencyKeys keys;
    private Workers workers;

    private Queueing(Database database) {
        this.database = database;
        this.presence = Presence.in(database);
        this.jobs = SqlJobQueue.open(database, presence, Limits.USUAL);
        this.keys = IdempotencyKeys.open(database, presence);
    }

    static boolean isShared(Configuration configuration) {
        return !configuration.text(Key.DATABASE_URL).isEmpty();
    }

    static Queueing open(Home home, Configuration configuration) {
        var database = isShared(configuration)
                ? PostgresDatabase.open(new PostgresDatabase.Settings(
                        configuration.text(Key.DATABASE_URL),
                        configuration.text(Key.DATABASE_USER),
                        configuration.text(Key.DATABASE_PASSWORD),
                        SCHEMA,
                        configuration.number(Key.DATABASE_CONNECTIONS, 2, 1000)))
                : SqliteFile.durable(home.root().resolve("jobs.sqlite"));
        try {
            return new Queueing(database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    SqlJobQueue jobs() {
        return jobs;
    }

    IdempotencyKeys keys() {
        return keys;
    }

    /** @param heads what the archive has now of an item that the intake deposits in it */
    synchronized void work(int threads, Intake intake, Function<ItemId, Optional<Archived>> heads, Path folder)
            throws IOException {
        if (workers != null) throw new IllegalStateException("there are workers already");
        workers = Workers.start(jobs, intake, heads, new Workers.Settings(threads, folder));
    }

    /** Before the intake ends. */
    synchronized void stopWorking() {
        if (workers != null) workers.close();
        workers = null;
    }

    @Override
    public void close() {
        // each must let go even when the one before it fails to
        try (database;
                presence) {
            stopWorking();
        }
    }
}
