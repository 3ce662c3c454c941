package org.thocam.ontology.transcript;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts in memory, read by the reader of their format. */
final class Text {
    interface Reader {
        Transcript read(InputStream in, Limits limits) throws TranscriptException;
    }

    private Text() {}

    static Reader reader(Format format) {
        return switch (format) {
            case FLEXTEXT -> FlextextReader::read;
            case TOOLBOX -> ToolboxReader::read;
            case CHAT -> ChatReader::read;
            case SRT -> SrtReader::read;
            case WEBVTT -> WebVttReader::read;
            default -> throw new IllegalArgumentException(format + " has no reader here");
        };
    }

    static Transcript read(Format format, String text) throws TranscriptException {
        return read(format, text.getBytes(StandardCharsets.UTF_8));
    }

    static Transcript read(Format format, byte[] bytes) throws TranscriptException {
        return reader(format).read(new ByteArrayInputStream(bytes), Limits.USUAL);
    }

    static Transcript read(Format format, String text, Limits limits) throws TranscriptException {
        return reader(format).read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limits);
    }

    /** Each segment as {@code tier: text}, with {@code start-end} before it where it has a time. */
    static List<String> told(Transcript transcript) {
        return transcript.segments().stream()
                .map(segment -> segment.span()
                                .map(span -> span.start() + "-" + span.end() + " ")
                                .orElse("")
                        + transcript.tiers().get(segment.tier()).name() + ": " + segment.text())
                .toList();
    }

    static List<String> texts(Transcript transcript) {
        return transcript.segments().stream().map(Segment::text).toList();
    }
}
