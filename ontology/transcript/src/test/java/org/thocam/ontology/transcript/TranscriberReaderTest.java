package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriberReaderTest {
    @Test
    void textStandsBetweenEmptyElements() throws Exception {
        var read = read("<Turn speaker='s1' startTime='0' endTime='4.25'>before\n<Sync time='1'/>\nmùa xuân\n"
                + "<Event desc='rire' type='noise' extent='begin'/>\nvê<Event desc='rire' extent='end'/>bà\n"
                + "<Sync time='2.1256'/>\n<Background time='2.5' type='music' level='high'/>\n<Comment desc='?'/>\n"
                + "<Sync time='3'/>khèn</Turn>");
        assertEquals(
                List.of("0-1000 Lo: before", "1000-2126 Lo: mùa xuân vê bà", "3000-4250 Lo: khèn"),
                Told.segments(read));
        assertEquals(List.of(new Medium("then", "", 0)), read.media());
        assertEquals("blt", read.tiers().get(0).language());
        assertEquals("{id=s1, type=female}", read.tiers().get(0).attributes().toString());
    }

    @Test
    void whereSeveralSpeakEachHasItsTier() throws Exception {
        var read = read("<Turn speaker='s1 s9' startTime='0' endTime='2'><Sync time='0'/>"
                + "<Who nb='1'/>one<Who nb='2'/>two<Who nb='3'/>three</Turn>"
                + "<Turn startTime='2' endTime='3'><Sync time='2'/> </Turn>"
                + "<Turn startTime='3' endTime='4'><Sync time='3'/>nobody</Turn>");
        assertEquals(
                List.of("0-2000 Lo: one", "0-2000 s9: two", "0-2000 Lo: three", "3000-4000 : nobody"),
                Told.segments(read));
        assertEquals(
                List.of(
                        "line 1: Who nb 3: want 1 to 2, the speakers of the Turn; read as 1",
                        "line 1: speaker s9 is not in the table of speakers"),
                read.warnings().stream().sorted().toList().subList(0, 2));
    }

    @Test
    void timesThatRunBackwardsOrAreNoneAreTold() throws Exception {
        var read = read("<Turn speaker='s1' startTime='5' endTime='2'>a<Sync time='soon'/>b<Sync time='1'/>c</Turn>");
        assertEquals(List.of("Lo: a", "Lo: b", "1000-2000 Lo: c"), Told.segments(read));
        assertTrue(read.warnings().contains("line 1: time soon is no time of a recording; read as none"));
    }

    @Test
    void anotherRootIsRefused() {
        assertThrows(
                TranscriptException.class,
                () -> TranscriberReader.read(new ByteArrayInputStream("<trans/>".getBytes()), Limits.USUAL));
    }

    private static Transcript read(String turns) throws TranscriptException {
        var document = "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE Trans SYSTEM 'trans-14.dtd'>"
                + "<Trans audio_filename='C:\\rec\\then' xml:lang='blt'><Speakers><Speaker id='s1' name='Lo' type='female'/>"
                + "</Speakers><Episode><Section type='report' startTime='0' endTime='9'>" + turns
                + "</Section></Episode></Trans>";
        return TranscriberReader.read(
                new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), Limits.USUAL);
    }
}
