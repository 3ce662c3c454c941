package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As Praat's manual describes it, "TextGrid file formats", and as Praat's own reader does where the manual is short. */
class TextGridReaderTest {
    private static final String LONG =
            """
            File type = "ooTextFile"
            Object class = "TextGrid"

            xmin = 0
            xmax = 2.3
            tiers? <exists>
            size = 2
            item []:
                item [1]:
                    class = "IntervalTier"
                    name = "Mary"
                    xmin = 0
                    xmax = 2.3
                    intervals: size = 2
                    intervals [1]:
                        xmin = 0
                        xmax = 1.2345
                        text = "a ""quoted"" ꪼꪕ"
                    intervals [2]:
                        xmin = 1.2345
                        xmax = 2.3
                        text = ""
                item [2]:
                    class = "TextTier"
                    name = "bell"
                    xmin = 0
                    xmax = 2.3
                    points: size = 1
                    points [1]:
                        number = 0.7
                        mark = "dïng"
            """;

    private static final List<String> SAID =
            List.of("0-1235 Mary: a \"quoted\" ꪼꪕ", "1235-2300 Mary: ", "700-700 bell: dïng");

    @Test
    void theLongTheShortAndTheFreeFormAreOne() throws Exception {
        assertEquals(SAID, Told.segments(read(LONG)));
        assertEquals(
                SAID,
                Told.segments(
                        read(
                                """
                File type = "ooTextFile short"
                "TextGrid"

                0
                2.3
                <exists>
                2
                "IntervalTier"
                "Mary"
                0
                2.3
                2
                0
                1.2345
                "a ""quoted"" ꪼꪕ"
                1.2345
                2.3
                ""
                "TextTier"
                "bell"
                0
                2.3
                1
                0.7
                "dïng"
                """)));
        assertEquals(
                SAID,
                Told.segments(
                        read(
                                """
                "ooTextFile"
                "TextGrid" 0 2.3 ! from 0 to "2.3" seconds
                <exists> 2 tiers ! and "this" 3 is a <comment> too
                "IntervalTier" named "Mary" from 0s to +2.3 seconds, 2 intervals [7]
                0 1.2345s "a ""quoted"" ꪼꪕ" 123.45% 23/10 "" (3)
                "TextTier" "bell" -0 230e-2 1 0.7 "dïng"
                """)));
    }

    @Test
    void theChronologicalFormHasNoCounts() throws Exception {
        assertEquals(
                List.of("0-1235 Mary: a \"quoted\" ꪼꪕ", "700-700 bell: dïng", "1235-2300 Mary: "),
                Told.segments(
                        read(
                                """
                        "Praat chronological TextGrid text file"
                        0 2.3   ! Time domain.
                        2   ! Number of tiers.
                        "IntervalTier" "Mary" 0 2.3
                        "TextTier" "bell" 0 2.3

                        ! Mary:
                        1 0 1.2345
                        "a ""quoted"" ꪼꪕ"

                        ! bell:
                        2 0.7
                        "dïng"

                        ! Mary:
                        1 1.2345 2.3
                        ""
                        """)));
    }

