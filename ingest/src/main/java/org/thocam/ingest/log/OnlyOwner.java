package org.thocam.ingest.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The one engine that has the log in a file of its own. */
final class OnlyOwner implements Owner {
    @Override
    public long number() {
        return 0;
    }

    @Override
    public Optional<Obstacle> intend(Connection connection, List<String> sorted) throws SQLException {
        long since = SqlChangeLog.micros(Instant.now());
        try (var insert = connection.prepareStatement(
                "INSERT INTO intent(id, owner, since) VALUES(?, 0, ?) ON CONFLICT DO NOTHING")) {
            for (var id : sorted) {
                insert.setString(1, id);
                insert.setLong(2, since);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return Optional.empty();
    }

    @Override
    public void adopt() {
        // whatever is open is its own
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Instant now(Connection connection) {
        return now();
    }

    @Override
    public void turn(Connection connection) {
        // a file has one writer
    }

    @Override
    public void tell(Connection connection) {
        // nobody else has this file
    }

    @Override
    public void listen(Runnable changed) {
        // nobody else has this file
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
