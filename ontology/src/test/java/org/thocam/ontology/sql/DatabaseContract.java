package org.thocam.ontology.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.ArchiveException;

/** What every database does. */
abstract class DatabaseContract {
    static final Migrations FIRST = Migrations.of(DatabaseContract.class, "words", "V1__words.sql");
    static final Migrations BOTH = Migrations.of(DatabaseContract.class, "words", "V1__words.sql", "V2__numbers.sql");

    /** The same tables each time within one test. */
    abstract Database open();

    static void add(Database database, String form) {
        database.write(connection -> {
            try (var insert = connection.prepareStatement("INSERT INTO word(form) VALUES(?)")) {
                insert.setString(1, form);
                return insert.executeUpdate();
            }
        });
    }

    static List<String> words(Database database) {
        return database.read("SELECT form FROM word ORDER BY form", rows -> {
            var all = new ArrayList<String>();
            while (rows.next()) all.add(rows.getString(1));
            return all;
        });
    }

    @Test
    void scriptsRunOnceAndOnlyTheMissingOnes() {
        try (var database = open()) {
            database.migrate(FIRST);
            add(database, "khau");
        }
        try (var database = open()) {
            database.migrate(BOTH);
            database.migrate(BOTH);
            assertEquals(7, database.<Integer>read("SELECT rank FROM word", rows -> rows.next() ? rows.getInt(1) : 0));
            var refused = assertThrows(ArchiveException.class, () -> database.migrate(FIRST));
            assertEquals(true, refused.getMessage().contains("newer Thocam"), refused.getMessage());
        }
    }

    @Test
    void twoOwnersHaveTheirScriptsBesideEachOther() {
        try (var database = open()) {
            database.migrate(FIRST);
            database.migrate(Migrations.of(DatabaseContract.class, "others", "V1__words.sql"));
            add(database, "khau");
            assertEquals(List.of("khau"), words(database));
        }
    }

    @Test
    void severalFirstStartsAtOnceAreOne() throws Exception {
        var together = Executors.newFixedThreadPool(4);
        var ready = new CountDownLatch(4);
        try {
            var starts = new ArrayList<Callable<Void>>();
            for (int n = 0; n < 4; n++) {
                var word = "word" + n;
                starts.add(() -> {
                    ready.countDown();
                    ready.await();
                    try (var database = open()) {
                        database.migrate(BOTH);
                        add(database, word);
                    }
                    return null;
                });
            }
            for (var start : together.invokeAll(starts)) start.get();
        } finally {
            together.shutdown();
        }
        try (var database = open()) {
            assertEquals(List.of("word0", "word1", "word2", "word3"), words(database));
        }
    }

    @Test
    void whatFailsIsNotThereAndTheNextGoesOn() {
        try (var database = open()) {
            database.migrate(FIRST);
            assertThrows(
                    ArchiveException.class,
                    () -> database.write(connection -> {
                        connection.createStatement().execute("INSERT INTO word(form) VALUES('pa')");
                        throw new SQLException("no more");
                    }));
            assertThrows(
                    IllegalStateException.class,
                    () -> database.write(connection -> {
                        connection.createStatement().execute("INSERT INTO word(form) VALUES('pa')");
                        throw new IllegalStateException("no more");
                    }));
            add(database, "nam");
            assertEquals(List.of("nam"), words(database));
            assertThrows(ArchiveException.class, () -> add(database, "nam"));
        }
    }

    @Test
    void wordsAreInTheOrderOfTheirCodePoints() {
        try (var database = open()) {
            database.migrate(FIRST);
            for (var form : List.of("é", "z", "a-b", "ab", "Z", "ꪼ", "𞄀")) add(database, form);
            assertEquals(List.of("Z", "a-b", "ab", "z", "é", "ꪼ", "𞄀"), words(database));
        }
    }
}
