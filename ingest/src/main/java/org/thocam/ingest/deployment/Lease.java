package org.thocam.ingest.deployment;

/** What one engine of a deployment has for itself, until it lets go of it or is gone. */
public interface Lease extends AutoCloseable {
    /** Asks whether it still is this engine's: it may have been taken for gone. */
    boolean held();

    @Override
    void close();
}
