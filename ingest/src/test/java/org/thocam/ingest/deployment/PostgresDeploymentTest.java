package org.thocam.ingest.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.thocam.ingest.Samples;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Access;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.services.PostgresService;

class PostgresDeploymentTest extends DeploymentContract {
    private static PostgresService server;

    private final String schema = "t" + UUID.randomUUID().toString().replace("-", "");
    private final ArrayList<PostgresDatabase> databases = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = PostgresService.ofTheseTests();
    }

    @Override
    Deployment open() {
        var database = PostgresDatabase.open(
                new PostgresDatabase.Settings(server.jdbcUrl(), server.user(), server.password(), schema, 3));
        synchronized (databases) {
            databases.add(database);
        }
        return PostgresDeployment.in(database);
    }

    @AfterEach
    void closeDatabases() {
        databases.forEach(PostgresDatabase::close);
    }

    /** An engine that was taken for gone, and comes back to a log that nobody reads any more. */
    @Test
    void nothingIsWrittenToTheLogOfViewsThatWereReplaced() throws Exception {
        try (var log = logOf("g1");
                var next = logOf("g2")) {
            var first = List.of(new ItemId("khen"));
            log.intend(first);
            log.record(List.of(), first);
            assertTrue(deployment.turn("g1", "g2"));
            var e = assertThrows(ServiceUnavailableException.class, () -> log.intend(first));
            assertTrue(e.getMessage().contains("g2 in place of g1"), e.getMessage());
            assertThrows(
                    ServiceUnavailableException.class,
                    () -> log.record(
                            List.of(Samples.change("khen", 1, Instant.EPOCH, new Access.Open(), List.of())), first));
            assertEquals(0, log.last());
            next.intend(first);
            next.record(List.of(), first);
        }
    }

    /** The swap comes before a record or after it, never between its look and its end. */
    @Test
    void aSwapWaitsForWhatIsBeingWritten() throws Exception {
        var database = databases.get(0);
        var standing = deployment.standing("g1");
        var held = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(2);
        try {
            var writing = threads.submit(() -> database.write(connection -> {
                standing.hold(connection);
                held.countDown();
                try {
                    return go.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            held.await();
            var turning = threads.submit(() -> deployment.turn("g1", "g2"));
            assertThrows(TimeoutException.class, () -> turning.get(500, TimeUnit.MILLISECONDS));
            assertEquals("g1", deployment.current());
            go.countDown();
            assertTrue(writing.get());
            assertTrue(turning.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private SqlChangeLog logOf(String views) {
        return SqlChangeLog.open(
                PostgresDatabase.open(new PostgresDatabase.Settings(
                        server.jdbcUrl(), server.user(), server.password(), schema + "_" + views, 3)),
                deployment.standing(views));
    }

    @Test
    void theLeaseOfAnEngineThatIsGoneIsAnothers() throws Exception {
        try (var other = open()) {
            var lease = deployment.lease("index").orElseThrow();
            assertEquals(Optional.empty(), other.lease("index"));
            // what the server does when it finds the engine gone
            databases
                    .get(1)
                    .read(
                            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                                    + " AND ((classid::bigint << 32) | objid::bigint) = ?",
                            rows -> rows.next(),
                            PostgresDatabase.key("lease " + schema + " index"));
            var theirs = other.lease("index");
            assertTrue(theirs.isPresent());
            assertFalse(lease.held());
            assertEquals(Optional.empty(), deployment.lease("index"));
            lease.close();
            assertTrue(theirs.get().held());
            theirs.get().close();
            assertTrue(deployment.lease("index").isPresent(), "it has a session again");
        }
    }

    @Test
    void severalFirstEnginesAgree() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            var starts = new ArrayList<Callable<String>>();
            for (int n = 0; n < 4; n++)
                starts.add(() -> {
                    try (var engine = open()) {
                        return hex(engine.secret("oai.key", 32)) + engine.turn("g1", "g2");
                    }
                });
            var secrets = new HashSet<String>();
            int turned = 0;
            for (var start : threads.invokeAll(starts)) {
                secrets.add(start.get().substring(0, 64));
                if (start.get().endsWith("true")) turned++;
            }
            assertEquals(1, secrets.size());
            assertEquals(1, turned);
        } finally {
            threads.shutdown();
            assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
        }
    }
}
