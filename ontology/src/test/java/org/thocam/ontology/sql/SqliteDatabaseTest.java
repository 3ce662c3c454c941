package org.thocam.ontology.sql;

import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.sqlite.SqliteFile;

class SqliteDatabaseTest extends DatabaseContract {
    @TempDir
    private Path folder;

    /** The file is made, and put into write-ahead logging, by whoever comes first; that needs many tries to go wrong. */
    @Test
    void aFileThatManyMakeAtOnceIsMadeOnce() throws Exception {
        var together = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 50; round++) {
                var path = folder.resolve(round + ".sqlite");
                var ready = new CyclicBarrier(4);
                Callable<Void> start = () -> {
                    ready.await();
                    SqliteFile.durable(path, "CREATE TABLE IF NOT EXISTS word(form TEXT)")
                            .close();
                    return null;
                };
                for (var done : together.invokeAll(Collections.nCopies(4, start))) done.get();
            }
        } finally {
            together.shutdown();
        }
    }

    @Override
    Database open() {
        return SqliteFile.durable(folder.resolve("words.sqlite"));
    }
}
