package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is a file of the format, and says what was read. */
class AlignedWritersTest {
    private static final Path MEDIA = AlignedMediaTest.MEDIA;
    private static final Limits WIDE = new Limits(1_000_000, 1 << 20, 100_000, 64, 100);

    /** Tiers, spans and texts that no file of the test data has. */
    private static Transcript strange() {
        var tiers = List.of(
                tier("words", Role.WORD, Optional.of(1), "blt-Tavt"),
                tier("line", Role.TRANSCRIPTION, Optional.empty(), "a1"),
                tier("line", Role.NOTE, Optional.of(1), "en US"),
                tier("", Role.OTHER, Optional.of(3), ""),
                tier("circle <&\"'>\n", Role.OTHER, Optional.of(5), "a1"),
                tier("line 2", Role.OTHER, Optional.of(4), "Time_Subdivision"));
        var segments = List.of(
                segment(0, Optional.of(new Span(0, 100)), "in", Optional.of(3)),
                segment(0, Optional.of(new Span(900, 1100)), "out of it", Optional.of(3)),
                segment(0, Optional.empty(), "without a time", Optional.of(4)),
                segment(
                        1,
                        Optional.of(new Span(0, 1000)),
                        "a < b & \"c\" ]]> \u0000\uD800 \uD83C\uDFB5\r\n\t",
                        Optional.empty()),
                segment(1, Optional.empty(), "untimed", Optional.empty()),
                segment(1, Optional.of(new Span(500, 1500)), "overlaps", Optional.empty()),
                segment(1, Optional.of(new Span(500, 500)), "a point", Optional.empty()),
                segment(1, Optional.of(new Span(500, 500)), "another point", Optional.empty()),
                segment(2, Optional.of(new Span(0, 1000)), "fits", Optional.of(3)),
                segment(2, Optional.empty(), "fits too", Optional.of(4)),
                segment(2, Optional.of(new Span(7, 8)), "fits not", Optional.empty()),
                segment(3, Optional.of(new Span(5_000_000_000L, 5_000_000_001L)), "after 57 days", Optional.of(11)),
                segment(4, Optional.of(new Span(1, 2)), "", Optional.of(13)),
                segment(5, Optional.of(new Span(1, 2)), "", Optional.of(12)));
        return new Transcript(
                Format.FLEXTEXT,
                List.of(new Medium("a b#c?%41%zz[1]<&>\"é.wav", "", -7), new Medium("", "audio/x-wav", 0)),
                tiers,
                segments,
                List.of());
    }

    private static Tier tier(String name, Role role, Optional<Integer> parent, String language) {
        return new Tier(name, role, parent, "Lò \"A\"", language, Map.of());
    }

    private static Segment segment(int tier, Optional<Span> span, String text, Optional<Integer> parent) {
        return new Segment(tier, span, text, parent, "a1");
    }

    @Test
    void anyTranscriptBecomesValidEaf() throws Exception {
        assumeTrue(Files.isDirectory(MEDIA), "no " + MEDIA);
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(MEDIA.resolve("schemas/EAFv3.0.xsd").toFile());
        validate(schema, eaf(strange()), "strange");
        validate(schema, eaf(new Transcript(Format.SRT, List.of(), List.of(), List.of(), List.of())), "empty");
        for (var file : files()) validate(schema, eaf(AlignedMediaTest.read(file)), file);
    }

