package org.thocam.ingest.extract;

/**
 * How much is taken out of one file that was handed in, with all that is inside it and inside that.
 *
 * @param depth of files in files; what is deeper stays inside
 * @param count of files
 * @param total bytes of all of them
 * @param largest bytes of one
 * @param ratio of what comes out of one container to its own bytes, once that is more than 16 MiB
 * @param seconds of wall clock that reading them may take, after which the rest are kept and not read
 */
public record InnerLimits(int depth, int count, long total, long largest, int ratio, int seconds) {
    public static final InnerLimits USUAL = new InnerLimits(5, 1000, 256L << 20, 64L << 20, 200, 120);
}
