package org.thocam.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.services.PostgresService;

class TokensInPostgresTest extends TokensContract {
    private static PostgresService server;

    private final String schema = "t" + UUID.randomUUID().toString().replace("-", "");
    private final List<PostgresDatabase> databases = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = PostgresService.ofTheseTests();
    }

    private PostgresDatabase database() {
        databases.add(PostgresDatabase.open(
                new PostgresDatabase.Settings(server.jdbcUrl(), server.user(), server.password(), schema, 2)));
        return databases.get(databases.size() - 1);
    }

    @Override
    Tokens open() {
        return Tokens.in(database());
    }

    @AfterEach
    void closeDatabases() {
        databases.forEach(PostgresDatabase::close);
    }

    @Test
    void whatOneEngineGivesOutOrRevokesIsSoAtTheOther() {
        try (var here = open();
                var there = open()) {
            var token = here.create(Role.EDITOR, "e", List.of());
            assertTrue(there.find(token).isPresent());
            assertTrue(there.revoke(there.list().get(0).id()));
            assertTrue(here.find(token).isEmpty());
        }
    }

    /** The digest finds its row by an index, however many tokens there are. */
    @Test
    void aTokenIsFoundByItsIndex() {
        try (var tokens = open()) {
            tokens.create(Role.EDITOR, "e", List.of("thai"));
            var plan = databases.get(0).write(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("SET LOCAL enable_seqscan = off");
                    try (var rows = statement.executeQuery("EXPLAIN SELECT t.id, c.name FROM token t"
                            + " LEFT JOIN community c ON c.token = t.id WHERE t.digest = 'x' AND t.revoked = 0")) {
                        var lines = new ArrayList<String>();
                        while (rows.next()) lines.add(rows.getString(1));
                        return lines;
                    }
                }
            });
            assertEquals(
                    0, plan.stream().filter(line -> line.contains("Seq Scan")).count(), plan.toString());
        }
    }
}
