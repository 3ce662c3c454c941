package org.thocam.ingest.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** This engine among those that write to one log: what it intends is kept from the others, and what it records they hear of. */
sealed interface Owner extends AutoCloseable permits OnlyOwner, SessionOwner {
    /** What stands with its intents. */
    long number();

    /**
     * Why nothing was noted.
     *
     * @param adopted whether its owner is gone and it is this engine's now
     */
    record Obstacle(String id, Instant since, boolean adopted) {}

    /** Notes all or nothing. */
    Optional<Obstacle> intend(Connection connection, List<String> sorted) throws SQLException;

    /** Takes over what owners that are gone have left; waits a second where one may only have lost its session. */
    void adopt();

    /** The time that all engines agree on. */
    Instant now();

    /** The same within a transaction. */
    Instant now(Connection connection) throws SQLException;

    /** Before a place is given: no other engine gives one until this transaction ends. */
    void turn(Connection connection) throws SQLException;

    /** In the transaction that recorded something. */
    void tell(Connection connection) throws SQLException;

    void listen(Runnable changed);

    /** Whether there may be others. */
    boolean shared();

    @Override
    void close();
}
