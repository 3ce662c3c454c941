package org.thocam.ontology.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.ArchiveException;
import org.thocam.services.PostgresService;

class PostgresDatabaseTest extends DatabaseContract {
    private static PostgresService server;

    private final String schema = "t" + UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void start() throws Exception {
        server = PostgresService.ofTheseTests();
    }

    @Override
    PostgresDatabase open() {
        return PostgresDatabase.open(settings(server));
    }

    private PostgresDatabase.Settings settings(PostgresService of) {
        return new PostgresDatabase.Settings(
                of.address().toString(), of.user(), of.password(), schema, 4, Duration.ofSeconds(2));
    }

    @Test
    void schemasAreApartAndGoAsAWhole() {
        try (var one = open();
                var other = PostgresDatabase.open(settings(server).in(schema + "_g2"))) {
            one.migrate(FIRST);
            other.migrate(FIRST);
            add(one, "khau");
            assertEquals(List.of(), words(other));
            other.drop();
        }
        try (var other = PostgresDatabase.open(settings(server).in(schema + "_g2"))) {
            assertThrows(ArchiveException.class, () -> words(other));
        }
    }

    /** Each locks one word and then wants the other's: the server ends one of them, and its work is done again. */
    @Test
    void workThatTheServerGaveUpForADeadlockIsDoneAgain() throws Exception {
        try (var database = open()) {
            database.migrate(FIRST);
            add(database, "a");
            add(database, "b");
            var both = new CyclicBarrier(2);
            var attempts = new AtomicInteger();
            var threads = Executors.newFixedThreadPool(2);
            try {
                var work = List.<Callable<Void>>of(
                        crossing(database, "a", "b", both, attempts), crossing(database, "b", "a", both, attempts));
                for (var done : threads.invokeAll(work)) done.get();
            } finally {
                threads.shutdown();
            }
            assertEquals(3, attempts.get());
            assertEquals(
                    4, database.<Integer>read("SELECT SUM(seen) FROM word", rows -> rows.next() ? rows.getInt(1) : 0));
        }
    }

    private static Callable<Void> crossing(
            Database database, String first, String second, CyclicBarrier both, AtomicInteger attempts) {
        var begun = new AtomicInteger();
        return () -> database.write(connection -> {
            attempts.incrementAndGet();
            try (var see = connection.prepareStatement("UPDATE word SET seen = seen + 1 WHERE form = ?")) {
                see.setString(1, first);
                see.executeUpdate();
                if (begun.getAndIncrement() == 0) both.await();
                see.setString(1, second);
                see.executeUpdate();
            } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                throw new SQLException(e);
            }
            return null;
        });
    }

    @Test
    void workWhoseConnectionWasCutIsDoneAgainOnAnother() {
        try (var database = open()) {
            database.migrate(FIRST);
            var attempts = new AtomicInteger();
            database.write(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("INSERT INTO word(form) VALUES('pa')");
                    if (attempts.incrementAndGet() == 1) cut(database, connection);
                    statement.execute("INSERT INTO word(form) VALUES('nam')");
                }
                return null;
            });
            assertEquals(2, attempts.get());
            assertEquals(List.of("nam", "pa"), words(database));
        }
    }

    @Test
    void aConnectionThatIsLostAtTheCommitLeavesTheOutcomeOpen() {
        try (var database = open()) {
            database.migrate(FIRST);
            assertThrows(
                    OutcomeUnknownException.class,
                    () -> database.write(connection -> {
                        try (var statement = connection.createStatement()) {
                            statement.execute("INSERT INTO word(form) VALUES('pa')");
                        }
                        cut(database, connection);
                        return null;
                    }));
            add(database, "nam");
        }
    }

    private static void cut(Database database, java.sql.Connection connection) throws SQLException {
        int pid;
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            pid = rows.getInt(1);
        }
        database.read("SELECT pg_terminate_backend(" + pid + ", 5000)", rows -> rows.next());
    }

    @Test
    void aStatementThatTakesTooLongIsNotDone() {
        try (var database = open()) {
            assertThrows(
                    DatabaseUnavailableException.class,
                    () -> database.read("SELECT pg_sleep(20)", rows -> rows.next()));
        }
    }

    @Test
    void aServerThatIsDownOrHangsIsUnavailableUntilItIsBack(@TempDir Path folder) throws Exception {
        try (var own = PostgresService.in(Path.of(System.getProperty("thocam.root")), folder, 0)) {
            assertThrows(DatabaseUnavailableException.class, () -> PostgresDatabase.open(settings(own)));
            own.start();
            try (var database = PostgresDatabase.open(settings(own))) {
                database.migrate(FIRST);
                add(database, "pa");
                own.kill();
                assertThrows(DatabaseUnavailableException.class, () -> words(database));
                assertThrows(DatabaseUnavailableException.class, () -> add(database, "khau"));
                own.start();
                assertEquals(List.of("pa"), soon(() -> words(database)));
                own.pause();
                var hung = assertThrows(ArchiveException.class, () -> add(database, "nam"));
                assertFalse(hung instanceof OutcomeUnknownException, "it hung before its commit: " + hung);
                own.resume();
                soon(() -> {
                    add(database, "nam");
                    return true;
                });
                assertEquals(List.of("nam", "pa"), words(database));
            }
        }
    }

    /** The pool asks a server that was down less and less often, every 5 s at last. */
    private static <T> T soon(Callable<T> ask) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return ask.call();
            } catch (DatabaseUnavailableException e) {
                if (attempt == 10) throw e;
            }
        }
    }

    @Test
    void theWrongPasswordIsNoReasonToWait() {
        var right = settings(server);
        var wrong = new PostgresDatabase.Settings(right.url(), right.user(), "wrong", schema, 1);
        var refused = assertThrows(ArchiveException.class, () -> PostgresDatabase.open(wrong));
        assertFalse(refused instanceof DatabaseUnavailableException, refused.toString());
        assertFalse(refused.getMessage().contains("wrong\""), refused.getMessage());
        assertTrue(refused.getMessage().contains("password"), refused.getMessage());
    }
}
