package org.thocam.ingest.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.thocam.ontology.Submission;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.OutcomeUnknownException;

/** The bytes of the files of jobs: rows of at most 1 MiB, a few of them in memory at a time. */
final class Spool {
    private static final int CHUNK = 1 << 20;
    private static final int CHUNKS_AT_ONCE = 8;

    private final Database database;

    Spool(Database database) {
        this.database = database;
    }

    /** Files are longer than they may be. */
    static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private record Chunk(int file, int part, byte[] content) {}

    /** All of them in the transaction of their job. */
    void copyWhole(Connection connection, long job, List<Submission.Upload> files, long most)
            throws IOException, SQLException, TooLongException {
        for (int file = 0; file < files.size(); file++) {
            try (var in = Files.newInputStream(files.get(file).path())) {
                int part = 0;
                for (var bytes = in.readNBytes(CHUNK); bytes.length > 0; bytes = in.readNBytes(CHUNK)) {
                    most -= bytes.length;
                    if (most < 0) throw new TooLongException();
                    insert(connection, job, List.of(new Chunk(file, part++, bytes)));
                }
            }
        }
    }

    /**
     * In as many transactions as it takes.
     *
     * @return how many bytes they have
     */
    long copy(long job, List<Submission.Upload> files, long most) throws IOException, TooLongException {
        long total = 0;
        var some = new ArrayList<Chunk>();
        for (int file = 0; file < files.size(); file++) {
            try (var in = Files.newInputStream(files.get(file).path())) {
                int part = 0;
                for (var bytes = in.readNBytes(CHUNK); bytes.length > 0; bytes = in.readNBytes(CHUNK)) {
                    total += bytes.length;
                    if (total > most) throw new TooLongException();
                    some.add(new Chunk(file, part++, bytes));
                    if (some.size() == CHUNKS_AT_ONCE) insert(job, some);
                }
            }
        }
        insert(job, some);
        return total;
    }

    private void insert(long job, List<Chunk> chunks) {
        if (chunks.isEmpty()) return;
        try {
            database.write(connection -> insert(connection, job, chunks));
        } catch (OutcomeUnknownException e) {
            // what is there already stays as it is
            database.write(connection -> insert(connection, job, chunks));
        }
        chunks.clear();
    }

    private static Void insert(Connection connection, long job, List<Chunk> chunks) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO job_chunk(job, file, part, content) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            for (var chunk : chunks) {
                insert.setLong(1, job);
                insert.setInt(2, chunk.file());
                insert.setInt(3, chunk.part());
                insert.setBytes(4, chunk.content());
                insert.executeUpdate();
            }
        }
        return null;
    }

    /**
     * Writes them into a folder.
     *
     * @param count of the files there are; one without bytes has no row
     */
    List<Path> read(long job, int count, Path folder) throws IOException {
        var files = new ArrayList<Path>();
        for (int file = 0; file < count; file++) {
            var path = folder.resolve(job + "-" + file);
            files.add(path);
            try (var out = Files.newOutputStream(path)) {
                for (int part = 0; ; part++) {
                    byte[] content = database.read(
                            "SELECT content FROM job_chunk WHERE job = ? AND file = ? AND part = ?",
                            row -> row.next() ? row.getBytes(1) : null,
                            job,
                            file,
                            part);
                    if (content == null) break;
                    out.write(content);
                    if (content.length < CHUNK) break;
                }
            }
        }
        return files;
    }

    /** @return whether there may be more */
    boolean remove(long job, int most) {
        return database.write(connection -> {
            try (var delete = connection.prepareStatement(
                    "DELETE FROM job_chunk WHERE job = ? AND (file, part) IN (SELECT file, part FROM job_chunk WHERE job = ? LIMIT ?)")) {
                delete.setLong(1, job);
                delete.setLong(2, job);
                delete.setInt(3, most);
                return delete.executeUpdate() == most;
            }
        });
    }
}
