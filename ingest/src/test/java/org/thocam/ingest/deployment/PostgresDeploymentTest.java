package org.thocam.ingest.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
                new PostgresDatabase.Settings(server.jdbcUrl(), server.user(), server.password(), schema, 2));
        synchronized (databases) {
            databases.add(database);
        }
        return PostgresDeployment.in(database);
    }

    @AfterEach
    void closeDatabases() {
        databases.forEach(PostgresDatabase::close);
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
