package org.thocam.ontology.transcript;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * WebVTT captions by the format's grammar (WebVTT, section 4). A segment without a time or a text is no caption and is left out; one that is a
 * point lasts a millisecond, for a cue must end after it begins. A player would end a cue at an empty line, so empty lines are left out.
 */
public final class WebVttWriter {
    private WebVttWriter() {}

    /** Writes one tier. */
    public static void write(Transcript transcript, int tier, Writer to) throws IOException {
        write(transcript, List.of(tier), to);
    }

    /** Writes several tiers as one, such as those of the speakers of a conversation. */
    public static void write(Transcript transcript, Collection<Integer> tiers, Writer to) throws IOException {
        var wanted = Set.copyOf(tiers);
        var cues = new ArrayList<Segment>();
        for (var segment : transcript.segments())
            if (wanted.contains(segment.tier())
                    && segment.span().isPresent()
                    && !payload(segment.text()).isEmpty()) cues.add(segment);
        cues.sort(Comparator.comparingLong(
                        (Segment cue) -> cue.span().orElseThrow().start())
                .thenComparingLong(cue -> cue.span().orElseThrow().end()));
        to.write("WEBVTT\n");
        for (var cue : cues) {
            var span = cue.span().orElseThrow();
            to.write("\n" + timestamp(span.start()) + " --> " + timestamp(Math.max(span.end(), span.start() + 1))
                    + "\n");
            var voice = escaped(transcript.tiers().get(cue.tier()).speaker())
                    .replaceAll("\\s+", " ")
                    .strip();
            if (!voice.isEmpty()) to.write("<v " + voice + ">");
            to.write(payload(cue.text()));
            to.write("\n");
        }
    }

    private static String timestamp(long milliseconds) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                milliseconds / 3_600_000,
                milliseconds / 60_000 % 60,
                milliseconds / 1000 % 60,
                milliseconds % 1000);
    }

    private static String payload(String text) {
        var lines = new ArrayList<String>();
        for (var line : text.split("[\\r\\n]+")) if (!line.isBlank()) lines.add(escaped(line));
        return String.join("\n", lines);
    }

    /** Every bracket is escaped, so that no arrow is left; what is no character of Unicode is U+FFFD, as a reader would make it. */
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case 0 -> escaped.append('\uFFFD');
                default -> escaped.appendCodePoint(c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
            }
        });
        return escaped.toString();
    }
}
