package org.thocam.ontology.transcript;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.Shown;

/**
 * Praat's TextGrid: the long and the short text form, which are one to Praat, the chronological one, and the binary one. Labels stay as they are
 * typed, with escapes such as {@code \ss}. Each interval is a segment, an empty one too.
 */
final class TextGridReader {
    private static final byte[] BINARY = "ooBinaryFile".getBytes(StandardCharsets.ISO_8859_1);
    private static final String INTERVALS = "IntervalTier";
    private static final String POINTS = "TextTier";
    private static final int WIDE = 0xFFFF;

    private final Limits limits;
    private final Warnings warnings;
    private final List<Tier> tiers = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();

    private TextGridReader(Limits limits) {
        this.limits = limits;
        this.warnings = new Warnings(limits);
    }

    /** @throws TranscriptException if it is no TextGrid, a count in it does not hold, or it is over the limits */
    static Transcript read(InputStream in, Limits limits) throws TranscriptException {
        var reader = new TextGridReader(limits);
        try {
            reader.read(new BufferedInputStream(in, 1 << 16));
        } catch (IOException e) {
            throw new TranscriptException("the file cannot be read: " + e.getMessage(), e);
        }
        return new Transcript(Format.TEXTGRID, List.of(), reader.tiers, reader.segments, reader.warnings.list());
    }

    private void read(BufferedInputStream in) throws IOException, TranscriptException {
        in.mark(BINARY.length);
        var head = in.readNBytes(BINARY.length);
        in.reset();
        if (Arrays.equals(head, BINARY)) {
            in.skipNBytes(BINARY.length);
            new Binary(in).read();
        } else if (begins(head, 0xFE, 0xFF)) {
            in.skipNBytes(2);
            new Text(new Utf16AsUtf8(in, StandardCharsets.UTF_16BE)).read();
        } else if (begins(head, 0xFF, 0xFE)) {
            in.skipNBytes(2);
            new Text(new Utf16AsUtf8(in, StandardCharsets.UTF_16LE)).read();
        } else {
            if (begins(head, 0xEF, 0xBB, 0xBF)) in.skipNBytes(3);
            new Text(in).read();
        }
    }

    private static boolean begins(byte[] head, int... with) {
        if (head.length < with.length) return false;
        for (int i = 0; i < with.length; i++) if ((head[i] & 0xFF) != with[i]) return false;
        return true;
    }

    private void add(int tier, double start, double end, String text, String place) throws TranscriptException {
        if (segments.size() >= limits.segments()) throw tooMany(place);
        long from = Times.milliseconds(start);
        long to = Times.milliseconds(end);
        if (from == Times.NONE || to == Times.NONE)
            warnings.add(place, "from " + start + " s to " + end + " s is no time of a recording; kept without a time");
        segments.add(new Segment(tier, Times.span(from, to, false, place, warnings), text, Optional.empty(), place));
    }

    private TranscriptException tooMany(String place) {
        return new TranscriptException(place + ": more than " + limits.segments() + " intervals and points: not read");
    }

    private void checkTiers(int count, String place) throws TranscriptException {
        if (count < 0) throw new TranscriptException(place + ": " + count + " tiers");
        if (count > limits.tiers())
            throw new TranscriptException(
                    place + ": " + count + " tiers, of which at most " + limits.tiers() + " are read: not read");
    }

    private void checkSegments(int count, String place) throws TranscriptException {
        if (count < 0) throw new TranscriptException(place + ": " + count + " intervals or points");
        if (count > limits.segments() - segments.size()) throw tooMany(place);
    }

    private void addTier(String kind, String name, String start, String end, String place) throws TranscriptException {
        if (!kind.equals(INTERVALS) && !kind.equals(POINTS))
            throw new TranscriptException(
                    place + ": want a tier of class IntervalTier or TextTier, found " + Shown.of(kind));
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("class", kind);
        attributes.put("xmin", start);
        attributes.put("xmax", end);
        tiers.add(new Tier(name, RoleByName.of(name).orElse(Role.OTHER), Optional.empty(), "", "", attributes));
    }

    private boolean hasPoints(int tier) {
        return tiers.get(tier).attributes().get("class").equals(POINTS);
    }

    /** A file of numbers, strings and flags. */
    private final class Text {
        private final TextGridTokens tokens;
        /** Where it is, for messages: a tier and an interval or point of it, from 1 on. */
        private int tier;

        private int item;
        private int items;

        Text(InputStream in) {
            tokens = new TextGridTokens(in, limits, warnings);
        }

        void read() throws TranscriptException {
            var what = "a Praat text file of class TextGrid";
            try {
                var type = tokens.string();
                if (type.equals("Praat chronological TextGrid text file")) {
                    what = "";
                    chronological();
                    return;
                }
                if (!type.startsWith("ooTextFile")) throw new TextGridTokens.Unexpected("'" + Shown.of(type) + "'");
                var kind = tokens.string();
                if (!kind.equals("TextGrid")) throw new TextGridTokens.Unexpected("'" + Shown.of(kind) + "'");
                what = "";
                grid();
            } catch (TextGridTokens.Unexpected e) {
                throw new TranscriptException("line " + tokens.line() + ": want " + (what.isEmpty() ? wanted() : what)
                        + ", found " + e.getMessage());
            }
        }

