package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToolboxReaderTest {
    private static List<String> words(Transcript read) {
        return read.segments().stream()
                .filter(segment -> read.tiers().get(segment.tier()).attributes().containsKey("unit"))
                .map(segment -> read.tiers().get(segment.tier()).name() + " " + segment.text() + " < "
                        + read.segments().get(segment.parent().orElseThrow()).text())
                .toList();
    }

    @Test
    void aFieldGoesOnWhereTheNextLineHasNoMarkerAndHangsOnItsRecord() throws Exception {
        var read = Text.read(
                Format.TOOLBOX,
                "\\_sh v3.0  400  Text\n\n\\id A\n\\ref A.1\n\\tx one two\nthree\n\\nt\n\\id B\n\\ref B.1\n");
        assertEquals(List.of("id: A", "ref: A.1", "tx: one two three", "nt: ", "id: B", "ref: B.1"), Text.told(read));
        assertEquals(
                List.of(
                        Optional.empty(),
                        Optional.of(0),
                        Optional.of(1),
                        Optional.of(1),
                        Optional.empty(),
                        Optional.of(4)),
                read.segments().stream().map(Segment::parent).toList());
    }

    @Test
    void rowsAreCutByBytesWhereLettersDoNotAgree() throws Exception {
        // ꪀꪱ has 6 bytes: the columns of the second row are those of bytes
        var read =
                Text.read(Format.TOOLBOX, "\\ref 1\n\\tx ꪀꪱ ꪢꪱ\n\\mb ꪀꪱ ꪢꪱ\n\\ge go     come\n\\ft they go and come\n");
        assertEquals(
                List.of("tx ꪀꪱ < ꪀꪱ ꪢꪱ", "tx ꪢꪱ < ꪀꪱ ꪢꪱ", "mb ꪀꪱ < ꪀꪱ", "mb ꪢꪱ < ꪢꪱ", "ge go < ꪀꪱ", "ge come < ꪢꪱ"),
                words(read));
    }

    @Test
    void rowsAreCutByLettersWhereBytesDoNotAgree() throws Exception {
        var read = Text.read(Format.TOOLBOX, "\\ref 1\n\\tx ʔãʔã    ka\n\\mb ʔã  -ʔã ka\n\\ge dog -PL go\n");
        assertEquals(
                List.of(
                        "tx ʔãʔã < ʔãʔã ka",
                        "tx ka < ʔãʔã ka",
                        "mb ʔã < ʔãʔã",
                        "mb -ʔã < ʔãʔã",
                        "mb ka < ka",
                        "ge dog < ʔã",
                        "ge -PL < -ʔã",
                        "ge go < ka"),
                words(read));
    }

    @Test
    void aGlossOfTwoWordsIsOne() throws Exception {
        var read = Text.read(
                Format.TOOLBOX,
                "\\ref 1\n\\tx bun        ka\n\\mb b-   u     ka\n\\ge III- do, x go\n\\ps aff- v     v\n");
        assertTrue(words(read).contains("ge do, x < u"), words(read).toString());
        assertTrue(words(read).contains("ps v < do, x"), words(read).toString());
    }

    @Test
    void aGlossOfWordsBelowMorphemesHangsOnTheWord() throws Exception {
        var read = Text.read(
                Format.TOOLBOX,
                "\\ref 1\n\\tx dogs   ran     cats\n\\mb dog -s run -ed cat -s\n\\wg canes  currunt feles\n");
        assertTrue(words(read).contains("wg currunt < ran"), words(read).toString());
    }

    @Test
    void rowsThatDoNotBreakTogetherStayWhole() throws Exception {
        var read = Text.read(
                Format.TOOLBOX,
                "\\ref 1\n\\tx aaa   bbb\n\\ge one   two\n\\ref 2\n\\tx aaa   bbb\n\\ge onelong two\n\\ref 3\n\\tx aaa   bbb\n\\ge one   two\n");
        assertEquals(8, words(read).size());
        assertTrue(Text.texts(read).contains("onelong two"));
        assertEquals(1, read.warnings().size());
    }

    @Test
    void proseUnderProseIsNotCut() throws Exception {
        assertEquals(
                List.of(),
                words(Text.read(Format.TOOLBOX, "\\lx a word\n\\ge a gloss\n\\de my text\n\n\\lx b\n\\ge c\n")));
    }

    @Test
    void timesAreThoseOfElanOrOfTheSoundOrOfTheReference() throws Exception {
        assertEquals(
                new Span(1235, 62500),
                Text.read(
                                Format.TOOLBOX,
                                "\\ref 1\n\\tx a\n\\ELANBegin 1.2345\n\\ELANEnd 0:01:02.5\n\\ELANParticipant Hoa\n")
                        .segments()
                        .get(1)
                        .span()
                        .orElseThrow());
        var sound = Text.read(Format.TOOLBOX, "\\ref 1\n\\aud C:\\my\\a.wav 1.5 2\n\\tx a\n");
        assertEquals(new Span(1500, 2000), sound.segments().get(2).span().orElseThrow());
        assertEquals(List.of(new Medium("a.wav", "", 0)), sound.media());
        var clock = Text.read(Format.TOOLBOX, "\\id x\n\\ref 0:00:01.5\n\\tx a\n\\id x\n\\ref 0:00:04.0\n\\tx b\n");
        assertEquals(
                List.of(
                        "id: x",
                        "1500-4000 ref: 0:00:01.5",
                        "1500-4000 tx: a",
                        "id: x",
                        "4000-4000 ref: 0:00:04.0",
                        "4000-4000 tx: b"),
                Text.told(clock));
        assertTrue(clock.segments().get(1).span().orElseThrow().derived());
        // one that is no time says that none is
        assertEquals(
                Optional.empty(),
                Text.read(Format.TOOLBOX, "\\ref 0:00:01\n\\ref A\n")
                        .segments()
                        .get(0)
                        .span());
    }

    @Test
    void badBytesAreMarkedByLineAndAnOldFileIsReadInItsCodePage() throws Exception {
        var mixed = "\\tx ʔãʔã\n\\tx caf\u0001\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < mixed.length; i++) if (mixed[i] == 1) mixed[i] = (byte) 0xE9;
        var read = Text.read(Format.TOOLBOX, mixed);
        assertEquals(List.of("tx: ʔãʔã", "tx: caf\uFFFD"), Text.told(read));
        assertTrue(read.warnings().get(0).startsWith("line 2 "), read.warnings().get(0));
        var old = "\\tx caf\u00E9\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertEquals(List.of("tx: café"), Text.told(Text.read(Format.TOOLBOX, old)));
    }

    @Test
    void aTextWithoutMarkersIsRefused() {
        for (var text : List.of("", "hello\n", "\\ a\n", "\\_sh v3.0 400 Text\n"))
            assertThrows(TranscriptException.class, () -> Text.read(Format.TOOLBOX, text), text);
    }
}
