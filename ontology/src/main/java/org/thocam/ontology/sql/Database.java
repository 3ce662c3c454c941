package org.thocam.ontology.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A database that is asked in SQL: a file of this home's own, or a server that several engines share. */
public interface Database extends AutoCloseable {
    /** What is done in one transaction; it may be done again from its start where the database asks for that. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** What is made of the rows before they are gone. */
    interface Answer<T> {
        T from(ResultSet rows) throws SQLException;
    }

    Dialect dialect();

    /**
     * Brings the tables of one owner to where this version of Thocam wants them; cheap where they are. Several engines may do it at once.
     *
     * @throws org.thocam.ontology.ArchiveException if they are of a newer version, or cannot be changed
     */
    void migrate(Migrations migrations);

    /**
     * In one transaction, durable when it returns.
     *
     * @throws DatabaseUnavailableException if the database is down or too slow; nothing is changed then
     * @throws OutcomeUnknownException if nobody knows whether it was committed
     * @throws org.thocam.ontology.ArchiveException if it could not be committed
     */
    <T> T write(Work<T> work);

    /**
     * Of what was committed before it began. All rows may be in memory at once: what may be large is asked in pages.
     *
     * @throws DatabaseUnavailableException if the database is down or too slow
     * @throws org.thocam.ontology.ArchiveException if it could not be read
     */
    <T> T read(String sql, Answer<T> answer, Object... values);

    @Override
    void close();
}
