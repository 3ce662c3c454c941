package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Files of other programs, whatever their names: what they are is found by what they hold, and all but one can be read. */
class EveryTranscriptTest {
    @Test
    void allThatOtherProgramsWroteIsReadByWhatItIs() throws Exception {
        var media = Path.of(System.getProperty("thocam.root", "../..")).resolve("../shared/data/media");
        Assumptions.assumeTrue(Files.isDirectory(media), () -> media + " is not there");
        var read = new TreeMap<Format, Integer>();
        var refused = new TreeSet<String>();
        for (var line : Files.readAllLines(media.resolve("EXPECTED.tsv"))) {
            var name = line.substring(0, line.indexOf('\t'));
            if (name.equals("file")) continue;
            var bytes = Files.readAllBytes(media.resolve(name));
            var format = Transcripts.formatOf(Path.of(name).getFileName().toString(), bytes);
            assertTrue(format.isPresent(), name);
            try {
                var transcript = Transcripts.read(format.get(), new ByteArrayInputStream(bytes), Limits.USUAL);
                assertEquals(format.get(), transcript.format(), name);
                for (var segment : transcript.segments()) {
                    assertTrue(segment.tier() < transcript.tiers().size(), name);
                    segment.parent()
                            .ifPresent(parent ->
                                    assertTrue(parent < transcript.segments().size(), name));
                }
                read.merge(format.get(), 1, Integer::sum);
            } catch (TranscriptException e) {
                refused.add(name);
                assertTrue(e.getMessage().length() > 10, name);
            }
        }
        assertEquals(new TreeSet<>(java.util.Set.of("textgrid-broken/emu_msajc003.TextGrid")), refused);
        // there are no pages among them: HocrReaderTest makes its own
        assertEquals(EnumSet.complementOf(EnumSet.of(Format.HOCR)), read.keySet(), read.toString());
    }
}
