package org.thocam.ingest.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ontology.Access;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.sqlite.SqliteFile;

class SqliteChangeLogTest extends ChangeLogContract {
    @TempDir
    private Path folder;

    @Override
    SqlChangeLog open() {
        return SqlChangeLog.open(folder.resolve("log.sqlite"));
    }

    @Override
    SqlChangeLog other() {
        return SqlChangeLog.open(folder.resolve("other.sqlite"));
    }

    /** As Thocam made it before there were migrations. */
    private static SqliteFile older(Path path, String... more) {
        var file = SqliteFile.durable(
                path,
                "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
                "INSERT INTO meta VALUES('generation', 'theirs')",
                "CREATE TABLE intent(id TEXT PRIMARY KEY) WITHOUT ROWID",
                "INSERT INTO intent VALUES('b')",
                "CREATE TABLE change(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL, kind INTEGER NOT NULL,"
                        + " at INTEGER NOT NULL, access TEXT NOT NULL, sets TEXT NOT NULL, digest TEXT NOT NULL, UNIQUE(id, version))",
                "INSERT INTO change VALUES(1, 'a', 1, 0, 1795219200000000, 'open', '[\"s:t\"]', 'digest')",
                "CREATE TABLE head(id TEXT PRIMARY KEY, seq INTEGER NOT NULL, version INTEGER NOT NULL, kind INTEGER NOT NULL,"
                        + " stamp INTEGER NOT NULL, open_from INTEGER NOT NULL, live_stamp INTEGER NOT NULL, announced INTEGER NOT NULL,"
                        + " sets TEXT NOT NULL) WITHOUT ROWID",
                "INSERT INTO head VALUES('a', 1, 1, 0, 1795219200, 0, 1795219200, 0, '[\"s:t\"]')",
                "CREATE INDEX head_live ON head(live_stamp, id) WHERE kind = 0",
                "CREATE TABLE part(whole TEXT NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(whole, name))"
                        + " WITHOUT ROWID",
                "CREATE TABLE member(spec TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY(spec, id)) WITHOUT ROWID",
                "INSERT INTO member VALUES('s', 'a')",
                "INSERT INTO member VALUES('s:t', 'a')");
        for (var sql : more)
            file.write(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.execute(sql);
                }
            });
        return file;
    }

    @Test
    void aLogOfAnEarlierThocamIsOpenedWithAllItHas() {
        var path = folder.resolve("older.sqlite");
        older(path, "INSERT INTO meta VALUES('format', '2')", "INSERT INTO meta VALUES('edition', '1')")
                .close();
        for (int opening = 1; opening <= 2; opening++)
            try (var log = SqlChangeLog.open(path)) {
                assertTrue(log.ofThisFormat());
                assertEquals("theirs", log.generation());
                assertEquals(List.of(new ItemId("b")), log.openIntents());
                assertEquals(Instant.EPOCH, log.horizon(Instant.now()), "nobody knows since when b is under way");
                assertEquals(List.of("s", "s:t"), log.sets(Instant.now()));
                assertEquals(opening, log.last());
                log.record(
                        List.of(Samples.change("a", opening + 1, Instant.now(), Access.OPEN, List.of("s:t"))),
                        List.of());
            }
    }

    @Test
    void aLogOfAnotherFormatSaysSo() {
        var path = folder.resolve("older.sqlite");
        older(path).close();
        try (var log = SqlChangeLog.open(path)) {
            assertFalse(log.ofThisFormat());
        }
        assertTrue(log.ofThisFormat());
    }
}
