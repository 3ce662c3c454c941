package org.thocam.api.idempotency;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.services.PostgresService;

class PostgresIdempotencyKeysTest extends IdempotencyKeysContract {
    private static PostgresService server;

    private final String schema = "t" + UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void start() throws Exception {
        server = PostgresService.ofTheseTests();
    }

    @Override
    Database connect() {
        return PostgresDatabase.open(new PostgresDatabase.Settings(
                server.address().toString(), server.user(), server.password(), schema, 4, Duration.ofSeconds(5)));
    }

    @Override
    boolean shared() {
        return true;
    }
}
