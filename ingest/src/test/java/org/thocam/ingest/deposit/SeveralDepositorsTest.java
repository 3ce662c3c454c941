package org.thocam.ingest.deposit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Version;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.services.PostgresService;

/** Two engines that write to one archive, with one log in PostgreSQL. */
class SeveralDepositorsTest {
    private final String schema = "t" + UUID.randomUUID().toString().replace("-", "");
    private final List<SqlChangeLog> logs = new ArrayList<>();
    private final List<Depositor> depositors = new ArrayList<>();

    @TempDir
    private Path home;

    private OcflArchive archive;
    private Extractor extractor;

    @BeforeEach
    void open() throws Exception {
        archive = OcflArchive.open(home);
        var lib = Path.of(System.getProperty("thocam.root", "..")).resolve("ingest/tika/target/lib-tika");
        extractor = Extractor.open(new Extractor.Limits(lib, home.resolve("tika"), "java", 1, 10, "128m", 100_000, ""));
        engine();
        engine();
    }

    private void engine() throws Exception {
        var server = PostgresService.ofTheseTests();
        var log = SqlChangeLog.open(PostgresDatabase.open(
                new PostgresDatabase.Settings(server.jdbcUrl(), server.user(), server.password(), schema, 4)));
        var clock = new ChangeClock(Clock.systemUTC(), log.lastAt());
        logs.add(log);
        depositors.add(new Depositor(
                archive, () -> log, clock, extractor, 2, home.resolve("incoming" + logs.size()), fresh -> {}));
    }

    @AfterEach
    void close() {
        depositors.forEach(Depositor::close);
        logs.forEach(SqlChangeLog::close);
        extractor.close();
        archive.close();
    }

    private CompletableFuture<Receipt> take(int engine, String id, String text) {
        return depositors.get(engine).take(Samples.submission(id, "Khèn", text), Optional.empty(), "tester");
    }

    @Test
    void bothChangeTheSameItemsAndAllIsKeptInOrder() {
        var all = new ArrayList<CompletableFuture<Receipt>>();
        for (int n = 0; n < 15; n++) {
            all.add(take(0, "i" + n % 5, "của máy một, lần " + n));
            all.add(take(1, "i" + n % 5, "của máy hai, lần " + n));
        }
        all.forEach(CompletableFuture::join);
        var log = logs.get(0);
        assertEquals(30, log.last());
        for (int item = 0; item < 5; item++) {
            var id = new ItemId("i" + item);
            var versions = archive.versions(id);
            assertEquals(6, versions.size());
            var logged = log.after(0, 100).stream()
                    .filter(change -> change.id().equals(id))
                    .toList();
            assertEquals(
                    versions.stream().map(version -> version.at()).toList(),
                    logged.stream().map(Change::at).toList());
            for (int n = 1; n < logged.size(); n++)
                assertTrue(logged.get(n - 1).at().isBefore(logged.get(n).at()), id + " goes back in time");
        }
    }

    /** It was killed between the archive and the log. */
    @Test
    void whatADeadEngineLeftIsSettledByTheOneThatMeetsIt() throws Exception {
        take(0, "a", "một").join();
        var dead = logs.get(0);
        var at = dead.intend(List.of(new ItemId("a")));
        archive.deposit(Samples.deposit(Samples.item("a", "Sáo"), new Version(1), at, "hai"));
        depositors.get(0).close();
        dead.close();
        assertEquals(new Version(3), take(1, "a", "ba").join().version());
        assertEquals(3, logs.get(1).last());
        assertEquals(at, logs.get(1).after(1, 1).get(0).at());
        assertEquals(List.of(), logs.get(1).openIntents());
    }
}
