package org.thocam.ontology.transcript;

import java.util.Optional;

/** Times in milliseconds while a file is read, with a value for those it does not tell. */
final class Times {
    /** No time: the file tells none, or one that no recording has. */
    static final long NONE = -1;

    /** Where doubles stop to tell milliseconds apart. */
    private static final double LAST = 1L << 52;

    private Times() {}

    /** Half up, as Praat rounds. A time before the recording begins, or one that is no number, is none. */
    static long milliseconds(double seconds) {
        double rounded = Math.floor(seconds * 1000 + 0.5);
        return rounded >= 0 && rounded <= LAST ? (long) rounded : NONE;
    }

    /** Seconds as XML has them, which may be wrong. */
    static long milliseconds(String seconds) {
        try {
            return milliseconds(Double.parseDouble(seconds));
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    /** None where a side is missing, and none with a warning where the end is before the start. */
    static Optional<Span> span(long start, long end, boolean derived, String place, Warnings warnings) {
        if (start == NONE || end == NONE) return Optional.empty();
        if (end < start) {
            warnings.add(
                    place, "ends at " + end + " ms, before it begins at " + start + " ms; it is kept without a time");
            return Optional.empty();
        }
        return Optional.of(new Span(start, end, derived));
    }
}
