package org.thocam.ingest.queue;

/**
 * A job that this engine works on.
 *
 * @param engine under which number it was claimed
 * @param claim which of all claims of this job: an earlier one notes nothing any more
 * @param attempts this one among them, without those that a service ended that was down
 * @param pauses how often a service was down when it was its turn
 * @param bytes of its record and its files
 * @param spooled whether there are bytes of its files in the database
 * @param record see {@link Order}
 */
record Claimed(
        long seq,
        String id,
        long engine,
        int claim,
        int attempts,
        int pauses,
        boolean isNew,
        String agent,
        String place,
        long bytes,
        boolean spooled,
        byte[] record) {
    private static final long SMALL_BYTES = 8 << 20;

    /** Whether its files can go in the transaction that notes its end. */
    boolean small() {
        return bytes <= SMALL_BYTES;
    }

    /** Of the row, whatever is in it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Claimed job && job.seq == seq && job.claim == claim;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq);
    }

    @Override
    public String toString() {
        return "job " + id;
    }
}
