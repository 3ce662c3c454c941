package org.thocam.api.idempotency;

import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sqlite.SqliteFile;

class SqliteIdempotencyKeysTest extends IdempotencyKeysContract {
    @Override
    Database connect() {
        return SqliteFile.durable(folder.resolve("keys.sqlite"));
    }

    @Override
    boolean shared() {
        return false;
    }
}
