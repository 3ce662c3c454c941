package org.thocam.ingest.queue;

import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sqlite.SqliteFile;

class SqliteJobQueueTest extends JobQueueContract {
    @Override
    Database connect() {
        return SqliteFile.durable(folder.resolve("jobs.sqlite"));
    }

    @Override
    boolean shared() {
        return false;
    }

    @Override
    void bury(Engine engine) {
        engine.close();
    }
}
