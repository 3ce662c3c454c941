package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatReaderTest {
    private static final String HEAD =
            "@UTF8\n@Begin\n@Languages:\tvie, eng\n@Participants:\tCHI Lan Target_Child, MOT Mother\n"
                    + "@ID:\tvie|corpus|CHI|3;00.||||Target_Child|||\n@Media:\tlan01, audio\n";

    private static Transcript read(String lines) throws TranscriptException {
        return Text.read(Format.CHAT, HEAD + lines + "@End\n");
    }

    @Test
    void aDependentLineHangsOnTheMainLineAndHasItsTime() throws Exception {
        var read = read(
                "*CHI:\tmẹ ơi . \u0015100_900\u0015\n%com:\tpoints at \u00155_6\u0015 the door\n*MOT:\tơi !\n%eng:\tyes!\n");
        assertEquals(
                List.of("100-900 *CHI: mẹ ơi .", "100-900 %com: points at the door", "*MOT: ơi !", "%eng: yes!"),
                Text.told(read));
        assertEquals(Optional.of(0), read.segments().get(1).parent());
        assertEquals(Optional.of(2), read.segments().get(3).parent());
        assertEquals("Lan", read.tiers().get(0).speaker());
        assertEquals("vie", read.tiers().get(0).language());
        assertEquals(Optional.of(0), read.tiers().get(1).parent());
        assertEquals("MOT", read.tiers().get(2).speaker());
        assertEquals("eng", read.tiers().get(3).language());
        assertEquals(List.of(new Medium("lan01", "audio", 0)), read.media());
        assertEquals(List.of(), read.warnings());
    }

    @Test
    void aLineGoesOnBehindATabAndSeveralBulletsAreOneTime() throws Exception {
        assertEquals(
                List.of("100-900 *CHI: one two three ."),
                Text.told(read("*CHI:\tone \u0015100_300\u0015 two\n\tthree . \u0015700_900\u0015\n")));
    }

    @Test
    void theWordsOfWorHaveTheirOwnTimes() throws Exception {
        var read = read("*CHI:\ta b . \u0015100_900\u0015\n%wor:\ta \u0015100_300\u0015 b \u0015300_900\u0015 .\n");
        assertEquals(
                List.of(
                        "100-900 *CHI: a b .",
                        "100-900 %wor: a b .",
                        "100-300 %wor: a",
                        "300-900 %wor: b",
                        "100-900 %wor: ."),
                Text.told(read));
        assertEquals("word", read.tiers().get(2).attributes().get("unit"));
        assertEquals(Optional.of(1), read.segments().get(2).parent());
    }

    @Test
    void overlapMarksAreTakenOutOfWordsAndAnotherLanguageIsAnotherTier() throws Exception {
        var read = read("*CHI:\t⌈2 o⌉2kay ⌊yes⌋ .\n*CHI:\t[- eng] hello .\n");
        assertEquals(List.of("*CHI: okay yes .", "*CHI: hello ."), Text.told(read));
        assertEquals(
                List.of("vie", "eng"), read.tiers().stream().map(Tier::language).toList());
    }

    @Test
    void oldBulletsNameTheirRecordingAndPicturesHaveNoTime() throws Exception {
        var read = read(
                "*CHI:\ta . \u0015%snd:\"C:\\lan\\lan02.wav\"_10_20\u0015\n%com:\tpic \u0015%pic:\"a.jpg\"\u0015\n");
        assertEquals(List.of("10-20 *CHI: a .", "10-20 %com: pic"), Text.told(read));
        assertEquals("lan02.wav", read.media().get(1).name());
    }

    @Test
    void whatIsWrongIsReadAndSaid() throws Exception {
        var read = Text.read(
                Format.CHAT,
                "@Begin\n%com:\tearly\n*CHI:\tback \u0015900_100\u0015\nno tab\n*MOT\n*CHI:\topen \u001512");
        assertEquals(List.of("%com: early", "900-900 *CHI: back no tab", "*MOT: ", "*CHI: open 12"), Text.told(read));
        assertEquals(6, read.warnings().size(), read.warnings().toString());
        assertTrue(read.warnings().get(5).contains("no @End"));
    }

    @Test
    void anAddressOfARecordingIsItsFileName() throws Exception {
        var read = Text.read(Format.CHAT, "@Begin\n@Media:\t\"https://example.org/a/b.mp3\", video, missing\n@End\n");
        assertEquals(List.of(new Medium("b.mp3", "video", 0)), read.media());
    }

    @Test
    void anotherTextIsRefused() {
        for (var text : List.of("", "hello", "@article{a}", "\n\n"))
            assertThrows(TranscriptException.class, () -> Text.read(Format.CHAT, text), text);
    }
}
