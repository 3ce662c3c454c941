package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;

class WritersTest {
    private static Transcript transcript(String speaker, List<Segment> segments) {
        var tiers = List.of(
                new Tier("tx", Role.TRANSCRIPTION, Optional.empty(), speaker, "blt-Tavt", Map.of()),
                new Tier("=ft", Role.TRANSLATION, Optional.of(0), "", "vi", Map.of()));
        return new Transcript(Format.EAF, List.of(), tiers, segments, List.of());
    }

    private static Segment segment(long start, long end, String text) {
        return new Segment(0, Optional.of(new Span(start, end)), text, Optional.empty(), "line 1");
    }

    private static String vtt(Transcript transcript) throws Exception {
        var to = new StringWriter();
        WebVttWriter.write(transcript, 0, to);
        return to.toString();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        var texts = List.of(
                "ꪒꪱꪫ ꪹꪣꪉ ꪵꪖꪉ",
                "ꨌꩌ ꨀꨣꨩ",
                "ភាសាខ្មែរ",
                "Người già nhớ lời khấn trong lễ cầu mưa.",
                "an arrow --> and another-->",
                "&lt; &amp; <v Hoa>not a voice</v> <c.x>",
                "two\nlines",
                "\u200Eleft to right\u200F \u00A0",
                "WEBVTT",
                "NOTE no note",
                "00:00.000 --> 00:01.000",
                "&#10;&#0;",
                " a blank before and after ",
                "𝒜 beyond the first plane");
        var segments = new ArrayList<Segment>();
        for (int i = 0; i < texts.size(); i++) segments.add(segment(i * 1000L, i * 1000L + 900, texts.get(i)));
        for (var speaker : List.of("", "Hoa", "Mai & Anh > <b>", "ꪒꪱꪫ\n--> x")) {
            var read = Text.read(Format.WEBVTT, vtt(transcript(speaker, segments)));
            assertEquals(texts, Text.texts(read));
            assertEquals(
                    segments.stream().map(Segment::span).toList(),
                    read.segments().stream().map(Segment::span).toList());
            assertEquals(speaker.replaceAll("\\s+", " "), read.tiers().get(0).speaker());
            assertEquals(List.of(), read.warnings());
        }
    }

    @Test
    void whatACueCannotHoldIsMadeWhatItCan() throws Exception {
        var segments = List.of(
                segment(0, 1, "\n\none\r\n \n\rtwo\n"),
                segment(1, 2, "nul \0"),
                segment(2, 3, "half \uD800"),
                segment(3, 4, " \n "));
        assertEquals(
                List.of("one\ntwo", "nul \uFFFD", "half \uFFFD"),
                Text.texts(Text.read(Format.WEBVTT, vtt(transcript("", segments)))));
    }

    @Test
    void cuesAreSortedAndEndAfterTheyBeginAndWhatHasNoTimeIsLeftOut() throws Exception {
        var segments = List.of(
                segment(5_000, 6_000, "b"),
                new Segment(0, Optional.empty(), "no time", Optional.empty(), ""),
                new Segment(1, Optional.of(new Span(0, 1)), "other tier", Optional.of(0), ""),
                segment(1_000, 1_000, "a"),
                segment(360_000_000, 360_000_001, "c"));
        assertEquals(
                "WEBVTT\n\n00:00:01.000 --> 00:00:01.001\na\n\n00:00:05.000 --> 00:00:06.000\nb\n\n"
                        + "100:00:00.000 --> 100:00:00.001\nc\n",
                vtt(transcript("", segments)));
    }

    @Test
    void noPayloadHasAnArrowOrAnEmptyLine() throws Exception {
        var written = vtt(transcript("a-->b", List.of(segment(0, 1, "-->\n\n-->"), segment(1, 2, "--\n>"))));
        assertEquals(2, written.lines().filter(line -> line.contains("-->")).count());
        assertEquals(2, written.lines().filter(String::isEmpty).count());
    }

    @Test
    void theTableHasEverySegmentAndNoFormula() throws Exception {
        var texts = List.of(
                "=1+1",
                "+1",
                "-PST",
                "@SUM(A1)",
                "\t=1",
                " =1",
                "＝1",
                "a,b",
                "say \"a\"",
                "two\nlines",
                "nul \0",
                "ꪒꪱꪫ");
        var segments = new ArrayList<Segment>();
        for (var text : texts) segments.add(segment(0, 5, text));
        segments.add(new Segment(1, Optional.empty(), "free", Optional.of(0), ""));
        var to = new StringWriter();
        CsvWriter.write(transcript("=Hoa", segments), to);
        assertTrue(to.toString().startsWith("tier,role,speaker,language,start_ms,end_ms,derived,text,parent\r\n"));
        var rows = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(to.toString()))
                .getRecords();
        assertEquals(texts.size() + 1, rows.size());
        for (int i = 0; i < texts.size(); i++) {
            var text = rows.get(i).get("text");
            assertEquals(texts.get(i).replace('\0', '\uFFFD'), i < 7 ? text.substring(1) : text);
            assertFalse(text.matches("[\\s=+\\-@＝].*"), text);
        }
        assertEquals("'=Hoa", rows.get(0).get("speaker"));
        assertEquals(
                List.of("'=ft", "translation", "", "vi", "", "", "", "free", "1"),
                rows.get(texts.size()).toList());
    }
}
