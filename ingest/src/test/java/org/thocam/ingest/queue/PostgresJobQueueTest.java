package org.thocam.ingest.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.queue.Job;
import org.thocam.ontology.queue.JobState;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.ontology.sql.Presence;
import org.thocam.services.PostgresService;

class PostgresJobQueueTest extends JobQueueContract {
    private static PostgresService server;

    private final String schema = "t" + UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void start() throws Exception {
        server = PostgresService.ofTheseTests();
    }

    @Override
    Database connect() {
        return connect(server);
    }

    private PostgresDatabase connect(PostgresService to) {
        return PostgresDatabase.open(new PostgresDatabase.Settings(
                to.address().toString(), to.user(), to.password(), schema, 4, Duration.ofSeconds(5)));
    }

    @Override
    boolean shared() {
        return true;
    }

    @Override
    void bury(Engine engine) {
        long id = engine.presence().id();
        engine.close();
        try (var database = connect()) {
            database.write(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.executeUpdate("DELETE FROM engine WHERE id = " + id);
                }
            });
        }
    }

    @Test
    void whatAnEngineHadThatIsKilledIsFreedByAnotherWithoutBeingTold() throws Exception {
        var dead = engine();
        for (int n = 0; n < 20; n++) submit(dead.queue(), order("a" + n, n));
        assertEquals(20, dead.queue().claim(50, false).size());
        dead.close();
        try (var intake = new RecordingIntake(1, 2)) {
            var alive = engine();
            workers(alive, intake, 2);
            awaitIdle(alive.queue());
            assertEquals(20, alive.queue().counts().done());
            assertEquals(List.of(), intake.violations());
        }
    }

    @Test
    void anEngineThatOnlyLostItsConnectionsKeepsWhatItHas() throws Exception {
        try (var intake = new RecordingIntake(1, 400)) {
            var cut = engine();
            var other = engine();
            long id = cut.presence().id();
            var jobs = new ArrayList<Job>();
            for (int n = 0; n < 60; n++) jobs.addAll(submit(cut.queue(), order("a" + n % 10, n)));
            workers(cut, intake, 2);
            for (int n = 0; n < 5; n++) {
                Thread.sleep(150);
                terminate(other, "pid <> pg_backend_pid()");
                other.queue().release();
            }
            awaitIdle(cut.queue());
            assertEquals(id, cut.presence().id());
            assertEquals(List.of(), intake.violations());
            for (var job : jobs) {
                var ended = cut.queue().find(job.id()).orElseThrow();
                assertEquals(JobState.DONE, ended.state());
                assertEquals(1, ended.attempts(), ended.toString());
            }
        }
    }

    private void terminate(Engine by, String which) {
        by.database()
                .read(
                        "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'thocam'"
                                + " AND datname = current_database() AND " + which,
                        row -> row.next());
    }

    /** One thread claims and dies before it notes; each time its connections are cut by the server. */
    @Test
    void connectionsThatAreCutInTheMiddleLoseNothing() throws Exception {
        try (var intake = new RecordingIntake(3, 5)) {
            var first = engine();
            var second = engine();
            var saboteur = engine();
            workers(first, intake, 2);
            workers(second, intake, 2);
            var jobs = new ArrayList<Job>();
            for (int n = 0; n < 300; n++) {
                var order = order("a" + n % 30, n);
                for (boolean kept = false; !kept; ) {
                    try {
                        jobs.addAll(submit(saboteur.queue(), order));
                        kept = true;
                    } catch (ServiceUnavailableException e) {
                        Thread.sleep(5);
                    }
                }
                if (n % 20 == 19) terminate(saboteur, "pid <> pg_backend_pid()");
            }
            awaitIdle(saboteur.queue());
            assertEquals(List.of(), intake.violations());
            for (var job : jobs)
                assertEquals(
                        JobState.DONE,
                        saboteur.queue().find(job.id()).orElseThrow().state());
        }
    }

    @Test
    void aRestartOfTheServerInTheMiddleLosesNothing() throws Exception {
        var root = Path.of(System.getProperty("thocam.root"));
        try (var own = PostgresService.in(root, folder.resolve("own"), 0);
                var intake = new RecordingIntake(4, 20)) {
            own.start();
            try (var database = connect(own);
                    var presence = Presence.in(database)) {
                var queue = SqlJobQueue.open(database, presence, Limits.USUAL);
                try (var workers = Workers.start(
                        queue, intake, intake::head, new Workers.Settings(2, folder.resolve("restarted")))) {
                    var jobs = new ArrayList<Job>();
                    for (int n = 0; n < 150; n++) jobs.addAll(submit(queue, order("a" + n % 20, n)));
                    own.kill();
                    Thread.sleep(500);
                    own.start();
                    workers.wake();
                    for (boolean idle = false; !idle; ) {
                        try {
                            awaitIdle(queue);
                            idle = true;
                        } catch (ServiceUnavailableException e) {
                            Thread.sleep(100);
                        }
                    }
                    assertEquals(List.of(), intake.violations());
                    for (var job : jobs)
                        assertEquals(
                                JobState.DONE,
                                queue.find(job.id()).orElseThrow().state());
                    assertTrue(intake.versions() == 150, intake.versions() + " versions");
                    assertFalse(queue.list(Optional.empty(), Optional.empty(), Optional.empty(), 1000)
                            .isEmpty());
                }
            }
        }
    }
}
