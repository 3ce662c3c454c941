package org.thocam.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.thocam.api.idempotency.IdempotencyKeys;
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
    /** Null where it is another's. */
    private final Database owned;

    private final Presence presence;
    private final SqlJobQueue jobs;
    private final IdempotencyKeys keys;
    private Workers workers;

    private Queueing(Database database, Database owned) {
        this.owned = owned;
        this.presence = Presence.in(database);
        try {
            this.jobs = SqlJobQueue.open(database, presence, Limits.USUAL);
            this.keys = IdempotencyKeys.open(database, presence);
        } catch (RuntimeException e) {
            presence.close();
            throw e;
        }
    }

    static boolean isShared(Configuration configuration) {
        return Stores.database(configuration).isPresent();
    }

    /** @param shared stays open when this is closed */
    static Queueing open(Home home, Optional<PostgresDatabase> shared) {
        return shared.isPresent() ? new Queueing(shared.get(), null) : owning(file(home));
    }

    /** Without the rest of an engine. */
    static Queueing alone(Home home, Configuration configuration) {
        return owning(Stores.database(configuration)
                .<Database>map(PostgresDatabase::open)
                .orElseGet(() -> file(home)));
    }

    private static Database file(Home home) {
        return SqliteFile.durable(home.root().resolve("jobs.sqlite"));
    }

    private static Queueing owning(Database database) {
        try {
            return new Queueing(database, database);
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
    synchronized void takeNoMore() {
        if (workers != null) workers.takeNoMore();
    }

    /** After it. */
    private synchronized void stopWorking() {
        if (workers != null) workers.close();
        workers = null;
    }

    @Override
    public void close() {
        try {
            stopWorking();
        } finally {
            presence.close();
            if (owned != null) owned.close();
        }
    }
}
