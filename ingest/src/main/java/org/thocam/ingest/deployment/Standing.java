package org.thocam.ingest.deployment;

import java.sql.Connection;
import java.sql.SQLException;

/** Whether the log of some views may still be written to: an engine that was taken for gone may not know that others are current. */
public interface Standing {
    /** Of views that nobody else can replace. */
    Standing GRANTED = connection -> {};

    /**
     * Until this transaction ends, no other views become current.
     *
     * @throws org.thocam.ontology.ServiceUnavailableException if later ones are already
     */
    void hold(Connection connection) throws SQLException;
}
