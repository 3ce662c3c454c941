package org.thocam.ingest.extract;

/** What is left of {@link InnerLimits} for one file that was handed in. Not for several threads. */
public final class Allowance {
    private final InnerLimits limits;
    private final long started = System.nanoTime();
    private int count;
    private long bytes;
    private long characters;

    /** @param characters of text of all that is inside */
    public Allowance(InnerLimits limits, long characters) {
        this.limits = limits;
        this.characters = characters;
    }

    /** The same with no more text than is left for it. */
    public Extraction cut(Extraction found) {
        var cut = found.cut((int) Math.min(Integer.MAX_VALUE, characters));
        characters -= cut.text().length();
        return cut;
    }

    public InnerLimits limits() {
        return limits;
    }

    /** That a file was kept. */
    public void take(long size) {
        count++;
        bytes += size;
    }

    int count() {
        return Math.max(0, limits.count() - count);
    }

    long bytes() {
        return Math.max(0, limits.total() - bytes);
    }

    /** Whether there is time to read another. */
    public boolean hasTime() {
        return System.nanoTime() - started < limits.seconds() * 1_000_000_000L;
    }
}
