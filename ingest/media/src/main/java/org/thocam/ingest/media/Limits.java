package org.thocam.ingest.media;

import java.time.Duration;

/**
 * How much one original may cost.
 *
 * @param describing wall clock for reading what a file says of itself
 * @param picture wall clock for a thumbnail or tiles, and for a poster
 * @param recording wall clock for a waveform or an access copy; {@code perSecond} is added
 * @param perSecond added to it for each second of the recording
 * @param longest of a recording that copies are made of
 * @param pixels of a picture
 * @param tilePixels of a picture that tiles are made of
 * @param pictureHeap memory of a child that reads pictures, as in {@code -Xmx}
 * @param output bytes of one derivative
 */
public record Limits(
        Duration describing,
        Duration picture,
        Duration recording,
        Duration perSecond,
        Duration longest,
        long pixels,
        long tilePixels,
        String pictureHeap,
        long output) {
    public static final Limits USUAL = new Limits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofSeconds(1),
            Duration.ofHours(24),
            200_000_000,
            60_000_000,
            "1g",
            8L << 30);

    /** The same with one wall clock for everything that has no length. */
    public Limits within(Duration clock) {
        return new Limits(clock, clock, clock, perSecond, longest, pixels, tilePixels, pictureHeap, output);
    }
}
