package org.thocam.api.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.idempotency.IdempotencyKeys.Begun;
import org.thocam.api.idempotency.IdempotencyKeys.Key;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.Presence;

/** What keys do on every database. */
abstract class IdempotencyKeysContract {
    private static final Key KEY = new Key("me", "k");
    private static final Answer ANSWER = new Answer(
            201,
            Map.of("Location", "/api/v1/items/khen"),
            ItemJson.MAPPER.createObjectNode().put("id", "khen \0 ꪼꪕ꪿"));

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** A connection of its own to the tables of this test. */
    abstract Database connect();

    /** Whether several engines may have it at once. */
    abstract boolean shared();

    record Engine(Database database, Presence presence, IdempotencyKeys keys) implements AutoCloseable {
        @Override
        public void close() {
            presence.close();
            database.close();
        }
    }

    Engine engine() {
        var database = connect();
        var presence = Presence.in(database);
        var engine = new Engine(database, presence, IdempotencyKeys.open(database, presence));
        opened.add(engine);
        return engine;
    }

    @AfterEach
    void close() throws Exception {
        for (var one : opened) one.close();
    }

    @Test
    void theFirstAnswerIsGivenAgainByAnyEngineAndAfterARestart() {
        var first = engine();
        assertEquals(new Begun.First(false), first.keys().begin(KEY, "f"));
        assertEquals(new Begun.UnderWay(), first.keys().begin(KEY, "f"));
        first.keys().answered(KEY, ANSWER);
        assertEquals(new Begun.Answered(ANSWER), first.keys().begin(KEY, "f"));
        assertEquals(new Begun.Other(), first.keys().begin(KEY, "g"));
        assertEquals(new Begun.First(false), first.keys().begin(new Key("you", "k"), "f"));
        if (!shared()) first.close();
        assertEquals(new Begun.Answered(ANSWER), engine().keys().begin(KEY, "f"));
    }

    @Test
    void whatWasRefusedMayComeAgainAndWhatBrokeOffIsTakenOver() {
        var keys = engine().keys();
        assertEquals(new Begun.First(false), keys.begin(KEY, "f"));
        keys.forgotten(KEY);
        assertEquals(new Begun.First(false), keys.begin(KEY, "g"));
        keys.brokenOff(KEY);
        assertEquals(new Begun.Other(), keys.begin(KEY, "f"));
        assertEquals(new Begun.First(true), keys.begin(KEY, "g"));
        keys.answered(KEY, ANSWER);
        assertEquals(new Begun.Answered(ANSWER), keys.begin(KEY, "g"));
    }

    @Test
    void aKeyOfAnEngineThatDiedIsTakenOverAndOneOfALivingIsNot() throws InterruptedException {
        var first = engine();
        assertEquals(new Begun.First(false), first.keys().begin(KEY, "f"));
        if (shared()) {
            var second = engine();
            assertEquals(new Begun.UnderWay(), second.keys().begin(KEY, "f"));
            first.close();
            Begun begun = new Begun.UnderWay();
            for (int tries = 0; begun.equals(new Begun.UnderWay()) && tries < 100; tries++) {
                begun = second.keys().begin(KEY, "f");
                Thread.sleep(50);
            }
            assertEquals(new Begun.First(true), begun);
            return;
        }
        first.close();
        assertEquals(new Begun.First(true), engine().keys().begin(KEY, "f"));
    }

    @Test
    void ofManyAtOnceOneIsTheFirst() throws Exception {
        int engines = shared() ? 3 : 1;
        var all = new ArrayList<IdempotencyKeys>();
        for (int n = 0; n < engines; n++) all.add(engine().keys());
        var threads = Executors.newFixedThreadPool(6);
        try {
            for (int round = 0; round < 20; round++) {
                var key = new Key("me", "round" + round);
                var asked = new ArrayList<Callable<Begun>>();
                for (int n = 0; n < 6; n++) {
                    var keys = all.get(n % engines);
                    asked.add(() -> keys.begin(key, "f"));
                }
                int firsts = 0;
                for (var answer : threads.invokeAll(asked)) if (answer.get() instanceof Begun.First) firsts++;
                assertEquals(1, firsts);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        var engine = engine();
        engine.keys().begin(KEY, "f");
        engine.keys().answered(KEY, ANSWER);
        engine.database().write(connection -> {
            try (var update = connection.createStatement()) {
                return update.executeUpdate("UPDATE idempotency_key SET begun = begun - 86400001");
            }
        });
        assertEquals(new Begun.First(false), engine.keys().begin(KEY, "other"));
    }
}
