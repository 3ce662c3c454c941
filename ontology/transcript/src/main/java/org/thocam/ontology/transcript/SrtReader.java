package org.thocam.ontology.transcript;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thocam.ontology.Shown;

/**
 * SubRip captions, for which there is no standard: a cue begins with its line of times, wherever that stands; the number above it may be missing
 * or wrong. A text goes on over an empty line until the next times, so that nothing said is lost.
 */
final class SrtReader {
    private static final Pattern TIMES =
            Pattern.compile("\\s*(?:" + time() + ")\\s*-+>\\s*(?:" + time() + ")(?:\\s.*)?");
    private static final Pattern NUMBER = Pattern.compile("\\s*[0-9]{1,9}\\s*");

    /** Tags that players know, in angle brackets or braces, and the position and style of other formats ({@code {\an8}}). */
    private static final Pattern TAG = Pattern.compile(
            "</?(?:b|i|u|s|em|strong|span|font)(?:\\s[^<>]{0,500})?>|\\{/?[biu]\\}|\\{\\\\[^{}]{0,500}\\}",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BREAK = Pattern.compile("<br\\s?/?>", Pattern.CASE_INSENSITIVE);

    private final TextLines lines;
    private final Limits limits;
    private final Gathering gathering;
    private final StringBuilder text = new StringBuilder();
    private Span span;
    private String place = "";

    private SrtReader(TextLines lines, Limits limits) {
        this.lines = lines;
        this.limits = limits;
        this.gathering = new Gathering(Format.SRT, limits);
    }

    private static String time() {
        return "([0-9]{1,6}):([0-9]{1,2}):([0-9]{1,2})(?:[,.:]([0-9]{1,9}))?";
    }

    /** Whether a line is one of times, such as {@code 00:00:01,000 --> 00:00:02,500}. */
    static boolean isTimes(String line) {
        return line.length() < 1000 && TIMES.matcher(line).matches();
    }

    static Transcript read(InputStream in, Limits limits) throws TranscriptException {
        return new SrtReader(TextLines.guessed(in, limits), limits).read();
    }

    private Transcript read() throws TranscriptException {
        lines.legacy()
                .ifPresent(charset -> gathering.warn(
                        "the file is not UTF-8; it is read as " + charset.name() + ", which most of its letters fit"));
        String pending = null;
        boolean gap = false;
        boolean gapBeforePending = false;
        while (lines.next()) {
            var line = lines.text();
            if (lines.damaged())
                gathering.warn("line " + lines.number() + " has bytes that are not UTF-8; each is U+FFFD now");
            if (isTimes(line)) {
                if (pending != null && !isNumber(pending, gapBeforePending, gap)) text(pending, gapBeforePending);
                pending = null;
                begin(line);
                gap = false;
            } else if (line.isBlank()) {
                gap = true;
            } else {
                if (pending != null) text(pending, gapBeforePending);
                pending = line;
                gapBeforePending = gap;
                gap = false;
            }
        }
        if (pending != null && !(gapBeforePending && NUMBER.matcher(pending).matches()))
            text(pending, gapBeforePending);
        end();
        tier();
        if (gathering.size() == 0)
            throw new TranscriptException("no line of times, such as 00:00:01,000 --> 00:00:02,500, in "
                    + lines.number() + " lines: these are no SubRip captions");
        return gathering.transcript();
    }

    /** What stands right above the times; where every other line is empty, the number that is due. */
    private boolean isNumber(String line, boolean gapBefore, boolean gapAfter) {
        if (!NUMBER.matcher(line).matches()) return false;
        int due = gathering.size() + (span == null ? 1 : 2);
        return !gapAfter || (gapBefore || span == null) && Integer.parseInt(line.strip()) == due;
    }

    private int tier() throws TranscriptException {
        return gathering.tier(WebVttReader.TIER, Role.CAPTION, "", "", Map.of());
    }

    private void begin(String line) throws TranscriptException {
        end();
        var times = TIMES.matcher(line);
        if (!times.matches()) return;
        place = "line " + lines.number();
        span = gathering.span(milliseconds(times, 1), milliseconds(times, 5), place);
    }

    private static long milliseconds(Matcher times, int group) {
        var fraction = times.group(group + 3);
        long seconds = (Long.parseLong(times.group(group)) * 60 + Long.parseLong(times.group(group + 1))) * 60
                + Long.parseLong(times.group(group + 2));
        return seconds * 1000 + (fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3)));
    }

    private void text(String line, boolean gap) throws TranscriptException {
        if (span == null) {
            gathering.warn("before line " + lines.number() + ": '" + Shown.of(line)
                    + "' stands above the first times; it is not read");
            return;
        }
        if (gap && !text.isEmpty())
            gathering.warn("before line " + lines.number()
                    + ": a text goes on after an empty line; it is kept with the cue of " + place);
        if (!text.isEmpty()) text.append('\n');
        text.append(line);
        if (text.length() > limits.characters())
            throw new TranscriptException(
                    place + ": a cue of more than " + limits.characters() + " characters: not read");
    }

    private void end() throws TranscriptException {
        if (span == null) return;
        var broken = BREAK.matcher(text).replaceAll("\n");
        var plain = TAG.matcher(broken).replaceAll("").replace('\0', '\uFFFD').strip();
        gathering.add(tier(), Optional.of(span), plain, Optional.empty(), place);
        text.setLength(0);
        span = null;
    }
}
