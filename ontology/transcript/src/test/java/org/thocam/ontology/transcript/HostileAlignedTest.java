package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a file is, it is read or refused, in a time that grows with its length and no faster. */
class HostileAlignedTest {
    private static final int MILLION = 1_000_000;

    /** Of a busy machine; one of its own needs some seconds. */
    private static final Duration LONG = Duration.ofSeconds(120);

    private static final List<String> ENDINGS = List.of(".eaf", ".exb", ".trs", ".TextGrid");

    @Test
    void entitiesAreNotExpanded() {
        var bomb = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>";
        var outside = "<!DOCTYPE r [<!ENTITY c SYSTEM 'file:///etc/passwd'>]>";
        for (var doctype : List.of(bomb, outside)) {
            var tier = "<TIER TIER_ID='t'><ANNOTATION><REF_ANNOTATION ANNOTATION_ID='a1'>";
            assertRefused(
                    ".eaf",
                    doctype + "<ANNOTATION_DOCUMENT>" + tier + "<ANNOTATION_VALUE>&c;</ANNOTATION_VALUE>"
                            + "</REF_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>");
            assertRefused(".eaf", doctype + "<ANNOTATION_DOCUMENT><TIER TIER_ID='&c;'/></ANNOTATION_DOCUMENT>");
            assertRefused(".trs", doctype + "<Trans><Turn startTime='0' endTime='1'>&c;</Turn></Trans>");
            assertRefused(
                    ".exb",
                    doctype
                            + "<basic-transcription><tier><event start='a' end='b'>&c;</event></tier></basic-transcription>");
        }
    }

