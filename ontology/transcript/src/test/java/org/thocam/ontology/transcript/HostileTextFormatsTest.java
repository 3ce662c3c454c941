package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: a transcript or a {@link TranscriptException}, soon. */
class HostileTextFormatsTest {
    private static final List<Format> FORMATS =
            List.of(Format.FLEXTEXT, Format.TOOLBOX, Format.CHAT, Format.SRT, Format.WEBVTT);

    private static final Map<Format, String> SAMPLES = Map.of(
            Format.FLEXTEXT,
            "<?xml version='1.0'?><document><interlinear-text><item type='title' lang='en'>T</item><paragraphs><paragraph><phrases>"
                    + "<phrase begin-time-offset='1' end-time-offset='9' speaker='A' media-file='g'><item type='txt' lang='blt'>ꪀꪱ &amp;</item>"
                    + "<words><word><item type='txt' lang='blt'>ꪀꪱ</item><morphemes><morph><item type='gls' lang='vi'>đi</item></morph>"
                    + "</morphemes></word></words></phrase></phrases></paragraph></paragraphs><media-files><media guid='g' location='a.wav'/>"
                    + "</media-files></interlinear-text></document>",
            Format.TOOLBOX,
            "\\_sh v3.0  400  Text\n\n\\id A\n\\ref 0:00:01.5\n\\ELANBegin 1.5\n\\ELANEnd 2\n\\tx ꪀꪱ    ka bun\n\\mb ꪀ  -ꪱ ka b- u\n\\ge go  -P x  y- z\n"
                    + "\\ft go on\nand on\n\\aud a.wav 1 2\n",
            Format.CHAT,
            "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Lan Child\n@Media:\t\"a/b.mp3\", audio\n*CHI:\t[- vie] ⌈2 mẹ⌉ . \u00151_2\u0015\n"
                    + "%wor:\tmẹ \u00151_2\u0015 .\n\tmore\n@End\n",
            Format.SRT,
            "1\n00:00:00,000 --> 00:00:01,000\n<i>Người</i>\n\n2\n00:00:01,000 --> 00:00:02,000 X1:1\n{\\an8}b<br>c\n",
            Format.WEBVTT,
            "WEBVTT\nKind: captions\n\nNOTE x\n\nSTYLE\n::cue{}\n\nid\n00:00.000 --> 00:01.000 line:1\n<v A>x &amp; <ruby>y<rt>z</rt></ruby></v><v B>&#x41;</v>\n");

    private static final byte[][] PIECES = Arrays.stream(new String[] {
                "<",
                ">",
                "&",
                "-->",
                "\n",
                "\r\n",
                "\n\n",
                "\\",
                "\\tx ",
                "\u0015",
                "9",
                "999999999999999999999",
                ":",
                "_",
                "\0",
                "\"",
                "[",
                "*CHI:",
                "%wor:\t",
                "<phrase>",
                "</phrase>",
                "<word>",
                "<item type='txt'>",
                "</item>",
                "00:00:01,000 --> 00:00:00,000",
                "<v ",
                "<rt>",
                "</ruby>",
                "&#",
                "  ",
                "\t",
                "ꪀ"
            })
            .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    /** Reads and checks what every transcript keeps: indexes that exist, no circle, and what the limits allow. */
    private static void read(Format format, byte[] bytes) {
        try {
            var read = Text.read(format, bytes);
            assertTrue(read.warnings().size() <= Limits.USUAL.warnings());
            for (int i = 0; i < read.segments().size(); i++) {
                var segment = read.segments().get(i);
                assertTrue(segment.tier() < read.tiers().size());
                var at = segment.parent();
                for (int steps = 0; at.isPresent(); steps++) {
                    assertTrue(steps < Limits.USUAL.depth(), "segment " + i + " hangs in a circle or too deep");
                    at = read.segments().get(at.get()).parent();
                }
            }
            for (int i = 0; i < read.tiers().size(); i++) {
                var at = read.tiers().get(i).parent();
                for (int steps = 0; at.isPresent(); steps++) {
                    assertTrue(steps < Limits.USUAL.depth(), "tier " + i + " hangs in a circle or too deep");
                    at = read.tiers().get(at.get()).parent();
                }
            }
        } catch (TranscriptException e) {
            assertTrue(!e.getMessage().isBlank());
        }
    }

