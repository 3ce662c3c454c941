package org.thocam.ontology.transcript;

/**
 * A stretch of a recording in milliseconds from its beginning, the end not before the start. Seconds are rounded half up, as Praat does.
 *
 * @param derived whether a side was not written in the file but spread evenly between its neighbours
 */
public record Span(long start, long end, boolean derived) {
    public Span {
        if (start < 0 || end < start)
            throw new IllegalArgumentException(
                    "a stretch from " + start + " to " + end + " ms: want 0 <= start <= end");
    }

    public Span(long start, long end) {
        this(start, end, false);
    }
}
