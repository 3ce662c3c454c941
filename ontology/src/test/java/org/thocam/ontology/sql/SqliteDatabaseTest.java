package org.thocam.ontology.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.sqlite.SqliteFile;

class SqliteDatabaseTest extends DatabaseContract {
    @TempDir
    private Path folder;

    @Override
    Database open() {
        return SqliteFile.durable(folder.resolve("words.sqlite"));
    }
}