        private String wanted() {
            if (tier == 0) return "the beginning, end and number of tiers of the TextGrid";
            if (item == 0) return "the class, name, beginning, end and size of tier " + tier;
            return "interval or point " + item + (items > 0 ? " of " + items + " of tier " + tier : "");
        }

        private String place() {
            return "line " + tokens.line();
        }

        private void grid() throws TextGridTokens.Unexpected, TranscriptException {
            tokens.real();
            tokens.real();
            if (!tokens.flag("exists", "absent")) return;
            int count = tokens.count();
            checkTiers(count, place());
            for (tier = 1; tier <= count; tier++) {
                item = 0;
                tier();
                items = tokens.count();
                checkSegments(items, place());
                boolean points = hasPoints(tier - 1);
                for (item = 1; item <= items; item++) segment(tier - 1, points);
            }
            if (!tokens.found().equals("the end of the file"))
                throw new TranscriptException(place() + ": want the end of the file behind the " + count
                        + " tiers and the sizes that it declares, found " + tokens.found());
        }

        private void tier() throws TextGridTokens.Unexpected, TranscriptException {
            var kind = tokens.string();
            var place = place();
            var name = tokens.string();
            double start = tokens.real();
            double end = tokens.real();
            addTier(kind, name, seconds(start), seconds(end), place);
        }

        private void segment(int of, boolean points) throws TextGridTokens.Unexpected, TranscriptException {
            double start = tokens.real();
            // its own line, not that behind the blank that ends it
            var place = "line " + tokens.lineOfNumber();
            double end = points ? start : tokens.real();
            add(of, start, end, tokens.string(), place);
        }

        private void chronological() throws TextGridTokens.Unexpected, TranscriptException {
            tokens.real();
            tokens.real();
            int count = tokens.count();
            checkTiers(count, place());
            for (tier = 1; tier <= count; tier++) tier();
            for (item = 1; ; item++) {
                int of = tokens.countOrEnd();
                if (of == -1) break;
                if (of < 1 || of > count)
                    throw new TranscriptException(place() + ": want a tier from 1 to " + count + ", found " + of);
                segment(of - 1, hasPoints(of - 1));
            }
        }
    }

    /** The shortest decimal number that means the same to Praat. */
    private static String seconds(double value) {
        var text = Double.isNaN(value) || Double.isInfinite(value)
                ? "--undefined--"
                : BigDecimal.valueOf(value).toPlainString();
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Praat's binary form: lengths and counts before what they are of, the high byte first. */
    private final class Binary {
        private final DataInputStream data;
        private long at = BINARY.length;

        Binary(InputStream in) {
            data = new DataInputStream(in);
        }

        void read() throws IOException, TranscriptException {
            try {
                grid();
            } catch (EOFException e) {
                throw new TranscriptException(place() + ": the file ends before what it declares", e);
            }
        }

        private String place() {
            return "byte " + at;
        }

        private void grid() throws IOException, TranscriptException {
            var kind = shortString();
            if (!kind.equals("TextGrid"))
                throw new TranscriptException(place() + ": want an object of class TextGrid, found " + Shown.of(kind));
            real();
            real();
            at++;
            if (data.readByte() == 0) return;
            int count = count();
            checkTiers(count, place());
            for (int tier = 0; tier < count; tier++) {
                var place = place();
                addTier(shortString(), string(), seconds(real()), seconds(real()), place);
                int items = count();
                checkSegments(items, place());
                boolean points = hasPoints(tier);
                for (int i = 0; i < items; i++) {
                    var item = place();
                    double start = real();
                    double end = points ? start : real();
                    add(tier, start, end, string(), item);
                }
            }
            if (data.read() != -1)
                throw new TranscriptException(
                        place() + ": want the end of the file behind what it declares, found more");
        }

        private double real() throws IOException {
            at += 8;
            return data.readDouble();
        }

        private int count() throws IOException {
            at += 4;
            return data.readInt();
        }

        private String shortString() throws IOException {
            at++;
            return latin(data.readUnsignedByte());
        }

        /** Latin-1, or behind the length 65535 another length and UTF-16. */
        private String string() throws IOException, TranscriptException {
            at += 2;
            int length = data.readUnsignedShort();
            if (length > limits.characters() && length != WIDE) throw tooLong(length);
            if (length != WIDE) return latin(length);
            at += 2;
            int wide = data.readUnsignedShort();
            if (wide > limits.characters()) throw tooLong(wide);
            at += 2L * wide;
            return new String(bytes(2 * wide), StandardCharsets.UTF_16BE);
        }

        private TranscriptException tooLong(int length) {
            return new TranscriptException(
                    place() + ": a text of " + length + " characters: want at most " + limits.characters());
        }

        private String latin(int length) throws IOException {
            at += length;
            return new String(bytes(length), StandardCharsets.ISO_8859_1);
        }

        private byte[] bytes(int length) throws IOException {
            var bytes = data.readNBytes(length);
            if (bytes.length < length) throw new EOFException();
            return bytes;
        }
    }
}
