package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlextextReaderTest {
    private static Transcript read(String phrases) throws TranscriptException {
        return Text.read(
                Format.FLEXTEXT,
                "<document><interlinear-text><item type='title' lang='en'>T</item><paragraphs><paragraph><phrases>"
                        + phrases
                        + "</phrases></paragraph></paragraphs><media-files offset-type=''>"
                        + "<media guid='g' location='C:\\Users\\Somebody\\a.wav'/></media-files></interlinear-text></document>");
    }

    private static String item(String type, String text) {
        return "<item type='" + type + "' lang='blt'>" + text + "</item>";
    }

    @Test
    void wordsHangOnThePhraseAndMorphsOnTheWordWithThePhrasesTime() throws Exception {
        var read = read("<phrase begin-time-offset='1500' end-time-offset='2500' media-file='g' speaker='Hoa'>"
                + item("txt", "ab") + "<words><word>" + item("txt", "ab") + item("gls", "AB") + "<morphemes><morph>"
                + item("txt", "a-")
                + item("gls", "A") + "</morph></morphemes></word></words>" + item("gls", "free") + "</phrase>");
        assertEquals(
                List.of(
                        "text/title[en]: T",
                        "1500-2500 phrase/txt[blt]: ab",
                        "1500-2500 word/txt[blt]: ab",
                        "1500-2500 word/gls[blt]: AB",
                        "1500-2500 morph/txt[blt]: a-",
                        "1500-2500 morph/gls[blt]: A",
                        "1500-2500 phrase/gls[blt]: free"),
                Text.told(read));
        assertEquals(
                List.of(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(1),
                        Optional.of(2),
                        Optional.of(2),
                        Optional.of(4),
                        Optional.of(1)),
                read.segments().stream().map(Segment::parent).toList());
        assertEquals("Hoa", read.tiers().get(1).speaker());
        assertEquals(Optional.of(1), read.tiers().get(2).parent());
        assertEquals(List.of(new Medium("a.wav", "", 0)), read.media());
        assertEquals(List.of(), read.warnings());
    }

    @Test
    void inTheOlderShapeAPhraseIsAWordAndItsTextIsPutTogether() throws Exception {
        var read = read("<word><words><word>" + item("punct", "“") + "</word><word>" + item("txt", "ka")
                + "</word><word>" + item("punct", ",")
                + "</word><word>" + item("txt", "ba") + "</word><word>" + item("punct", "?”") + "</word></words>"
                + item("segnum", "1")
                + "</word>");
        assertEquals("phrase/txt[blt]: “ka, ba?”", Text.told(read).get(1));
        assertEquals(
                "word/txt[blt]",
                read.tiers().get(read.segments().get(1).tier()).attributes().get("rebuilt"));
        assertEquals(Optional.of(1), read.segments().get(3).parent());
        assertEquals("phrase/segnum[blt]: 1", Text.told(read).get(7));
    }

    @Test
    void aPhraseWithoutWordsOrTextIsRead() throws Exception {
        assertEquals(1, read("<phrase guid='x'/><phrase guid='x'/>").segments().size());
        var read = read("<phrase>" + item("gls", "free") + "<words/></phrase>");
        assertEquals(Optional.empty(), read.segments().get(1).parent());
    }

    @Test
    void aWordWithinAWordIsPartOfTheOuterOneSoThatNothingHangsInACircle() throws Exception {
        var read = read("<phrase>" + item("txt", "a") + "<words><word>" + item("txt", "b") + "<word>" + item("gls", "c")
                + "</word></word></words></phrase>");
        assertEquals("word/gls[blt]: c", Text.told(read).get(3));
        assertEquals(Optional.of(2), read.segments().get(3).parent());
        assertEquals(1, read.warnings().size());
    }

    @Test
    void timesThatAreWrongAreSaid() throws Exception {
        var backwards =
                read("<phrase begin-time-offset='2500' end-time-offset='1500'>" + item("txt", "a") + "</phrase>");
        assertEquals(
                new Span(2500, 2500, true), backwards.segments().get(1).span().orElseThrow());
        var none = read("<phrase begin-time-offset='soon' media-file='other'>" + item("txt", "a") + "</phrase>");
        assertEquals(Optional.empty(), none.segments().get(1).span());
        assertEquals(2, none.warnings().size(), none.warnings().toString());
        var half = read("<phrase begin-time-offset='7'>" + item("txt", "a") + "</phrase>");
        assertEquals(new Span(7, 7, true), half.segments().get(1).span().orElseThrow());
    }

    @Test
    void entitiesOfItsOwnAndOtherRootsAreRefused() {
        for (var xml : List.of(
                "",
                "<html/>",
                "<document>",
                "<!DOCTYPE document [<!ENTITY a 'b'>]><document><interlinear-text><item type='title' lang='en'>&a;</item></interlinear-text></document>",
                "<!DOCTYPE document [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><document>&a;</document>"))
            assertThrows(TranscriptException.class, () -> Text.read(Format.FLEXTEXT, xml), xml);
    }

    @Test
    void aHarmlessDocumentTypeIsPassedOver() throws Exception {
        assertTrue(Text.read(Format.FLEXTEXT, "<!DOCTYPE document SYSTEM 'x.dtd'><document/>")
                .segments()
                .isEmpty());
    }
}
