package org.thocam.ontology.transcript;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Praat's TextGrid in its long text form, in UTF-8. What it cannot say is lost: parents, speakers, languages and roles. Intervals of one tier follow
 * each other without a gap or an overlap, so gaps become empty intervals, and what overlaps goes to a further tier of the same name with a number;
 * so does a point in a tier of intervals, to a tier of points.
 */
public final class TextGridWriter {
    private TextGridWriter() {}

    /**
     * Writes a transcript; the stream stays open.
     *
     * @return how many segments have no time and are therefore not in the file
     */
    public static int write(Transcript transcript, OutputStream to) throws IOException {
        var tracks = tracks(transcript);
        long end = 1;
        for (var tier : transcript.tiers()) {
            long last = Times.milliseconds(tier.attributes().getOrDefault("xmax", ""));
            if (transcript.format() == Format.TEXTGRID) end = Math.max(end, last);
        }
        int untimed = 0;
        for (var segment : transcript.segments()) {
            if (segment.span().isEmpty()) untimed++;
            else end = Math.max(end, segment.span().get().end());
        }
        var out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        write(tracks, end, out);
        out.flush();
        return untimed;
    }

    /** What one tier of the TextGrid holds, in the order of time. */
    private static final class Track {
        final String name;
        final boolean points;
        final List<Segment> segments = new ArrayList<>();
        long end = -1;

        Track(String name, boolean points) {
            this.name = name;
            this.points = points;
        }

        void add(Segment segment) {
            segments.add(segment);
            end = segment.span().orElseThrow().end();
        }
    }

    private static List<Track> tracks(Transcript transcript) {
        var byTier = new ArrayList<List<Segment>>();
        for (int i = 0; i < transcript.tiers().size(); i++) byTier.add(new ArrayList<>());
        for (var segment : transcript.segments())
            if (segment.span().isPresent()) byTier.get(segment.tier()).add(segment);
        var names = new HashSet<String>();
        transcript.tiers().forEach(tier -> names.add(tier.name()));
        var tracks = new ArrayList<Track>();
        for (int i = 0; i < byTier.size(); i++)
            tracks.addAll(tracks(transcript.tiers().get(i), byTier.get(i), names));
        return tracks;
    }

    private static List<Track> tracks(Tier tier, List<Segment> segments, Set<String> names) {
        segments.sort(Comparator.comparingLong(
                        (Segment segment) -> segment.span().orElseThrow().start())
                .thenComparingLong(segment -> segment.span().orElseThrow().end()));
        boolean points = segments.isEmpty()
                ? tier.attributes().getOrDefault("class", "").equals("TextTier")
                : segments.stream().allMatch(TextGridWriter::isPoint);
        var tracks = new ArrayList<Track>();
        tracks.add(new Track(tier.name(), points));
        // further tracks by kind, the one that ended first before the others
        var intervals = new PriorityQueue<Track>(Comparator.comparingLong(track -> track.end));
        var marks = new PriorityQueue<Track>(Comparator.comparingLong(track -> track.end));
        for (var segment : segments) {
            var waiting = isPoint(segment) ? marks : intervals;
            var track = track(segment, tracks, waiting, names);
            track.add(segment);
            if (track != tracks.get(0)) waiting.add(track);
        }
        return tracks;
    }

    private static boolean isPoint(Segment segment) {
        var span = segment.span().orElseThrow();
        return span.start() == span.end();
    }

    /** The first track as long as it is free, then any other, then a new one. Praat keeps one point at one time. */
    private static Track track(Segment segment, List<Track> tracks, PriorityQueue<Track> waiting, Set<String> names) {
        boolean point = isPoint(segment);
        long last = segment.span().orElseThrow().start() - (point ? 1 : 0);
        var first = tracks.get(0);
        if (first.points == point && first.end <= last) return first;
        if (!waiting.isEmpty() && waiting.peek().end <= last) return waiting.poll();
        return further(tracks, point, names);
    }

    private static Track further(List<Track> tracks, boolean points, Set<String> names) {
        var name = tracks.get(0).name;
        int number = tracks.size() + 1;
        while (!names.add(name + " " + number)) number++;
        var track = new Track(name + " " + number, points);
        tracks.add(track);
        return track;
    }

    private static void write(List<Track> tracks, long end, Writer out) throws IOException {
        out.write("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
        out.write("xmin = 0 \nxmax = " + seconds(end) + " \ntiers? <exists> \nsize = " + tracks.size()
                + " \nitem []: \n");
        for (int i = 0; i < tracks.size(); i++) {
            var track = tracks.get(i);
            out.write("    item [" + (i + 1) + "]:\n        class = \"" + (track.points ? "TextTier" : "IntervalTier")
                    + "\" \n        name = ");
            quoted(track.name, out);
            out.write(" \n        xmin = 0 \n        xmax = " + seconds(end) + " \n");
            if (track.points) points(track, out);
            else intervals(track, end, out);
        }
    }

    private static void points(Track track, Writer out) throws IOException {
        out.write("        points: size = " + track.segments.size() + " \n");
        int number = 1;
        for (var point : track.segments) {
            out.write("        points [" + number++ + "]:\n            number = "
                    + seconds(point.span().orElseThrow().start()) + " \n            mark = ");
            quoted(point.text(), out);
            out.write(" \n");
        }
    }

    private static void intervals(Track track, long end, Writer out) throws IOException {
        int count = 0;
        long at = 0;
        for (var segment : track.segments) {
            count += segment.span().orElseThrow().start() > at ? 2 : 1;
            at = segment.span().orElseThrow().end();
        }
        if (at < end) count++;
        out.write("        intervals: size = " + count + " \n");
        int number = 1;
        at = 0;
        for (var segment : track.segments) {
            var span = segment.span().orElseThrow();
            if (span.start() > at) interval(number++, at, span.start(), "", out);
            interval(number++, span.start(), span.end(), segment.text(), out);
            at = span.end();
        }
        if (at < end) interval(number, at, end, "", out);
    }

    private static void interval(int number, long start, long end, String text, Writer out) throws IOException {
        out.write("        intervals [" + number + "]:\n            xmin = " + seconds(start) + " \n            xmax = "
                + seconds(end) + " \n            text = ");
        quoted(text, out);
        out.write(" \n");
    }

    private static String seconds(long milliseconds) {
        return milliseconds == 0
                ? "0"
                : BigDecimal.valueOf(milliseconds, 3).stripTrailingZeros().toPlainString();
    }

    /** The character NUL would end the file for Praat. */
    private static void quoted(String text, Writer out) throws IOException {
        out.write('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') out.write('"');
            out.write(c == 0 || isHalf(text, i) ? '\uFFFD' : c);
        }
        out.write('"');
    }

    /** Whether half of a pair stands alone. */
    private static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c))
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
