package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebVttReaderTest {
    private static String text(String cue) throws TranscriptException {
        return String.join("|", Text.texts(Text.read(Format.WEBVTT, "WEBVTT\n\n00:00.000 --> 00:01.000\n" + cue)));
    }

    @Test
    void aFileWithoutTheSignatureIsRefused() {
        for (var start : List.of("", "WEBVT", "WEBVTTX\n", " WEBVTT\n", "webvtt\n", "WEBVTT\0\n", "\n"))
            assertThrows(TranscriptException.class, () -> Text.read(Format.WEBVTT, start), start);
        for (var start : List.of("WEBVTT", "\uFEFFWEBVTT", "WEBVTT\n", "WEBVTT a title\n\n", "WEBVTT\t-\r\n"))
            assertEquals(List.of(), Text.texts(readable(start)), start);
    }

    private static Transcript readable(String text) {
        try {
            return Text.read(Format.WEBVTT, text);
        } catch (TranscriptException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void referencesAreThoseOfHtml() throws Exception {
        assertEquals("& < > \u00A0 \u200E", text("&amp; &lt; &gt; &nbsp; &lrm;"));
        // those of old need no semicolon, and the longest name that fits is taken
        assertEquals("& ¬it; ∉ &nosuch; & &#;", text("&amp &notit; &notin; &nosuch; & &#;"));
        assertEquals("ꪀ \uD800\uDC00 \uFFFD \uFFFD \u20AC", text("&#xAA80; &#65536; &#0; &#xD800; &#128;"));
        assertEquals("\uFFFD", text("&#99999999999999999999;"));
    }

    @Test
    void tagsAreTakenOffAndWhatIsNoneIsIgnored() throws Exception {
        assertEquals("abc", text("a<c.d e>b</c>c"));
        assertEquals("ab", text("<b>a</i>b"));
        assertEquals("ab", text("a<nosuch x=\"y\">b"));
        assertEquals("a", text("a<i"));
        assertEquals("one two", text("one <00:00:00.500>two"));
        assertEquals("漢字(かんじ)!", text("<ruby>漢字<rt>かんじ</ruby>!"));
        assertEquals("x", text("<ruby>x<rt></rt></ruby>"));
    }

    @Test
    void oneVoiceIsTheTiersSpeakerAndSeveralDivideTheCue() throws Exception {
        var one =
                Text.read(Format.WEBVTT, "WEBVTT\n\n00:00.000 --> 00:01.000\n<v.loud  Mai\tAnh &amp; Co>Hello</v> all");
        assertEquals(
                List.of("Mai Anh & Co"), one.tiers().stream().map(Tier::speaker).toList());
        assertEquals(List.of("Hello all"), Text.texts(one));
        var two = Text.read(Format.WEBVTT, "WEBVTT\n\n00:00.000 --> 00:01.000\n<v A>Hello\n<v B>Hi</v>\n");
        assertEquals(List.of("A", "B"), two.tiers().stream().map(Tier::speaker).toList());
        assertEquals(List.of("0-1000 cues: Hello", "0-1000 cues: Hi"), Text.told(two));
        assertEquals(" ", text("<v A></v> <v B></v>"));
    }

    @Test
    void theHeaderOfVideoSitesIsReadAndGivesTheLanguage() throws Exception {
        var read = Text.read(Format.WEBVTT, "WEBVTT\nKind: captions\nLanguage: vi\n\n00:00.000 --> 00:01.000\nChào\n");
        assertEquals("vi", read.tiers().get(0).language());
        assertEquals("captions", read.tiers().get(0).attributes().get("Kind"));
    }

    @Test
    void commentsStylesAndRegionsAreNoCues() throws Exception {
        var read = Text.read(
                Format.WEBVTT,
                "WEBVTT\n\nNOTE\nof no\nimport\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:1\n\nid\n00:00.000 --> 00:01.000 region:1\na\n\nNOTE b\n");
        assertEquals(List.of("0-1000 cues: a"), Text.told(read));
    }

    @Test
    void aCueEndsWhereTheNextTimingStandsInIt() throws Exception {
        var read = Text.read(
                Format.WEBVTT,
                "WEBVTT\n\n00:00.000 --> 00:01.000\na\nb\n00:01.000 --> 00:02.000\nc\n\n00:02 --> 00:03\nd\n");
        assertEquals(List.of("0-1000 cues: a\nb", "1000-2000 cues: c"), Text.told(read));
        assertEquals(1, read.warnings().size());
        assertTrue(
                read.warnings().get(0).startsWith("line 9: '00:02 --> 00:03' is no timing"),
                read.warnings().get(0));
    }

    @Test
    void aCueThatEndsBeforeItBeginsIsAPointAndHoursHaveNoEnd() throws Exception {
        var read = Text.read(
                Format.WEBVTT,
                "WEBVTT\n\n00:05.000 --> 00:01.000\na\n\n9999999999999999999999:00:00.000 --> 9999999999999999999999:00:00.001\nb\n");
        assertEquals(new Span(5000, 5000, true), read.segments().get(0).span().orElseThrow());
        assertTrue(read.segments().get(1).span().orElseThrow().start() > 0);
    }

    @Test
    void bytesThatAreNotUtf8AreMarkedAndUtf16IsKnownByItsMark() throws Exception {
        var damaged = Text.read(
                Format.WEBVTT,
                "WEBVTT\n\n00:00.000 --> 00:01.000\n\u00E9t\u00E9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(List.of("\uFFFDt\uFFFD"), Text.texts(damaged));
        assertEquals(1, damaged.warnings().size());
        var wide = "\uFEFFWEBVTT\n\n00:00.000 --> 00:01.000\nꪀꪱ\n";
        assertEquals(List.of("ꪀꪱ"), Text.texts(Text.read(Format.WEBVTT, wide.getBytes(StandardCharsets.UTF_16LE))));
        assertEquals(List.of("ꪀꪱ"), Text.texts(Text.read(Format.WEBVTT, wide.getBytes(StandardCharsets.UTF_16BE))));
    }
}
