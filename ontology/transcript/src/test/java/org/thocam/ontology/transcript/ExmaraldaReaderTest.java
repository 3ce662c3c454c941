package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExmaraldaReaderTest {
    private static final String TIMELINE = "<common-timeline><tli id='T0' time='0.0'/><tli id='T1'/><tli id='T2'/>"
            + "<tli id='T3' time='3.0' type='appl'/><tli id='T4'/></common-timeline>";

    @Test
    void pointsWithoutATimeAreSpreadBetweenTheOthers() throws Exception {
        var read = read(TIMELINE + "<tier id='TIE0' speaker='S' category='v' type='t' display-name='A [v]'>"
                + "<event start='T0' end='T1'>cô <ud-information attribute-name='x'>not said</ud-information>gái</event>"
                + "<event start='T1' end='T2'>hát</event><event start='T3' end='T4'>then</event></tier>");
        assertEquals(
                List.of("0-1000~ TIE0 A [v]: cô gái", "1000-2000~ TIE0 A [v]: hát", "TIE0 A [v]: then"),
                Told.segments(read));
        assertEquals(Role.TRANSCRIPTION, read.tiers().get(0).role());
        assertEquals("Lo", read.tiers().get(0).speaker());
        assertEquals("blt", read.tiers().get(0).language());
        assertEquals(List.of(new Medium("then 1.wav", "", 0)), read.media());
    }

    @Test
    void anAnnotationHangsOnTheEventThatItLiesIn() throws Exception {
        var read = read(TIMELINE + "<tier id='TIE1' speaker='S' category='pos' type='a' display-name='pos'>"
                + "<event start='T0' end='T1'>N</event><event start='T1' end='T2'>V</event>"
                + "<event start='T0' end='T3'>both</event></tier>"
                + "<tier id='TIE0' speaker='S' category='v' type='t'><event start='T0' end='T2'>one</event></tier>");
        assertEquals(
                List.of(
                        "0-1000~ TIE1 pos: N < one",
                        "1000-2000~ TIE1 pos: V < one",
                        "0-3000 TIE1 pos: both",
                        "0-2000~ TIE0: one"),
                Told.tree(read));
        assertEquals(Role.PART_OF_SPEECH, read.tiers().get(0).role());
    }

    @Test
    void whatIsWrongIsToldAndTheRestIsRead() throws Exception {
        var read = read(TIMELINE + "<tier id='TIE0' speaker='Q' category='v' type='t'>"
                + "<event start='T3' end='T0'>backwards</event><event start='T0' end='T9'>nowhere</event>"
                + "<pause/></tier><event start='T0' end='T1'>in no tier</event>");
        assertEquals(List.of("TIE0: backwards", "TIE0: nowhere"), Told.segments(read));
        var warnings = String.join("\n", read.warnings());
        for (var told : List.of(
                "ends at 0 ms, before it begins at 3000 ms",
                "end T9 is no point of the timeline",
                "pause",
                "an event in no tier",
                "speaker Q is not in the table")) assertTrue(warnings.contains(told), warnings);
    }

    private static Transcript read(String body) throws TranscriptException {
        var document = "<basic-transcription><head><meta-information><referenced-file url='file:/C:/x/then%201.wav'/>"
                + "<referenced-file url=''/></meta-information><speakertable><speaker id='S'><abbreviation>Lo</abbreviation>"
                + "<languages-used><language lang='blt'/></languages-used><l1><language lang='vie'/></l1></speaker>"
                + "</speakertable></head><basic-body>" + body + "</basic-body></basic-transcription>";
        return ExmaraldaReader.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), Limits.USUAL);
    }
}