    @Test
    void everyEncodingAndEveryLineEndSaysTheSame() throws Exception {
        for (var end : List.of("\n", "\r\n", "\r")) {
            var text = LONG.replace("\n", end);
            assertEquals(SAID, Told.segments(read(text)), end);
            assertEquals(SAID, Told.segments(read("\uFEFF" + text)), end);
            for (var utf16 : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE))
                assertEquals(SAID, Told.segments(read(("\uFEFF" + text).getBytes(utf16))), end + utf16);
        }
        var latin = read(LONG.replace("ꪼꪕ", "“é”").getBytes(Charset.forName("windows-1252")));
        assertEquals(List.of("a \"quoted\" “é”", "dïng"), Told.texts(latin));
        assertEquals(1, latin.warnings().size());
        assertTrue(
                latin.warnings().get(0).startsWith("line 18: no UTF-8"),
                latin.warnings().get(0));
    }

    @Test
    void lettersBeyondSixteenBitsSurviveWhereverTheBlockOfTheReaderEnds() throws Exception {
        for (int shift = 0; shift < 3; shift++) {
            var label = " ".repeat(shift) + "𞄀𞄂".repeat(5000);
            var bytes = ("\uFEFF" + LONG.replace("dïng", label)).getBytes(StandardCharsets.UTF_16BE);
            assertEquals(label, read(bytes).segments().get(2).text());
        }
    }

    @Test
    void aLabelMayHaveLines() throws Exception {
        for (var end : List.of("\n", "\r\n", "\r"))
            assertEquals(
                    "one\ntwo! <three>",
                    read(LONG.replace("dïng", "one" + end + "two! <three>"))
                            .segments()
                            .get(2)
                            .text());
    }

    @Test
    void theBinaryFormHasItsOwnStrings() throws Exception {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeBytes("ooBinaryFile\bTextGrid");
        out.writeDouble(0);
        out.writeDouble(2.3);
        out.writeByte(1);
        out.writeInt(2);
        out.writeBytes("\fIntervalTier");
        out.writeShort(4);
        out.writeBytes("Mary");
        out.writeDouble(0);
        out.writeDouble(2.3);
        out.writeInt(2);
        out.writeDouble(0);
        out.writeDouble(1.2345);
        var wide = "a \"quoted\" ꪼꪕ";
        out.writeShort(0xFFFF);
        out.writeShort(wide.length());
        out.writeChars(wide);
        out.writeDouble(1.2345);
        out.writeDouble(2.3);
        out.writeShort(0);
        out.writeBytes("\bTextTier");
        out.writeShort(4);
        out.writeBytes("bell");
        out.writeDouble(0);
        out.writeDouble(2.3);
        out.writeInt(1);
        out.writeDouble(0.7);
        out.writeShort(4);
        out.write("dïng".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(SAID, Told.segments(read(bytes.toByteArray())));
        for (int length = 12; length < bytes.size(); length++) {
            var cut = java.util.Arrays.copyOf(bytes.toByteArray(), length);
            assertThrows(TranscriptException.class, () -> read(cut), "cut at " + length);
        }
    }

    @Test
    void aCountThatDoesNotHoldIsRefusedWithItsLine() {
        assertRefused(
                LONG.replace("intervals: size = 2", "intervals: size = 3"),
                "line 24: want interval or point 3 of 3 of tier 1, found a string");
        assertRefused(
                LONG.replace("intervals: size = 2", "intervals: size = 1"),
                "line 20: want the class, name, beginning, end and size of tier 2, found a number");
        assertRefused(
                LONG.replace("points: size = 1", "points: size = 2"),
                "line 32: want interval or point 2 of 2 of tier 2, found the end of the file");
        assertRefused(LONG.replace("points: size = 1", "points: size = 0"), "found a number");
        assertRefused(LONG.replace("\nsize = 2", "\nsize = 3"), "line 32: want the class");
        assertRefused(LONG.replace("points: size = 1", "points: size = -1"), "-1 intervals or points");
        assertRefused(LONG.replace("points: size = 1", "points: size = 2000000000"), "more than 1000000 intervals");
        assertRefused(LONG.replace("\nsize = 2", "\nsize = 2001"), "2001 tiers, of which at most 2000 are read");
    }

    @Test
    void whatIsNoTextGridIsRefused() {
        assertRefused("", "line 1: want a Praat text file of class TextGrid, found the end of the file");
        assertRefused("hello 1", "found a number");
        assertRefused("File type = \"ooTextFile\"\nObject class = \"Sound 2\"\n", "found 'Sound 2'");
        assertRefused(
                LONG.replace("\"dïng\"", "\"d\"ing\""),
                "line 31: want interval or point 1 of 1 of tier 2, found a quote");
        assertRefused(LONG.replace("\"dïng\"", "\"ding"), "the string that begins on line 31");
        assertRefused(LONG.replace("TextTier", "PitchTier"), "found PitchTier");
    }

    @Test
    void aTierMaySayThatItIsNotThere() throws Exception {
        assertEquals(List.of(), read("\"ooTextFile\" \"TextGrid\" 0 1 <absent>").tiers());
    }

    @Test
    void aTimeOutsideOfARecordingIsNone() throws Exception {
        var read = read(LONG.replace("number = 0.7", "number = -0.7").replace("xmax = 1.2345", "xmax = --undefined--"));
        assertEquals(List.of("Mary: a \"quoted\" ꪼꪕ", "1235-2300 Mary: ", "bell: dïng"), Told.segments(read));
        assertEquals(2, read.warnings().size());
        assertEquals(
                "1300-1300 bell: dïng",
                Told.segments(read(LONG.replace("number = 0.7", "number = 1.2999999999999999999")))
                        .get(2));
        var backwards = read(LONG.replace("xmin = 1.2345", "xmin = 2.4"));
        assertEquals("Mary: ", Told.segments(backwards).get(1));
    }

    @Test
    void aTierIsNamedAsItIs() throws Exception {
        var tier =
                read(LONG.replace("\"Mary\"", "\"\"\"words\"\" @Lo\"")).tiers().get(0);
        assertEquals("\"words\" @Lo", tier.name());
        assertEquals(Role.WORD, tier.role());
        assertEquals("{class=IntervalTier, xmin=0, xmax=2.3}", tier.attributes().toString());
    }

    private static void assertRefused(String text, String why) {
        var refused = assertThrows(TranscriptException.class, () -> read(text));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    private static Transcript read(String text) throws TranscriptException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Transcript read(byte[] bytes) throws TranscriptException {
        return TextGridReader.read(new ByteArrayInputStream(bytes), Limits.USUAL);
    }
}