    private static void soon(Runnable task) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), task::run);
    }

    @Test
    void everyTruncatedFile() {
        soon(() -> SAMPLES.forEach((format, sample) -> {
            var bytes = sample.getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length <= bytes.length; length++) read(format, Arrays.copyOf(bytes, length));
        }));
    }

    @Test
    void randomAndAlteredBytes() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("random bytes with -Dseed=" + seed);
        var random = new Random(seed);
        soon(() -> {
            for (var format : FORMATS) {
                for (int i = 0; i < 300; i++) {
                    var bytes = new byte[random.nextInt(2000)];
                    random.nextBytes(bytes);
                    read(format, bytes);
                    read(format, altered(SAMPLES.get(format).getBytes(StandardCharsets.UTF_8), random));
                    // another format's text
                    read(
                            format,
                            altered(
                                    SAMPLES.get(FORMATS.get(random.nextInt(FORMATS.size())))
                                            .getBytes(StandardCharsets.UTF_8),
                                    random));
                }
            }
        });
    }

    private static byte[] altered(byte[] bytes, Random random) {
        var altered = bytes;
        for (int change = random.nextInt(12); change >= 0; change--) {
            int at = random.nextInt(altered.length + 1);
            int to = Math.min(altered.length, at + (random.nextInt(4) == 0 ? random.nextInt(40) : 0));
            var piece = random.nextInt(5) == 0
                    ? new byte[] {(byte) random.nextInt(256)}
                    : PIECES[random.nextInt(PIECES.length)];
            var next = new byte[at + piece.length + altered.length - to];
            System.arraycopy(altered, 0, next, 0, at);
            System.arraycopy(piece, 0, next, at, piece.length);
            System.arraycopy(altered, to, next, at + piece.length, altered.length - to);
            altered = next;
        }
        return altered;
    }

    @Test
    void aBombOfEntitiesIsRefused() {
        var bomb = new StringBuilder("<!DOCTYPE document [<!ENTITY a 'aaaaaaaaaa'>");
        for (char c = 'b'; c < 'k'; c++)
            bomb.append("<!ENTITY ")
                    .append(c)
                    .append(" '")
                    .append(("&" + (char) (c - 1) + ";").repeat(10))
                    .append("'>");
        bomb.append(
                "]><document><interlinear-text><item type='title' lang='en'>&j;</item></interlinear-text></document>");
        soon(() -> assertThrows(TranscriptException.class, () -> Text.read(Format.FLEXTEXT, bomb.toString())));
        var nested = "<document><interlinear-text>" + "<phrases><phrase>".repeat(100_000);
        soon(() -> assertThrows(TranscriptException.class, () -> Text.read(Format.FLEXTEXT, nested)));
        var long1 = "<document><interlinear-text><item type='title' lang='en'>" + "a".repeat((1 << 20) + 1)
                + "</item></interlinear-text></document>";
        assertThrows(TranscriptException.class, () -> Text.read(Format.FLEXTEXT, long1));
    }

    /** Each is some megabytes of what makes a careless reader start again and again from the beginning. */
    @Test
    void timeGrowsWithTheFileAndNoFaster() {
        int many = 150_000;
        soon(() -> {
            for (var cue : new String[] {
                "<", "&", "<c>", "<ruby><rt>", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "</", "<v a>x", "&#", "<v &"
            })
                read(
                        Format.WEBVTT,
                        ("WEBVTT\n\n00:00.000 --> 00:01.000\n" + cue.repeat(1_000_000 / cue.length()))
                                .getBytes(StandardCharsets.UTF_8));
            for (var cue : new String[] {
                "<font ", "{\\", "<br ", "<", "1\n", "\n\n1\n", "00:00:00,000 --> ", "00:00:00,000 --> 00:00:01,000\n"
            })
                read(
                        Format.SRT,
                        ("00:00:00,000 --> 00:00:01,000\n" + cue.repeat(1_000_000 / cue.length()))
                                .getBytes(StandardCharsets.UTF_8));
            for (var line : new String[] {
                "\u0015",
                "\u00151_2\u0015 a ",
                "⌈",
                "[- ",
                "\n\tx",
                "\nx",
                "\n%wor:\ta \u00151_2\u0015",
                "\n@Participants:\tA B C,"
            })
                read(
                        Format.CHAT,
                        ("@Begin\n*CHI:\t" + line.repeat(1_000_000 / line.length())).getBytes(StandardCharsets.UTF_8));
            read(
                    Format.CHAT,
                    ("@Begin\n*CHI:\ta\n%wor:\t" + "a \u00151_2\u0015 ".repeat(100_000))
                            .getBytes(StandardCharsets.UTF_8));
            for (var line : new String[] {
                "\\tx a  b\n", "\\a\n", "\nx", "\\tx a  b\n\\mb a  b\n\\ge a  b\n", "\\", "\\ref 0:00:01\n"
            }) read(Format.TOOLBOX, ("\\ref 1\n" + line.repeat(many)).getBytes(StandardCharsets.UTF_8));
            var row = "a  ".repeat(100_000);
            var rows = new StringBuilder("\\ref 1\n");
            for (int i = 0; i < 24; i++)
                rows.append("\\r")
                        .append(i)
                        .append(' ')
                        .append(i < 2 ? "a" : row)
                        .append('\n');
            rows.append("\\ref 2\n\\r0 a  b\n\\r1 a  b\n");
            for (int i = 2; i < 24; i++) rows.append("\\r").append(i).append(" a  b\n");
            read(Format.TOOLBOX, rows.toString().getBytes(StandardCharsets.UTF_8));
            for (var part : new String[] {
                "<phrase/>", "<item type='a' lang='b'/>", "<!-- x -->", "<word>", "<media guid='a' location='b'/>"
            })
                read(
                        Format.FLEXTEXT,
                        ("<document><interlinear-text>" + part.repeat(many)).getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void theLimitsHold() throws Exception {
        var few = new Limits(3, 40, 2, 8, 1);
        var srt = "00:00:01,000 --> 00:00:00,000\na\n";
        assertEquals(1, Text.read(Format.SRT, srt.repeat(3), few).warnings().size());
        var vtt = "00:01.000 --> 00:00.000\na\n\n";
        assertEquals(
                1,
                Text.read(Format.WEBVTT, "WEBVTT\n\n" + vtt.repeat(3), few)
                        .warnings()
                        .size());
        for (var tooMany : Map.of(
                        srt.repeat(4),
                        Format.SRT,
                        "WEBVTT\n\n" + vtt.repeat(4),
                        Format.WEBVTT,
                        "@Begin\n" + "*A:\ta\n".repeat(4),
                        Format.CHAT,
                        "\\a\n".repeat(4),
                        Format.TOOLBOX,
                        "<document><interlinear-text>" + "<item type='a' lang='b'/>".repeat(4)
                                + "</interlinear-text></document>",
                        Format.FLEXTEXT)
                .entrySet())
            assertTrue(refusal(tooMany.getValue(), tooMany.getKey(), few).contains("more than 3 segments"));
        for (var tooLong : Map.of(
                        "00:00:00,000 --> 00:00:01,000\n" + "a\n".repeat(40), Format.SRT,
                        "WEBVTT\n\n00:00.000 --> 00:01.000\n" + "a\n".repeat(40), Format.WEBVTT,
                        "@Begin\n*A:\t" + "a".repeat(41), Format.CHAT,
                        "\\a " + "a".repeat(41), Format.TOOLBOX,
                        "<document><interlinear-text><item type='a' lang='b'>" + "a".repeat(41)
                                        + "</item></interlinear-text></document>",
                                Format.FLEXTEXT)
                .entrySet()) refusal(tooLong.getValue(), tooLong.getKey(), few);
        for (var tiers : Map.of(
                        "WEBVTT\n\n00:00.000 --> 00:01.000\n<v a>a<v b>b<v c>c", Format.WEBVTT,
                        "@Begin\n*A:\ta\n*B:\tb\n*C:\tc\n", Format.CHAT,
                        "\\a\n\\b\n\\c\n", Format.TOOLBOX)
                .entrySet())
            assertTrue(refusal(tiers.getValue(), tiers.getKey(), few).contains("more than 2 tiers"));
    }

    @Test
    void rowsHangNoDeeperThanTheLimit() throws Exception {
        var rows = new StringBuilder("\\id 1\n\\ref 1\n");
        for (char c = 'a'; c < 'i'; c++) rows.append('\\').append(c).append(" one  two\n");
        for (int depth = 3; depth < 12; depth++) {
            var read = Text.read(Format.TOOLBOX, rows.toString(), new Limits(1000, 1000, 1000, depth, 100));
            int deepest = 0;
            for (int i = 0; i < read.segments().size(); i++) {
                int steps = 1;
                for (var at = read.segments().get(i).parent(); at.isPresent(); steps++)
                    at = read.segments().get(at.get()).parent();
                deepest = Math.max(deepest, steps);
            }
            assertTrue(deepest <= depth, deepest + " deep, want at most " + depth);
        }
    }

    private static String refusal(Format format, String text, Limits limits) {
        return assertThrows(TranscriptException.class, () -> Text.read(format, text, limits), format + text)
                .getMessage();
    }

    @Test
    void aMillionCuesAreReadAndOneMoreIsRefused() throws Exception {
        var head = "WEBVTT\n\n".getBytes(StandardCharsets.US_ASCII);
        var cue = "00:00:01.000 --> 00:00:02.000\nꪀꪱ ka &amp; ba\n\n".getBytes(StandardCharsets.UTF_8);
        long begun = System.nanoTime();
        var read = WebVttReader.read(new Repeated(head, cue, 1_000_000), Limits.USUAL);
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertEquals(1_000_000, read.segments().size());
        System.out.printf("WebVTT: %.0f MB/s%n", cue.length / seconds);
        read = null;
        assertThrows(
                TranscriptException.class, () -> WebVttReader.read(new Repeated(head, cue, 1_000_001), Limits.USUAL));
        var srt = "1\n00:00:01,000 --> 00:00:02,000\nꪀꪱ <i>ka</i> ba\n\n".getBytes(StandardCharsets.UTF_8);
        begun = System.nanoTime();
        assertEquals(
                1_000_000,
                SrtReader.read(new Repeated(new byte[0], srt, 1_000_000), Limits.USUAL)
                        .segments()
                        .size());
        System.out.printf("SubRip: %.0f MB/s%n", srt.length / ((System.nanoTime() - begun) / 1e9));
    }

    /** A file that is never held whole: its head, and one piece many times. */
    private static final class Repeated extends InputStream {
        private final byte[] head;
        private final byte[] piece;
        private final long length;
        private long at;

        Repeated(byte[] head, byte[] piece, long times) {
            this.head = head;
            this.piece = piece;
            this.length = head.length + piece.length * times;
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int from, int most) {
            if (at >= length) return -1;
            boolean inHead = at < head.length;
            int begin = inHead ? (int) at : (int) ((at - head.length) % piece.length);
            int count = Math.min(most, (inHead ? head.length : piece.length) - begin);
            System.arraycopy(inHead ? head : piece, begin, to, from, count);
            at += count;
            return count;
        }
    }
}
