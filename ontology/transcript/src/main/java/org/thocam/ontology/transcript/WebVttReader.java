package org.thocam.ontology.transcript;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.Shown;

/**
 * WebVTT by the parser's algorithm (WebVTT, section 6), which reads whatever begins with its signature. Blocks that are no cue (NOTE, STYLE,
 * REGION) hold nothing that is said. The lines "Kind:" and "Language:" of the header, which video sites write, become attributes of the tier.
 */
final class WebVttReader {
    static final String TIER = "cues";

    private static final String ARROW = "-->";

    /** More hours than any recording has; so many that a long still holds their milliseconds. */
    private static final long MOST_HOURS = 100_000_000_000L;

    private final TextLines lines;
    private final Limits limits;
    private final Gathering gathering;
    private final Map<String, String> header = new LinkedHashMap<>();
    private String line = "";
    private boolean again;

    private WebVttReader(TextLines lines, Limits limits) {
        this.lines = lines;
        this.limits = limits;
        this.gathering = new Gathering(Format.WEBVTT, limits);
    }

    static Transcript read(InputStream in, Limits limits) throws TranscriptException {
        return new WebVttReader(TextLines.utf8(in, limits), limits).read();
    }

    private Transcript read() throws TranscriptException {
        if (!next() || !line.matches("WEBVTT([ \\t][\\s\\S]*)?"))
            throw new TranscriptException(
                    "WebVTT begins with the line 'WEBVTT', but line 1 is '" + Shown.of(line) + "'");
        if (next() && !line.isEmpty()) {
            again = true;
            block(true);
        }
        while (next()) {
            if (line.isEmpty()) continue;
            again = true;
            block(false);
        }
        if (gathering.size() == 0) tier("");
        return gathering.transcript();
    }

    /** "Collect a WebVTT block": a line with an arrow begins a cue as its first line or behind its identifier, else the next block. */
    private void block(boolean inHeader) throws TranscriptException {
        var buffer = new StringBuilder();
        Span span = null;
        boolean seenArrow = false;
        String place = "";
        for (int count = 1; next(); count++) {
            if (line.contains(ARROW)) {
                if (inHeader || count > 2 || seenArrow) {
                    again = true;
                    break;
                }
                seenArrow = true;
                place = "line " + lines.number();
                span = timings(place);
                if (span != null) buffer.setLength(0);
            } else if (line.isEmpty()) {
                break;
            } else {
                if (!buffer.isEmpty()) buffer.append('\n');
                buffer.append(line);
                if (buffer.length() > limits.characters())
                    throw new TranscriptException("line " + lines.number() + ": a block of more than "
                            + limits.characters() + " characters: not read");
                if (inHeader) header();
            }
        }
        if (span == null) return;
        for (var part : CueText.parts(buffer.toString()))
            gathering.add(tier(part.voice()), Optional.of(span), part.text(), Optional.empty(), place);
    }

    private int tier(String voice) throws TranscriptException {
        return gathering.tier(TIER, Role.CAPTION, voice, header.getOrDefault("Language", ""), header);
    }

    private void header() {
        for (var name : new String[] {"Kind", "Language"})
            if (line.startsWith(name + ":"))
                header.putIfAbsent(name, line.substring(name.length() + 1).strip());
    }

    private boolean next() throws TranscriptException {
        if (again) {
            again = false;
            return true;
        }
        if (!lines.next()) {
            line = "";
            return false;
        }
        line = lines.text().replace('\0', '\uFFFD');
        if (lines.damaged())
            gathering.warn("line " + lines.number() + " has bytes that are not UTF-8; each is U+FFFD now");
        return true;
    }

    /** "Collect WebVTT cue timings and settings"; where things stand on the screen is not kept. Null where it fails. */
    private Span timings(String place) {
        var timings = new Timings(line);
        long start = timings.space() ? timings.timestamp() : -1;
        long end = start >= 0 && timings.space() && timings.arrow() && timings.space() ? timings.timestamp() : -1;
        if (end < 0) {
            gathering.warn(place + ": '" + Shown.of(line)
                    + "' is no timing, as in 00:01.000 --> 00:02.000; its cue is not read");
            return null;
        }
        return gathering.span(start, end, place);
    }

    /** A pointer into a line of timings. */
    private static final class Timings {
        private final String input;
        private int at;

        Timings(String input) {
            this.input = input;
        }

        boolean space() {
            while (at < input.length() && " \t\f".indexOf(input.charAt(at)) >= 0) at++;
            return true;
        }

        boolean arrow() {
            if (!input.startsWith(ARROW, at)) return false;
            at += ARROW.length();
            return true;
        }

        /** "Collect a WebVTT timestamp": milliseconds, negative where there is none. */
        long timestamp() {
            var first = digits();
            if (first.isEmpty()) return -1;
            long most = number(first);
            boolean hours = first.length() != 2 || most > 59;
            if (!skip(':')) return -1;
            var second = digits();
            if (second.length() != 2) return -1;
            String third = "";
            if (hours || at < input.length() && input.charAt(at) == ':') {
                if (!skip(':')) return -1;
                third = digits();
                if (third.length() != 2) return -1;
            }
            if (!skip('.')) return -1;
            var fraction = digits();
            if (fraction.length() != 3) return -1;
            long minutes = third.isEmpty() ? most : number(second);
            long seconds = third.isEmpty() ? number(second) : number(third);
            if (minutes > 59 || seconds > 59) return -1;
            return (((third.isEmpty() ? 0 : most) * 60 + minutes) * 60 + seconds) * 1000 + number(fraction);
        }

        private boolean skip(char c) {
            if (at >= input.length() || input.charAt(at) != c) return false;
            at++;
            return true;
        }

        private String digits() {
            int from = at;
            while (at < input.length() && input.charAt(at) >= '0' && input.charAt(at) <= '9') at++;
            return input.substring(from, at);
        }

        private static long number(String digits) {
            long number = 0;
            for (int i = 0; i < digits.length() && number < MOST_HOURS; i++)
                number = number * 10 + digits.charAt(i) - '0';
            return Math.min(number, MOST_HOURS);
        }
    }
}
