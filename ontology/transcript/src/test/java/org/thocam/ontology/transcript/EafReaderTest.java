package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EafReaderTest {
    private static final String TYPES =
            """
            <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="main" TIME_ALIGNABLE="true"/>
            <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="parts" TIME_ALIGNABLE="true" CONSTRAINTS="Time_Subdivision"/>
            <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="pieces" TIME_ALIGNABLE="false" CONSTRAINTS="Symbolic_Subdivision"/>
            <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="one" TIME_ALIGNABLE="false" CONSTRAINTS="Symbolic_Association"/>
            """;

    @Test
    void aChildMayStandBeforeItsParentAndTypesStandAfterTiers() throws Exception {
        var read = read(slots(0, 1000)
                + "<TIER TIER_ID='gloss' PARENT_REF='line' LINGUISTIC_TYPE_REF='one'>" + ref("a2", "a1", "", "house")
                + "</TIER><TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>" + timed("a1", 1, 2, "hươn") + "</TIER>"
                + TYPES);
        assertEquals(List.of("0-1000 gloss: house < hươn", "0-1000 line: hươn"), Told.tree(read));
        assertEquals(Optional.of(1), read.tiers().get(0).parent());
        assertEquals(Role.GLOSS, read.tiers().get(0).role());
        assertEquals(Role.TRANSCRIPTION, read.tiers().get(1).role());
        assertEquals("Symbolic_Association", read.tiers().get(0).attributes().get("CONSTRAINTS"));
        assertEquals(List.of(), read.warnings());
    }

    @Test
    void referenceAnnotationsFollowEachOtherAsTheySayAndNotAsTheyStand() throws Exception {
        var read = read(slots(0, 1000, 2000)
                + "<TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>" + timed("a1", 1, 2, "A") + timed("a2", 2, 3, "B")
                + "</TIER><TIER TIER_ID='word' PARENT_REF='line' LINGUISTIC_TYPE_REF='pieces'>"
                + ref("a5", "a1", "a4", "3") + ref("a6", "a2", "", "4") + ref("a3", "a1", "", "1")
                + ref("a4", "a1", "a3", "2") + ref("a7", "a2", "a6", "5") + "</TIER>" + TYPES);
        assertEquals(
                List.of(
                        "0-1000 line: A",
                        "1000-2000 line: B",
                        "0-1000 word: 1 < A",
                        "1000-2000 word: 4 < B",
                        "0-1000 word: 2 < A",
                        "0-1000 word: 3 < A",
                        "1000-2000 word: 5 < B"),
                Told.tree(read));
    }

    @Test
    void aLineThatIsDividedWithoutTimesIsDividedEvenlyWhateverOthersDoMeanwhile() throws Exception {
        // the slots of another speaker stand between those of the words
        var read = read("<TIME_ORDER>" + slot(1, "1000") + slot(2, "") + slot(3, "1100") + slot(4, "") + slot(5, "1200")
                + slot(6, "4000") + "</TIME_ORDER><TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>"
                + timed("a1", 1, 6, "one two three") + "</TIER>"
                + "<TIER TIER_ID='word' PARENT_REF='line' LINGUISTIC_TYPE_REF='parts'>"
                + timed("a2", 1, 2, "one") + timed("a3", 2, 4, "two") + timed("a4", 4, 6, "three") + "</TIER>"
                + "<TIER TIER_ID='other' LINGUISTIC_TYPE_REF='main'>" + timed("a5", 3, 5, "mm") + "</TIER>"
                + TYPES);
        assertEquals(
                List.of(
                        "1000-4000 line: one two three",
                        "1000-2000~ word: one < one two three",
                        "2000-3000~ word: two < one two three",
                        "3000-4000~ word: three < one two three",
                        "1100-1200 other: mm"),
                Told.tree(read));
    }

    @Test
    void aSlotWithoutATimeAtTheEndOfTheFileHasNone() throws Exception {
        var read = read("<TIME_ORDER>" + slot(1, "1000") + slot(2, "") + "</TIME_ORDER>"
                + "<TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>" + timed("a1", 1, 2, "A") + "</TIER>" + TYPES);
        assertEquals(List.of("line: A"), Told.segments(read));
    }

    @Test
    void timesThatRunBackwardsAreNone() throws Exception {
        var read = read(slots(0, 1000) + "<TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>" + timed("a1", 2, 1, "A")
                + timed("a2", 1, 1, "point") + "</TIER>" + TYPES);
        assertEquals(List.of("line: A", "0-0 line: point"), Told.segments(read));
        assertEquals(
                List.of("a1: ends at 0 ms, before it begins at 1000 ms; it is kept without a time"), read.warnings());
    }

    @Test
    void aTimeThatIsNoUnsignedIntIsNone() throws Exception {
        for (var wrong : List.of("4294967296", "-1", "NaN", "soon", "1e300")) {
            var read = read("<TIME_ORDER>" + slot(1, "0") + slot(2, wrong) + "</TIME_ORDER>"
                    + "<TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>" + timed("a1", 1, 2, "A") + "</TIER>" + TYPES);
            assertEquals(List.of("line: A"), Told.segments(read), wrong);
            assertTrue(read.warnings().get(0).startsWith("TIME_SLOT ts2: TIME_VALUE " + wrong), wrong);
        }
        var last = read("<TIME_ORDER>" + slot(1, "000") + slot(2, "4294967295") + "</TIME_ORDER>"
                + "<TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>" + timed("a1", 1, 2, "A") + "</TIER>" + TYPES);
        assertEquals(List.of("0-4294967295 line: A"), Told.segments(last));
    }

    @Test
    void framesBecomeMilliseconds() throws Exception {
        var tier = "<TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>" + timed("a1", 1, 2, "A") + "</TIER>" + TYPES;
        assertEquals(
                List.of("40-1000 line: A"),
                Told.segments(read("<HEADER TIME_UNITS='PAL-frames'/>" + slots(1, 25) + tier)));
        assertEquals(
                List.of("33-1001 line: A"),
                Told.segments(read("<HEADER TIME_UNITS='NTSC-frames'/>" + slots(1, 30) + tier)));
    }

    @Test
    void ofARecordingItsFileIsNamedAndNotSomebodysFolders() throws Exception {
        var read = read("<HEADER MEDIA_FILE=''>"
                + "<MEDIA_DESCRIPTOR MEDIA_URL='file:///C:/Users/Lo%20Thi%20Hoa/then.wav' MIME_TYPE='audio/x-wav'/>"
                + "<MEDIA_DESCRIPTOR MEDIA_URL='file:///x/y.mp4' RELATIVE_MEDIA_URL='./v%C3%A1n%20th%C3%A9n.mp4'"
                + " MIME_TYPE='video/mp4' TIME_ORIGIN='2500' EXTRACTED_FROM='z'/>"
                + "<MEDIA_DESCRIPTOR MEDIA_URL='D:\\rec\\100%.wav' MIME_TYPE='unknown' TIME_ORIGIN='late'/></HEADER>"
                + slots());
        assertEquals(
                List.of(
                        new Medium("then.wav", "audio/x-wav", 0),
                        new Medium("ván thén.mp4", "video/mp4", 2500),
                        new Medium("100%.wav", "", 0)),
                read.media());
    }

    @Test
    void aLanguageIsThatOfTheTierAndNotItsKeyboard() throws Exception {
        var read = read(slots()
                + "<TIER TIER_ID='1' LINGUISTIC_TYPE_REF='main' LANG_REF='a'/>"
                + "<TIER TIER_ID='2' LINGUISTIC_TYPE_REF='main' LANG_REF='blt'/>"
                + "<TIER TIER_ID='3' LINGUISTIC_TYPE_REF='main' DEFAULT_LOCALE='us'/>"
                + "<TIER TIER_ID='4' LINGUISTIC_TYPE_REF='main' LANG_REF='gone' PARTICIPANT='Hoa'/>"
                + TYPES + "<LOCALE LANGUAGE_CODE='us' COUNTRY_CODE='EN'/>"
                + "<LANGUAGE LANG_ID='a' LANG_DEF='ctm-x-swadesh' LANG_LABEL='Chitimacha'/>"
                + "<LANGUAGE LANG_ID='blt' LANG_DEF='http://cdb.iso.org/lg/CDB-00131321-001'/>");
        assertEquals(
                List.of("ctm-x-swadesh", "blt", "", "gone"),
                read.tiers().stream().map(Tier::language).toList());
        assertEquals("us", read.tiers().get(2).attributes().get("DEFAULT_LOCALE"));
        assertEquals("Hoa", read.tiers().get(3).speaker());
    }

    @Test
    void theTextCountsWhateverTheVocabularySaysNow() throws Exception {
        var read = read(slots(0, 1, 2) + "<TIER TIER_ID='pos' LINGUISTIC_TYPE_REF='t'>"
                + "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a1' TIME_SLOT_REF1='ts1' TIME_SLOT_REF2='ts2' CVE_REF='e1'>"
                + "<ANNOTATION_VALUE>N</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
                + "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID='t' CONTROLLED_VOCABULARY_REF='c'/>"
                + "<CONTROLLED_VOCABULARY CV_ID='c'><CV_ENTRY_ML CVE_ID='e1'>"
                + "<CVE_VALUE LANG_REF='eng' DESCRIPTION='noun'>n</CVE_VALUE><CVE_VALUE LANG_REF='nld'>zn</CVE_VALUE>"
                + "</CV_ENTRY_ML></CONTROLLED_VOCABULARY>");
        assertEquals(List.of("0-1 pos: N"), Told.segments(read));
        assertEquals("n [eng]: noun\nzn [nld]", read.tiers().get(0).attributes().get("CONTROLLED_VOCABULARY"));
        assertEquals(1, read.warnings().size());
        var old = read(
                slots() + "<TIER TIER_ID='pos' LINGUISTIC_TYPE_REF='t'/>"
                        + "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID='t' CONTROLLED_VOCABULARY_REF='c'/>"
                        + "<CONTROLLED_VOCABULARY CV_ID='c' DESCRIPTION=''><CV_ENTRY DESCRIPTION='noun'>n</CV_ENTRY></CONTROLLED_VOCABULARY>");
        assertEquals("n: noun", old.tiers().get(0).attributes().get("CONTROLLED_VOCABULARY"));
    }

    @Test
    void whatHangsOnItselfLosesItsParent() throws Exception {
        var read = read(slots()
                + "<TIER TIER_ID='A' PARENT_REF='B' LINGUISTIC_TYPE_REF='one'>" + ref("a1", "a2", "", "x") + "</TIER>"
                + "<TIER TIER_ID='B' PARENT_REF='C' LINGUISTIC_TYPE_REF='one'>" + ref("a2", "a3", "", "y") + "</TIER>"
                + "<TIER TIER_ID='C' PARENT_REF='A' LINGUISTIC_TYPE_REF='one'>" + ref("a3", "a1", "", "z")
                + ref("a4", "a4", "a4", "itself") + "</TIER>" + TYPES);
        assertEquals(List.of("A: x", "B: y < z", "C: z < x", "C: itself"), Told.tree(read));
        assertEquals(
                List.of(Optional.empty(), Optional.of(2), Optional.of(0)),
                read.tiers().stream().map(Tier::parent).toList());
        assertTrue(read.warnings().contains("a1: hangs on itself, by what it refers to; it is kept without a parent"));
    }

    @Test
    void whatIsNamedWronglyIsToldAndTheRestIsRead() throws Exception {
        var read = read(slots(0, 1000) + "<TIER TIER_ID='line' LINGUISTIC_TYPE_REF='none' COLOUR='red'>"
                + timed("a1", 1, 9, "A") + ref("a2", "a8", "a9", "B") + timed("a1", 1, 2, "again")
                + "<ANNOTATION><ALIGNABLE_ANNOTATIO ANNOTATION_ID='a3' TIME_SLOT_REF1='ts1' TIME_SLOT_REF2='ts2'>"
                + "<VALUE>C</VALUE></ALIGNABLE_ANNOTATIO></ANNOTATION></TIER>"
                + "<TIER TIER_ID='line' PARENT_REF='nowhere' LINGUISTIC_TYPE_REF='main'/>" + TYPES);
        assertEquals(List.of("line: A", "line: B", "0-1000 line: again", "0-1000 line: C"), Told.segments(read));
        var warnings = String.join("\n", read.warnings());
        for (var told : List.of(
                "COLOUR of TIER",
                "a1: names a TIME_SLOT that the file does not have",
                "a2: its ANNOTATION_REF names no annotation",
                "a2: its PREVIOUS_ANNOTATION names no annotation",
                "a1: a second annotation with this id",
                "ALIGNABLE_ANNOTATIO",
                "VALUE",
                "a second tier line",
                "PARENT_REF nowhere is no tier",
                "LINGUISTIC_TYPE_REF none is no LINGUISTIC_TYPE"))
            assertTrue(warnings.contains(told), told + "\n" + warnings);
    }

    @Test
    void theEncodingIsWhatTheFileSaysOrShows() throws Exception {
        var text = document(slots(0, 1) + "<TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>" + timed("a1", 1, 2, "vê")
                + "</TIER>" + TYPES);
        var latin = text.replace("UTF-8", "ISO-8859-1").getBytes(StandardCharsets.ISO_8859_1);
        var wide = ("\uFEFF" + text.replace("UTF-8", "UTF-16")).getBytes(StandardCharsets.UTF_16LE);
        var marked = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
        for (var bytes : List.of(latin, wide, marked))
            assertEquals(
                    List.of("0-1 line: vê"),
                    Told.segments(EafReader.read(new ByteArrayInputStream(bytes), Limits.USUAL)));
        assertThrows(
                TranscriptException.class,
                () -> EafReader.read(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), Limits.USUAL));
    }

    @Test
    void whatIsNoElanFileIsRefusedWithTheReason() {
        assertRefused("", "no XML");
        assertRefused("hello", "no XML");
        assertRefused("<CV_RESOURCE/>", "want the element ANNOTATION_DOCUMENT, found CV_RESOURCE");
        assertRefused("<ANNOTATION_DOCUMENT><TIER TIER_ID='a'></ANNOTATION_DOCUMENT>", "line 1: no XML");
    }

    @Test
    void limitsHold() throws Exception {
        var document = document(slots(0, 1000)
                + "<TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>" + timed("a1", 1, 2, "hươn")
                + timed("a2", 1, 2, "hươn") + "</TIER><TIER TIER_ID='one' PARENT_REF='line' LINGUISTIC_TYPE_REF='one'>"
                + ref("a3", "a1", "", "x") + "</TIER>" + TYPES);
        assertEquals(3, read(document, new Limits(3, 10000, 2, 5, 9)).segments().size());
        for (var less : List.of(
                new Limits(2, 10000, 2, 5, 9),
                new Limits(3, 3, 2, 5, 9),
                new Limits(3, 10000, 1, 5, 9),
                new Limits(3, 10000, 2, 4, 9))) assertThrows(TranscriptException.class, () -> read(document, less));
        var wrong = document("<TIER TIER_ID='a'/>".repeat(20));
        assertEquals(5, read(wrong, new Limits(3, 10000, 20, 5, 5)).warnings().size());
        assertTrue(read(wrong, new Limits(3, 10000, 20, 5, 5)).warnings().get(4).matches("and \\d+ more"));
        assertEquals(List.of(), read(wrong, new Limits(3, 10000, 20, 5, 0)).warnings());
    }

    private static void assertRefused(String document, String why) {
        var refused = assertThrows(TranscriptException.class, () -> read(document, Limits.USUAL));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    private static Transcript read(String content) throws TranscriptException {
        return read(document(content), Limits.USUAL);
    }

    static String document(String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT AUTHOR='' DATE='2026-01-01T00:00:00Z' VERSION='3.0'>"
                + content + "</ANNOTATION_DOCUMENT>";
    }

    static Transcript read(String document, Limits limits) throws TranscriptException {
        return EafReader.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), limits);
    }

    static String slots(long... times) {
        var slots = new StringBuilder("<TIME_ORDER>");
        for (int i = 0; i < times.length; i++) slots.append(slot(i + 1, Long.toString(times[i])));
        return slots + "</TIME_ORDER>";
    }

    private static String slot(int number, String time) {
        return "<TIME_SLOT TIME_SLOT_ID='ts" + number + "'" + (time.isEmpty() ? "" : " TIME_VALUE='" + time + "'")
                + "/>";
    }

    static String timed(String id, int start, int end, String text) {
        return "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='" + id + "' TIME_SLOT_REF1='ts" + start
                + "' TIME_SLOT_REF2='ts" + end + "'><ANNOTATION_VALUE>" + text
                + "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>";
    }

    static String ref(String id, String parent, String previous, String text) {
        return "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID='" + id + "' ANNOTATION_REF='" + parent + "'"
                + (previous.isEmpty() ? "" : " PREVIOUS_ANNOTATION='" + previous + "'") + "><ANNOTATION_VALUE>" + text
                + "</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>";
    }
}
