package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SrtReaderTest {
    private static List<String> told(String text) throws TranscriptException {
        return Text.told(Text.read(Format.SRT, text));
    }

    @Test
    void numbersMayBeMissingOrWrongAndEmptyLinesTooMany() throws Exception {
        assertEquals(
                List.of("0-1000 cues: a", "1000-2000 cues: b\nc", "500-2500 cues: 1975"),
                told(
                        "00:00:00,000 --> 00:00:01,000\na\n\n\n7\n0:0:1.000 --> 0:0:2.000\nb\nc\n00:00:00,500 --> 00:00:02,500\n1975"));
        assertEquals(
                List.of("0-1000 cues: a", "1000-2000 cues: b"),
                told("1\n00:00:00,000 --> 00:00:01,000\na\n2\n00:00:01,000 --> 00:00:02,000\nb\n\n3\n"));
    }

    @Test
    void whereEveryOtherLineIsEmptyTheNumberThatIsDueIsNoText() throws Exception {
        var read = Text.read(
                Format.SRT,
                "1\n\n00:00:00,000 --> 00:00:01,000\n\na\n\n2\n\n00:00:01,000 --> 00:00:02,000\n\nb\n\n1975\n\n00:00:02,000 --> 00:00:03,000\n\nc\n");
        assertEquals(List.of("0-1000 cues: a", "1000-2000 cues: b\n1975", "2000-3000 cues: c"), Text.told(read));
    }

    @Test
    void aTextGoesOnOverAnEmptyLine() throws Exception {
        var read = Text.read(
                Format.SRT, "1\n00:00:00,000 --> 00:00:01,000\na\n\nb\n\n2\n00:00:01,000 --> 00:00:02,000\n\n");
        assertEquals(List.of("0-1000 cues: a\nb", "1000-2000 cues: "), Text.told(read));
        assertEquals(1, read.warnings().size());
    }

    @Test
    void tagsAndPlacesAreTakenOffAndOtherBracketsStay() throws Exception {
        assertEquals(
                List.of("0-1000 cues: a b\nc < d <e> & &lt; {f}"),
                told("1\n00:00:00,000 --> 00:00:01,000  X1:40 X2:600 Y1:20 Y2:50\n{\\an8}<I>a</I> "
                        + "<font color=\"#fff\">b</font><br/>c < d <e> & &lt; {f}\n"));
    }

    @Test
    void aTimeThatRunsBackwardsIsAPoint() throws Exception {
        assertEquals(List.of("2000-2000 cues: a"), told("00:00:02,000 --> 00:00:01,000\na\n"));
    }

    @Test
    void vietnameseOfWindowsIsReadAndOtherLatinToo() throws Exception {
        var text = "1\n00:00:00,000 --> 00:00:01,000\nNgười già nhớ lời khấn trong lễ cầu mưa.\n";
        var apart = Normalizer.normalize(text, Normalizer.Form.NFD)
                // the code page has the letters whole and the tones apart
                .replace("o\u031B", "ơ")
                .replace("u\u031B", "ư")
                .replace("a\u0302", "â")
                .replace("e\u0302", "ê");
        var vietnamese = Text.read(Format.SRT, apart.getBytes(Charset.forName("windows-1258")));
        assertEquals(List.of("Người già nhớ lời khấn trong lễ cầu mưa."), Text.texts(vietnamese));
        assertTrue(
                vietnamese.warnings().get(0).contains("windows-1258"),
                vietnamese.warnings().get(0));
        var french = Text.read(
                Format.SRT,
                "1\n00:00:00,000 --> 00:00:01,000\nL’été à Orléans\n".getBytes(Charset.forName("windows-1252")));
        assertEquals(List.of("L’été à Orléans"), Text.texts(french));
    }

    @Test
    void oneBadByteInUtf8IsMarkedAndHarmsNoOtherLine() throws Exception {
        var bytes = "1\n00:00:00,000 --> 00:00:01,000\nngười già ?\n".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 2] = (byte) 0xFF;
        assertEquals(List.of("người già \uFFFD"), Text.texts(Text.read(Format.SRT, bytes)));
    }

    @Test
    void aTextWithoutTimesIsRefused() {
        for (var text : List.of("", "1\n2\n3\n", "hello", "00:00 --> 00:01\na"))
            assertThrows(TranscriptException.class, () -> Text.read(Format.SRT, text), text);
    }
}