    @Test
    void anyNestingIsSeenThroughOrRefused() throws Exception {
        var elements = List.of(
                "ANNOTATION_DOCUMENT",
                "HEADER",
                "TIME_ORDER",
                "TIME_SLOT",
                "TIER",
                "ANNOTATION",
                "ALIGNABLE_ANNOTATION",
                "REF_ANNOTATION",
                "ANNOTATION_VALUE",
                "LINGUISTIC_TYPE",
                "LANGUAGE",
                "CONTROLLED_VOCABULARY",
                "CV_ENTRY",
                "CV_ENTRY_ML",
                "CVE_VALUE",
                "MEDIA_DESCRIPTOR",
                "OTHER",
                "Turn",
                "Sync",
                "Who",
                "Speaker",
                "Event",
                "Section",
                "tier",
                "event",
                "tli",
                "speaker",
                "abbreviation",
                "language",
                "languages-used");
        var attributes = List.of(
                "TIER_ID",
                "PARENT_REF",
                "ANNOTATION_ID",
                "ANNOTATION_REF",
                "PREVIOUS_ANNOTATION",
                "TIME_SLOT_ID",
                "TIME_SLOT_REF1",
                "TIME_SLOT_REF2",
                "TIME_VALUE",
                "CVE_REF",
                "CVE_ID",
                "CV_ID",
                "LANG_REF",
                "LANG_ID",
                "LINGUISTIC_TYPE_ID",
                "LINGUISTIC_TYPE_REF",
                "CONTROLLED_VOCABULARY_REF",
                "TIME_UNITS",
                "id",
                "time",
                "start",
                "end",
                "speaker",
                "nb",
                "startTime",
                "endTime",
                "type");
        var roots = List.of("ANNOTATION_DOCUMENT", "basic-transcription", "Trans");
        var random = random();
        for (int i = 0; i < 3000; i++) {
            int format = random.nextInt(3);
            var text = new StringBuilder("<" + roots.get(format) + ">");
            nest(text, elements, attributes, random, 0);
            text.append("</").append(roots.get(format)).append('>');
            survives(ENDINGS.get(format), text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void nest(
            StringBuilder to, List<String> elements, List<String> attributes, Random random, int depth) {
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            var name = elements.get(random.nextInt(elements.size()));
            to.append('<').append(name);
            var used = new java.util.TreeSet<String>();
            for (int a = random.nextInt(6); a > 0; a--) used.add(attributes.get(random.nextInt(attributes.size())));
            for (var attribute : used)
                to.append(' ')
                        .append(attribute)
                        .append("='")
                        .append(random.nextInt(6))
                        .append('\'');
            to.append(">x");
            if (depth < 5) nest(to, elements, attributes, random, depth + 1);
            to.append("</").append(name).append('>');
        }
    }

    @Test
    void aMillionAnnotationsAreReadInOneGo() throws Exception {
        var slots = parts(
                MILLION / 1000,
                part -> lines(part, i -> "<TIME_SLOT TIME_SLOT_ID=\"ts" + i + "\" TIME_VALUE=\"" + i * 10L + "\"/>\n"));
        var timed = parts(
                MILLION / 2000,
                part -> lines(
                        part,
                        i -> "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a" + i
                                + "\" TIME_SLOT_REF1=\"ts" + i + "\" TIME_SLOT_REF2=\"ts" + (i + 1)
                                + "\"><ANNOTATION_VALUE>hươn " + i
                                + "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>\n"));
        // the last comes first, and each follows the one behind it
        var refs = parts(
                MILLION / 2000,
                part -> lines(
                        part,
                        i -> "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"r" + i
                                + "\" ANNOTATION_REF=\"a0\""
                                + (i + 1 < MILLION / 2 ? " PREVIOUS_ANNOTATION=\"r" + (i + 1) + "\"" : "")
                                + "><ANNOTATION_VALUE>" + i + "</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>\n"));
        var in = new Counted(joined(
                text("<ANNOTATION_DOCUMENT><TIME_ORDER>"),
                slots,
                text("</TIME_ORDER><TIER TIER_ID=\"line\">"),
                timed,
                text("</TIER><TIER TIER_ID=\"word\" PARENT_REF=\"line\">"),
                refs,
                text("</TIER></ANNOTATION_DOCUMENT>")));
        var read = assertTimeoutPreemptively(LONG, () -> timed("EAF", in, () -> EafReader.read(in, Limits.USUAL)));
        assertEquals(MILLION, read.segments().size());
        assertEquals(
                Integer.toString(MILLION / 2 - 1),
                read.segments().get(MILLION / 2).text());
        assertEquals("0", read.segments().get(MILLION - 1).text());
        assertTimeoutPreemptively(LONG, () -> EafWriter.write(read, OutputStream.nullOutputStream()));
        assertTimeoutPreemptively(LONG, () -> TextGridWriter.write(read, OutputStream.nullOutputStream()));
    }

    @Test
    void aMillionIntervalsAreReadInOneGo() throws Exception {
        var in = new Counted(joined(
                text(
                        "\"ooTextFile\"\n\"TextGrid\"\n0 10000000 <exists> 1\n\"IntervalTier\" \"a\" 0 10000000 1000000\n"),
                parts(
                        MILLION / 1000,
                        part -> lines(
                                part,
                                i -> "        intervals [" + (i + 1) + "]:\n            xmin = "
                                        + i / 100.0 + " \n            xmax = " + (i + 1) / 100.0
                                        + " \n            text = \"hươn " + i
                                        + "\" \n"))));
        var read = assertTimeoutPreemptively(
                LONG, () -> timed("TextGrid", in, () -> TextGridReader.read(in, Limits.USUAL)));
        assertEquals(MILLION, read.segments().size());
        assertEquals(
                "9999990-10000000 a: hươn 999999",
                Told.segments(new Transcript(
                                Format.TEXTGRID,
                                List.of(),
                                read.tiers(),
                                read.segments().subList(MILLION - 1, MILLION),
                                List.of()))
                        .get(0));
    }

    @Test
    void moreThanTheLimitIsRefusedBeforeItIsRead() {
        var endless = parts(
                Integer.MAX_VALUE,
                part -> lines(
                        part,
                        i -> "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID='a" + i
                                + "'><ANNOTATION_VALUE/></REF_ANNOTATION></ANNOTATION>"));
        var limits = new Limits(5000, 1000, 10, 64, 10);
        var many = joined(text("<ANNOTATION_DOCUMENT><TIER TIER_ID='t'>"), endless);
        assertThrows(TranscriptException.class, () -> EafReader.read(many, limits));
        var text = joined(
                text("<ANNOTATION_DOCUMENT><TIER TIER_ID='t'><ANNOTATION><REF_ANNOTATION><ANNOTATION_VALUE>"),
                parts(Integer.MAX_VALUE, part -> "text "));
        assertThrows(TranscriptException.class, () -> EafReader.read(text, limits));
        var slots = joined(
                text("<ANNOTATION_DOCUMENT><TIME_ORDER>"),
                parts(Integer.MAX_VALUE, part -> "<TIME_SLOT TIME_SLOT_ID='" + part + "'/>"));
        assertThrows(TranscriptException.class, () -> EafReader.read(slots, limits));
        var label = joined(
                text("\"ooTextFile\" \"TextGrid\" 0 1 <exists> 1 \"TextTier\" \"a\" 0 1 1 0.5 \""),
                parts(Integer.MAX_VALUE, part -> "text "));
        assertThrows(TranscriptException.class, () -> TextGridReader.read(label, limits));
        var words = joined(
                text("<Trans><Turn startTime='0' endTime='1'>"), parts(Integer.MAX_VALUE, part -> "<Event/>text"));
        assertThrows(TranscriptException.class, () -> TranscriberReader.read(words, limits));
    }

    @Test
    void longChainsNeedNoStack() throws Exception {
        int length = 50_000;
        var deep = new Limits(MILLION, 1000, 100, MILLION, 100);
        var chain = new StringBuilder("<TIER TIER_ID='t'>");
        // each hangs on the next one
        for (int i = 0; i < length; i++)
            chain.append("<ANNOTATION><REF_ANNOTATION ANNOTATION_ID='a")
                    .append(i)
                    .append("' ANNOTATION_REF='a")
                    .append(i + 1)
                    .append("'/></ANNOTATION>");
        var top = EafReaderTest.timed("a" + length, 1, 2, "top");
        var circle = "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID='a" + length + "' ANNOTATION_REF='a0'/></ANNOTATION>";
        var open = EafReaderTest.document(EafReaderTest.slots(5, 9) + chain + top + "</TIER>");
        var closed = EafReaderTest.document(EafReaderTest.slots(5, 9) + chain + circle + "</TIER>");
        var read = assertTimeoutPreemptively(LONG, () -> EafReaderTest.read(open, deep));
        assertEquals(new Span(5, 9), read.segments().get(0).span().orElseThrow());
        assertThrows(TranscriptException.class, () -> EafReaderTest.read(open, Limits.USUAL));
        var cut = assertTimeoutPreemptively(LONG, () -> EafReaderTest.read(closed, deep));
        assertEquals(
                1, cut.segments().stream().filter(s -> s.parent().isEmpty()).count());
        assertTimeoutPreemptively(LONG, () -> EafWriter.write(read, OutputStream.nullOutputStream()));
        assertTimeoutPreemptively(LONG, () -> EafWriter.write(cut, OutputStream.nullOutputStream()));
        var tiers = new StringBuilder();
        for (int i = 0; i < 3000; i++)
            tiers.append("<TIER TIER_ID='")
                    .append(i)
                    .append("' PARENT_REF='")
                    .append(i + 1)
                    .append("'/>");
        assertThrows(
                TranscriptException.class,
                () -> EafReaderTest.read(EafReaderTest.document(tiers.toString()), new Limits(9, 99, 9999, 64, 9)));
    }

    @Test
    void manyAtOneTimeAreWrittenInTime() throws Exception {
        var tier = new Tier("t", Role.OTHER, java.util.Optional.empty(), "", "", java.util.Map.of());
        for (int last : new int[] {0, 100}) {
            var overlapping = new Transcript(
                    Format.SRT,
                    List.of(),
                    List.of(tier),
                    IntStream.range(0, 100_000)
                            .mapToObj(i -> new Segment(
                                    0, java.util.Optional.of(new Span(0, last)), "x", java.util.Optional.empty(), ""))
                            .toList(),
                    List.of());
            assertTimeoutPreemptively(LONG, () -> TextGridWriter.write(overlapping, OutputStream.nullOutputStream()));
            assertTimeoutPreemptively(LONG, () -> EafWriter.write(overlapping, OutputStream.nullOutputStream()));
        }
    }

    @Test
    void filesThatAreCutOrChangedAreReadOrRefused() throws Exception {
        assumeTrue(Files.isDirectory(AlignedMediaTest.MEDIA), "no " + AlignedMediaTest.MEDIA);
        var random = random();
        for (var row : AlignedMediaTest.rows("EXPECTED.tsv")) {
            var bytes = Files.readAllBytes(AlignedMediaTest.MEDIA.resolve(row.get("file")));
            int times = bytes.length > 200_000 ? 4 : 25;
            for (int i = 0; i < times; i++) {
                survives(row.get("file"), Arrays.copyOf(bytes, random.nextInt(bytes.length)));
                var changed = bytes.clone();
                for (int c = random.nextInt(5); c >= 0; c--)
                    changed[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                survives(row.get("file"), changed);
                var moved = bytes.clone();
                int length = 1 + random.nextInt(Math.min(200, bytes.length));
                int from = random.nextInt(bytes.length - length + 1);
                System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), moved, from, length);
                survives(row.get("file"), moved);
            }
        }
    }

    @Test
    void noiseIsRefused() {
        var random = random();
        for (int i = 0; i < 500; i++) {
            var noise = new byte[random.nextInt(2000)];
            random.nextBytes(noise);
            for (var ending : ENDINGS)
                assertThrows(
                        TranscriptException.class,
                        () -> AlignedMediaTest.read(ending, new ByteArrayInputStream(noise), Limits.USUAL));
        }
    }

    /** It is a Transcript that can be written and read again, or a TranscriptException that says why not. */
    private static void survives(String name, byte[] bytes) throws Exception {
        Transcript read;
        try {
            read = AlignedMediaTest.read(name, new ByteArrayInputStream(bytes), Limits.USUAL);
        } catch (TranscriptException e) {
            assertTrue(e.getMessage().length() > 10, e.getMessage());
            return;
        }
        for (var segment : read.segments()) {
            assertTrue(segment.tier() < read.tiers().size(), segment.toString());
            segment.parent()
                    .ifPresent(parent -> assertTrue(parent < read.segments().size(), segment.toString()));
        }
        var eaf = new java.io.ByteArrayOutputStream();
        EafWriter.write(read, eaf);
        var again = EafReader.read(new ByteArrayInputStream(eaf.toByteArray()), Limits.USUAL);
        assertEquals(read.segments().size(), again.segments().size());
        var grid = new java.io.ByteArrayOutputStream();
        TextGridWriter.write(read, grid);
        TextGridReader.read(
                new ByteArrayInputStream(grid.toByteArray()), new Limits(MILLION, 1 << 20, MILLION, 64, 100));
    }

    private static void assertRefused(String ending, String text) {
        assertThrows(
                TranscriptException.class,
                () -> AlignedMediaTest.read(
                        ending, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Limits.USUAL),
                text);
    }

    /** Printed, so that a failure can be repeated with {@code -Dthocam.seed}. */
    private static Random random() {
        long seed = Long.getLong("thocam.seed", System.nanoTime());
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    private interface Reading {
        Transcript read() throws TranscriptException;
    }

    private static Transcript timed(String what, Counted in, Reading reading) throws TranscriptException {
        long began = System.nanoTime();
        var read = reading.read();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%s: %d segments, %.0f MB in %.1f s, %.0f MB/s (made while they are read)%n",
                what, read.segments().size(), in.bytes / 1e6, seconds, in.bytes / 1e6 / seconds);
        return read;
    }

    private static final class Counted extends java.io.FilterInputStream {
        long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] to, int offset, int length) throws java.io.IOException {
            int count = super.read(to, offset, length);
            bytes += Math.max(count, 0);
            return count;
        }
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream joined(InputStream... parts) {
        return new SequenceInputStream(Collections.enumeration(List.of(parts)));
    }

    private static String lines(int part, IntFunction<String> line) {
        var lines = new StringBuilder();
        for (int i = part * 1000; i < part * 1000 + 1000; i++) lines.append(line.apply(i));
        return lines.toString();
    }

    /** Made one after the other, so that none needs to be kept. */
    private static InputStream parts(int count, IntFunction<String> part) {
        Iterator<InputStream> made =
                IntStream.range(0, count).mapToObj(i -> text(part.apply(i))).iterator();
        return new SequenceInputStream(new java.util.Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return made.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return made.next();
            }
        });
    }
}
