package org.thocam.ingest.deployment;

/** What one engine of a deployment has for itself, until it lets go of it or is gone. */
public interface Lease extends AutoCloseable {
    /** Of an engine that is alone. */
    Lease GRANTED = new Lease() {
        @Override
        public boolean held() {
            return true;
        }

        @Override
        public void close() {}
    };

    /** Asks whether it still is this engine's: it may have been taken for gone. */
    boolean held();

    @Override
    void close();
}