    private static void validate(Schema schema, byte[] eaf, String name) {
        try {
            schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(eaf)));
        } catch (Exception e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }

    @Test
    void eafSaysAfterwardsWhatItSaidBefore() throws Exception {
        assumeTrue(Files.isDirectory(MEDIA), "no " + MEDIA);
        for (var file : files()) {
            var before = AlignedMediaTest.read(file);
            if (before.format() != Format.EAF) continue;
            var after = EafReader.read(new ByteArrayInputStream(eaf(before)), Limits.USUAL);
            // which times were spread between others is not kept
            assertEquals(told(before), told(after), file);
            assertEquals(tiers(before), tiers(after), file);
            assertSameTypes(before, after, file);
            assertEquals(before.media(), after.media(), file);
            assertEquals(List.of(), after.warnings(), file);
            assertEquals(
                    before.segments().stream().map(Segment::place).toList(),
                    after.segments().stream().map(Segment::place).toList(),
                    file);
        }
    }

    private static List<String> told(Transcript transcript) {
        return Told.tree(transcript).stream()
                .map(line -> line.replaceFirst("^(\\d+-\\d+)~", "$1"))
                .toList();
    }

    private static List<String> tiers(Transcript transcript) {
        return transcript.tiers().stream()
                .map(tier -> tier.name() + " " + tier.role() + tier.parent() + tier.speaker() + tier.language())
                .toList();
    }

    /** A type that the file does not have, or without the constraint that a child needs, is made. */
    private static void assertSameTypes(Transcript before, Transcript after, String file) {
        for (int i = 0; i < before.tiers().size(); i++) {
            var attributes = before.tiers().get(i).attributes();
            boolean isWhole = attributes.containsKey("TIME_ALIGNABLE")
                    && (before.tiers().get(i).parent().isEmpty() || attributes.containsKey("CONSTRAINTS"));
            for (var name : List.of("LINGUISTIC_TYPE_REF", "CONSTRAINTS", "TIME_ALIGNABLE"))
                if (isWhole)
                    assertEquals(
                            attributes.get(name),
                            after.tiers().get(i).attributes().get(name),
                            file);
        }
    }

    @Test
    void whatFitsNowhereStandsAlone() throws Exception {
        var after = EafReader.read(new ByteArrayInputStream(eaf(strange())), Limits.USUAL);
        assertEquals(
                List.of(
                        "words line blt-Tavt",
                        "words 2 - blt-Tavt",
                        "line - a1",
                        "line 2 line en US",
                        "line 3 - en US",
                        "tier - ",
                        "circle <&\"'>\n - a1",
                        "line 2 2 circle <&\"'>\n Time_Subdivision"),
                after.tiers().stream()
                        .map(tier -> tier.name() + " "
                                + tier.parent()
                                        .map(p -> after.tiers().get(p).name())
                                        .orElse("-") + " "
                                + tier.language())
                        .toList());
        assertEquals(
                List.of(
                        "words: without a time < untimed",
                        "0-100 words 2: in",
                        "900-1100 words 2: out of it",
                        "0-1000 line: a < b & \"c\" ]]> \uFFFD\uFFFD \uD83C\uDFB5\r\n\t",
                        "line: untimed",
                        "500-1500 line: overlaps",
                        "500-500 line: a point",
                        "500-500 line: another point",
                        "0-1000 line 2: fits < a < b & \"c\" ]]> \uFFFD\uFFFD \uD83C\uDFB5\r\n\t",
                        "line 2: fits too < untimed",
                        "7-8 line 3: fits not",
                        "tier: after 57 days",
                        "1-2 circle <&\"'>\n: ",
                        "1-2 line 2 2:  < "),
                Told.tree(after));
        assertEquals(
                List.of(new Medium("a b#c?%41%zz[1]<&>\"é.wav", "", -7), new Medium("", "audio/x-wav", 0)),
                after.media());
    }

    @Test
    void aDividedLineStaysDivided() throws Exception {
        var eaf = EafReaderTest.document(EafReaderTest.slots(0, 10, 1000, 1000, 2000)
                + "<TIER TIER_ID='line' LINGUISTIC_TYPE_REF='main'>" + EafReaderTest.timed("a1", 1, 3, "A")
                + EafReaderTest.timed("a2", 4, 5, "B") + "</TIER>"
                + "<TIER TIER_ID='word' PARENT_REF='line' LINGUISTIC_TYPE_REF='parts'>"
                + EafReaderTest.timed("a3", 1, 2, "A1") + EafReaderTest.timed("a4", 2, 3, "A2")
                + EafReaderTest.timed("a5", 4, 5, "B1") + "</TIER>"
                + "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID='main' TIME_ALIGNABLE='true'/>"
                + "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID='parts' TIME_ALIGNABLE='true' CONSTRAINTS='Time_Subdivision'/>");
        var text = new String(eaf(EafReaderTest.read(eaf, Limits.USUAL)), StandardCharsets.UTF_8);
        for (int slot = 1; slot <= 5; slot++)
            assertTrue(text.contains("TIME_SLOT_ID=\"ts" + slot + "\" TIME_VALUE"), text);
        assertTrue(!text.contains("ts6"), text);
        assertTrue(text.contains("CONSTRAINTS=\"Time_Subdivision\""), text);
    }

    @Test
    void textGridSaysAfterwardsWhatItSaidBefore() throws Exception {
        assumeTrue(Files.isDirectory(MEDIA), "no " + MEDIA);
        for (var file : files()) {
            var before = AlignedMediaTest.read(file);
            var after = TextGridReader.read(new ByteArrayInputStream(textGrid(before)), WIDE);
            if (before.format() == Format.TEXTGRID) {
                assertEquals(
                        before.tiers().stream().map(Tier::name).toList(),
                        after.tiers().stream().map(Tier::name).toList(),
                        file);
                // gaps are empty intervals
                assertEquals(said(before), said(after), file);
            } else {
                assertEquals(
                        Told.texts(timed(before)).stream().sorted().toList(),
                        Told.texts(after).stream().sorted().toList(),
                        file);
            }
            assertNoGaps(after, file);
        }
    }

    private static Map<String, List<String>> said(Transcript transcript) {
        var said = new HashMap<String, List<String>>();
        for (var segment : transcript.segments())
            if (!segment.text().isEmpty())
                said.computeIfAbsent(
                                segment.tier() + " "
                                        + transcript.tiers().get(segment.tier()).name(),
                                t -> new ArrayList<>())
                        .add(segment.span().orElseThrow() + segment.text());
        return said;
    }

    private static Transcript timed(Transcript transcript) {
        return new Transcript(
                transcript.format(),
                transcript.media(),
                transcript.tiers(),
                transcript.segments().stream().filter(s -> s.span().isPresent()).toList(),
                List.of());
    }

    private static void assertNoGaps(Transcript grid, String file) {
        for (int tier = 0; tier < grid.tiers().size(); tier++) {
            if (!grid.tiers().get(tier).attributes().get("class").equals("IntervalTier")) continue;
            long at = 0;
            for (var segment : grid.segments()) {
                if (segment.tier() != tier) continue;
                assertEquals(at, segment.span().orElseThrow().start(), file + " " + segment);
                at = segment.span().orElseThrow().end();
                assertTrue(at > segment.span().orElseThrow().start(), file + " " + segment);
            }
            assertEquals(grid.tiers().get(tier).attributes().get("xmax"), seconds(at), file);
        }
    }

    private static String seconds(long milliseconds) {
        return java.math.BigDecimal.valueOf(milliseconds, 3)
                .stripTrailingZeros()
                .toPlainString();
    }

    @Test
    void whatOverlapsAndPointsBetweenIntervalsGoToFurtherTiers() throws Exception {
        var bytes = new ByteArrayOutputStream();
        assertEquals(3, TextGridWriter.write(strange(), bytes));
        var after = TextGridReader.read(new ByteArrayInputStream(bytes.toByteArray()), Limits.USUAL);
        assertEquals(
                List.of(
                        "words",
                        "line",
                        "line 3",
                        "line 4",
                        "line 5",
                        "line",
                        "line 6",
                        "",
                        "circle <&\"'>\n",
                        "line 2"),
                after.tiers().stream().map(Tier::name).toList());
        assertTrue(
                Told.segments(after)
                        .containsAll(List.of(
                                "500-500 line 3: a point",
                                "500-500 line 4: another point",
                                "500-1500 line 5: overlaps")),
                Told.segments(after).toString());
        assertNoGaps(after, "strange");
    }

    /** Asks Praat itself, where it is installed, for the number of tiers and of what is in each. */
    @Test
    void praatReadsWhatIsWritten(@TempDir Path folder) throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "praat"))),
                "no praat on the PATH: only our own reader was asked");
        assumeTrue(Files.isDirectory(MEDIA), "no " + MEDIA);
        var script = folder.resolve("count.praat");
        Files.writeString(
                script,
                """
                form Count
                    sentence File x
                endform
                Read from file: file$
                tiers = Get number of tiers
                writeInfo: ""
                for tier to tiers
                    interval = Is interval tier: tier
                    if interval
                        count = Get number of intervals: tier
                    else
                        count = Get number of points: tier
                    endif
                    appendInfoLine: count
                endfor
                """);
        for (var file : files()) {
            var grid = textGrid(AlignedMediaTest.read(file));
            var counts = new ArrayList<String>();
            var read = TextGridReader.read(new ByteArrayInputStream(grid), WIDE);
            if (read.tiers().isEmpty()) continue;
            for (int i = 0; i < read.tiers().size(); i++) {
                int tier = i;
                counts.add(Long.toString(
                        read.segments().stream().filter(s -> s.tier() == tier).count()));
            }
            var written = folder.resolve("written.TextGrid");
            Files.write(written, grid);
            var praat = new ProcessBuilder("praat", "--run", script.toString(), written.toString())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(praat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(praat.waitFor(30, TimeUnit.SECONDS), file);
            assertEquals(counts, said.lines().toList(), file);
        }
    }

    private static List<String> files() throws Exception {
        return AlignedMediaTest.rows("EXPECTED.tsv").stream()
                .filter(row -> !row.get("tiers").isEmpty())
                .map(row -> row.get("file"))
                .toList();
    }

    private static byte[] eaf(Transcript transcript) throws Exception {
        var bytes = new ByteArrayOutputStream();
        EafWriter.write(transcript, Instant.parse("2026-01-01T00:00:00Z"), bytes);
        return bytes.toByteArray();
    }

    private static byte[] textGrid(Transcript transcript) throws Exception {
        var bytes = new ByteArrayOutputStream();
        TextGridWriter.write(transcript, bytes);
        return bytes.toByteArray();
    }
}
