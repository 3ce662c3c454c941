package org.thocam.ingest.deployment;

import java.util.Optional;

/**
 * What the engines in front of one archive agree on: which views are current, who brings a shared view up to the log, and the secrets
 * that what one engine gave out is known by in another.
 */
public interface Deployment extends AutoCloseable {
    /** The name of the current views, such as {@code g1}. */
    String current();

    /**
     * Makes others current.
     *
     * @return false where somebody else did so meanwhile; nothing is changed then
     */
    boolean turn(String from, String to);

    /** For the log of these views: nothing is written to it any more once later ones are current. */
    Standing standing(String views);

    /** Takes what only one engine may have; empty while another has it. */
    Optional<Lease> lease(String name);

    /** Random bytes that were drawn once for all engines. */
    byte[] secret(String name, int bytes);

    /** What was noted under a name, such as {@code index.linked.g1}; empty where nothing was. */
    String note(String name);

    /** Durably notes it for all engines; an empty text takes the note away. */
    void note(String name, String text);

    /** Whether other engines may write to the same archive and the same views. */
    boolean shared();

    @Override
    void close();
}
