package org.thocam.ingest.log;

import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.services.PostgresService;

class PostgresChangeLogTest extends ChangeLogContract {
    private static PostgresService server;

    private final String schema = "t" + UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void start() throws Exception {
        server = PostgresService.ofTheseTests();
    }

    private SqlChangeLog in(String schema) {
        return SqlChangeLog.open(PostgresDatabase.open(
                new PostgresDatabase.Settings(server.jdbcUrl(), server.user(), server.password(), schema, 4)));
    }

    @Override
    SqlChangeLog open() {
        return in(schema);
    }

    @Override
    SqlChangeLog other() {
        return in(schema + "_g2");
    }
}
