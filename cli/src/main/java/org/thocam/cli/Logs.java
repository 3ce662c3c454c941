package org.thocam.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ingest.deployment.Deployment;
import org.thocam.ingest.deposit.ChangeClock;
import org.thocam.ingest.log.ArchiveWalk;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.exchange.formats.Crosswalks;
import org.thocam.ontology.sql.PostgresDatabase;

/** The change log of each generation of views: a file in the home, or a schema of the database that the engines share. */
final class Logs {
    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);
    /** Beside a change log that is made in place of an older Thocam's: partners have not been told of it yet. */
    private static final String OF_OLDER = "log-of-older";

    private static final String FILE = "log.sqlite";
    private static final String WALK = "walk.sqlite";
    private static final String MADE = "made";
    private static final Duration ANOTHER_MAY_TAKE = Duration.ofHours(12);

    private final Home home;
    private final Archive archive;
    private final Deployment deployment;
    private final Optional<PostgresDatabase.Settings> database;

    /** @param database empty where the logs are files of the home */
    Logs(Home home, Archive archive, Deployment deployment, Optional<PostgresDatabase.Settings> database) {
        this.home = home;
        this.archive = archive;
        this.deployment = deployment;
        this.database = database;
    }

    /** A log that is gone is made again from the archive; one whose making was stopped goes on. */
    SqlChangeLog open(String name) throws IOException, InterruptedException {
        return database.isPresent() ? shared(name) : own(name);
    }

    /** A log that a walk is to fill. */
    SqlChangeLog fresh(String name) {
        return database.map(settings ->
                        SqlChangeLog.open(PostgresDatabase.open(settings.in(schema(name))), deployment.standing(name)))
                .orElseGet(() -> SqlChangeLog.open(folder(name).resolve(FILE)));
    }

    /** A log that is whole from now on. */
    void made(String name) throws IOException {
        if (database.isPresent()) deployment.note("log." + name, MADE);
        for (var end : List.of("", "-wal", "-shm"))
            Files.deleteIfExists(folder(name).resolve(WALK + end));
    }

    /** Removes a log that nobody has open, here or elsewhere. */
    void remove(String name) {
        database.ifPresent(settings -> {
            deployment.note("log." + name, "");
            try (var schema = PostgresDatabase.open(settings.in(schema(name)))) {
                schema.drop();
            }
        });
    }

    /** Gives what all records say in other words since this log was last announced the datestamp of now. */
    void announce(SqlChangeLog log, ChangeClock clock, String name) throws IOException {
        var ofOlder = folder(name).resolve(OF_OLDER);
        if (Files.notExists(ofOlder)) {
            log.announce(Crosswalks.edition(), clock.next());
            return;
        }
        log.announceToAll(Crosswalks.edition(), clock.next());
        Files.delete(ofOlder);
    }

    private SqlChangeLog own(String name) throws IOException {
        var folder = folder(name);
        boolean complete = Files.exists(folder.resolve(FILE)) && Files.notExists(folder.resolve(WALK));
        if (complete) {
            var log = SqlChangeLog.open(folder.resolve(FILE));
            if (log.ofThisFormat()) return log;
            LOG.info("the change log in {} is of an older Thocam", folder);
            log.close();
            // first: a kill must not make it a log that is new, which has nothing to announce
            Files.write(folder.resolve(OF_OLDER), new byte[0]);
            for (var end : List.of("", "-wal", "-shm")) Files.deleteIfExists(folder.resolve(FILE + end));
        }
        return make(name);
    }

    private SqlChangeLog shared(String name) throws IOException, InterruptedException {
        long end = System.nanoTime() + ANOTHER_MAY_TAKE.toNanos();
        while (System.nanoTime() < end) {
            if (deployment.note("log." + name).equals(MADE)) {
                var log = fresh(name);
                if (log.ofThisFormat()) return log;
                log.close();
                throw new Stop(
                        Exit.CONFIGURATION,
                        "the change log of these views is of an older Thocam. Stop all engines, then remove the schema "
                                + schema(name) + " and its note: DELETE FROM thocam.standing WHERE name = 'note.log."
                                + name + "'; the first engine makes it again from the archive");
            }
            var lease = deployment.lease("log." + name);
            if (lease.isEmpty()) {
                TimeUnit.SECONDS.sleep(1);
                continue;
            }
            var making = lease.get();
            try (making) {
                if (!deployment.note("log." + name).equals(MADE)) make(name).close();
            }
        }
        throw new Stop(
                Exit.SERVICE_DOWN,
                "another engine has been making the change log " + name + " for " + ANOTHER_MAY_TAKE.toHours()
                        + " hours; look at its log");
    }

    private SqlChangeLog make(String name) throws IOException {
        Files.createDirectories(folder(name));
        LOG.info("the change log {} is made from the archive", name);
        // what was acknowledged is written nowhere but in the archive now: heal what a kill left before it is read
        archive.forEachId(id -> {
            try {
                for (var done : archive.mend(id)) LOG.warn("{}", done);
            } catch (ServiceUnavailableException e) {
                throw e;
            } catch (ArchiveException e) {
                LOG.error("{}", e.getMessage());
            }
        });
        var walk = new ArchiveWalk(archive, folder(name));
        // the plan stands before the log: a log without one beside it is complete
        var plan = walk.plan(ArchiveWalk.Plan.ALL);
        var log = fresh(name);
        try {
            walk.into(plan, log, walked -> {});
            if (database.isPresent() && !walk.unreadable().isEmpty())
                throw new Stop(
                        Exit.SERVICE_DOWN,
                        walk.unreadable().size() + " items cannot be read, such as "
                                + walk.unreadable().get(0)
                                + ": a log without them would hide them from all engines. Restore them, or start again when the archive is well; the walk goes on where it was.");
            made(name);
            return log;
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private static String schema(String name) {
        return "thocam_" + name;
    }

    private Path folder(String name) {
        return home.views().resolve(name);
    }
}
