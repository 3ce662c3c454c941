package org.thocam.ontology.transcript;

import java.util.List;

/** Transcripts as lines that a test can name. */
final class Told {
    private Told() {}

    /** Each segment as {@code tier: text}, with {@code start-end} before it where it has a time. */
    static List<String> segments(Transcript transcript) {
        return transcript.segments().stream()
                .map(segment ->
                        span(segment) + transcript.tiers().get(segment.tier()).name() + ": " + segment.text())
                .toList();
    }

    /** The same, with the text of what it hangs on. */
    static List<String> tree(Transcript transcript) {
        return transcript.segments().stream()
                .map(segment -> span(segment)
                        + transcript.tiers().get(segment.tier()).name() + ": " + segment.text()
                        + segment.parent()
                                .map(parent -> " < "
                                        + transcript.segments().get(parent).text())
                                .orElse(""))
                .toList();
    }

    /** Those that say something. */
    static List<String> texts(Transcript transcript) {
        return transcript.segments().stream()
                .filter(segment -> !segment.text().isEmpty())
                .map(Segment::text)
                .toList();
    }

    private static String span(Segment segment) {
        return segment.span()
                .map(span -> span.start() + "-" + span.end() + (span.derived() ? "~ " : " "))
                .orElse("");
    }
}
