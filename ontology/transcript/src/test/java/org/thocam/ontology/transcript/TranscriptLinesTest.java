package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TranscriptLinesTest {
    private static byte[] written(Transcript transcript) throws IOException {
        var bytes = new ByteArrayOutputStream();
        TranscriptLines.write(transcript, bytes);
        return bytes.toByteArray();
    }

    private static Transcript read(byte[] bytes) throws IOException {
        return TranscriptLines.read(new ByteArrayInputStream(bytes), Limits.USUAL);
    }

    @Test
    void whatIsKeptIsWhatWasRead() throws Exception {
        assumeTrue(Files.isDirectory(AlignedMediaTest.MEDIA), "no " + AlignedMediaTest.MEDIA);
        int files = 0;
        try (var walk = Files.walk(AlignedMediaTest.MEDIA)) {
            for (var file : walk.filter(Files::isRegularFile).sorted().toList()) {
                var bytes = Files.readAllBytes(file);
                var format = Transcripts.formatOf(file.getFileName().toString(), bytes);
                if (format.isEmpty()) continue;
                try {
                    var transcript = Transcripts.read(format.get(), new ByteArrayInputStream(bytes), Limits.USUAL);
                    var kept = written(transcript);
                    assertEquals(transcript, read(kept), file.toString());
                    assertEquals(
                            transcript.segments().size() + 1,
                            new String(kept, StandardCharsets.UTF_8).lines().count(),
                            file + ": a line each");
                    files++;
                } catch (TranscriptException broken) {
                    assertTrue(file.toString().contains("broken"), file + ": " + broken.getMessage());
                }
            }
        }
        assertTrue(files >= 100, files + " files");
    }

    @Test
    void placesOnPagesAreKeptToAMillionth() throws Exception {
        var tier = new Tier("text", Role.ORTHOGRAPHY, Optional.empty(), "", "cjm-Cham", Map.of("by", "ocr"));
        var region = new Region(3, 0.125, 0.25, 0.5, 0.0625, OptionalDouble.of(0.875));
        var segment = new Segment(0, Optional.empty(), "\uAA00\uAA35", Optional.empty(), "line 1", Optional.of(region));
        var whole = new Segment(0, Optional.empty(), "x\ny", Optional.of(0), "line 2", Optional.of(Region.of(4)));
        var transcript = new Transcript(Format.WEBVTT, List.of(), List.of(tier), List.of(segment, whole), List.of("w"));
        assertEquals(transcript, read(written(transcript)));
        assertTrue(Region.of(4).isWhole());
    }

    @Test
    void aBoxOverTheEdgeIsCutAndAPageIsCountedFromOne() {
        var region = new Region(1, 0.9, -0.1, 0.2, 1.5, OptionalDouble.empty());
        assertEquals(0.1, region.width(), 1e-9);
        assertEquals(0, region.y());
        assertEquals(1, region.height());
        assertThrows(IllegalArgumentException.class, () -> Region.of(0));
    }

    @Test
    void whatIsDamagedIsSaidWithItsLine() throws Exception {
        var good = new String(
                written(new Transcript(
                        Format.SRT,
                        List.of(new Medium("a.wav", "", 5)),
                        List.of(new Tier("t", Role.WORD, Optional.empty(), "", "", Map.of())),
                        List.of(new Segment(0, Optional.of(new Span(1, 2)), "m\u1ed9t", Optional.empty(), "line 1")),
                        List.of())),
                StandardCharsets.UTF_8);
        assertEquals(
                "a.wav",
                read(good.getBytes(StandardCharsets.UTF_8)).media().get(0).name());
        for (var bad : List.of(
                "",
                "[]",
                "{}",
                good.replace("[0,", "[1,"),
                good.replace("[0,1,2,", "[0,2,1,"),
                good.replace("SRT", "XYZ"),
                good.substring(0, good.length() - 4))) {
            var refused = assertThrows(IOException.class, () -> read(bad.getBytes(StandardCharsets.UTF_8)), bad);
            assertTrue(refused.getMessage() != null && !refused.getMessage().isEmpty());
        }
        var limits = new Limits(0, 10, 10, 10, 10);
        assertThrows(
                IOException.class,
                () -> TranscriptLines.read(new ByteArrayInputStream(good.getBytes(StandardCharsets.UTF_8)), limits));
    }
}
