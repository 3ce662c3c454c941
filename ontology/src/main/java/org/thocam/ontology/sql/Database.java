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

    /**
     * In one transaction, durable when it returns.
     *
     * @throws org.thocam.ontology.ArchiveException if it could not be committed, or nobody knows whether it was
     */
    <T> T write(Work<T> work);

    /**
     * Of what was committed before it began.
     *
     * @throws org.thocam.ontology.ArchiveException if it could not be read
     */
    <T> T read(String sql, Answer<T> answer, Object... values);

    @Override
    void close();
}
