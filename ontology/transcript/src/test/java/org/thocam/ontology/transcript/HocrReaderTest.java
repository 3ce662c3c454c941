package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HocrReaderTest {
    private static final String PAGE = "<div class='ocr_page' title='image \"/home/a/quét 1.png\"; bbox 0 0 200 100'>";

    private static String page(String lines) {
        return "<html lang='en'><head><title/></head><body>" + PAGE + lines + "</div></body></html>";
    }

    private static Transcript read(String text, Limits limits) throws TranscriptException {
        return Transcripts.read(Format.HOCR, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limits);
    }

    private static Transcript read(String text) throws TranscriptException {
        return read(text, Limits.USUAL);
    }

    private static Region region(Transcript transcript, int segment) {
        return transcript.segments().get(segment).region().orElseThrow();
    }

    @Test
    void aLineHasItsPlaceAsFractionsAndTheMeanConfidenceOfItsWords() throws Exception {
        var read = read(page(
                "<p class='ocr_par' lang='vie'><span class='ocr_line' id='l1' title='bbox 20 10 120 30; baseline 0 0'>"
                        + "<span class='ocrx_word' title='bbox 1 1 2 2; x_wconf 90'><strong>Lễ</strong></span>\n"
                        + "  <span class='ocrx_word' title='bbox 1 1 2 2; x_wconf 70'>hội</span>"
                        + "<span class='ocrx_word' title='bbox 1 1 2 2; x_wconf 1'> </span></span></p>"));
        assertEquals(List.of("text: Lễ hội"), Told.segments(read));
        assertEquals("l1", read.segments().get(0).place());
        assertEquals(new Region(1, 0.1, 0.1, 0.5, 0.2, OptionalDouble.of(0.8)), region(read, 0));
        assertEquals(List.of(new Medium("quét 1.png", "", 0)), read.media());
        assertEquals(
                new Tier("text", Role.ORTHOGRAPHY, Optional.empty(), "", "vie", java.util.Map.of()),
                read.tiers().get(0));
    }

    @Test
    void eachLanguageIsATierAndThatOfTheMarkupIsNone() throws Exception {
        var read = read(
                page(
                        "<span class='ocr_line' title='bbox 0 0 9 9'>A</span>"
                                + "<p class='ocr_par' lang='khm'><span class='ocr_header' title='bbox 0 0 9 9'>ខ្មែរ</span></p>"
                                + "<span class='ocr_caption x' xml:lang='vie' title='bbox 0 0 9 9'>B</span><span class='ocr_textfloat' lang='khm'>C</span>"));
        assertEquals(
                List.of("", "khm", "vie"),
                read.tiers().stream().map(Tier::language).toList());
        assertEquals(
                List.of(0, 1, 2, 1), read.segments().stream().map(Segment::tier).toList());
    }

    @Test
    void pagesAreCountedWhereTheirNumbersDoNotFollow() throws Exception {
        var read = read("<html><body>"
                + List.of("; ppageno 0", "; ppageno 4", "; ppageno 0", "", "; ppageno 99999999").stream()
                        .map(number -> "<div class='ocr_page' title='bbox 0 0 9 9" + number
                                + "'><span class='ocr_line' title='bbox 0 0 3 3'>A</span></div>")
                        .collect(Collectors.joining())
                + "</body></html>");
        assertEquals(
                List.of(1, 5, 6, 7, 8),
                read.segments().stream()
                        .map(s -> s.region().orElseThrow().page())
                        .toList());
        assertFalse(read.warnings().isEmpty());
    }

    @Test
    void textInNoLineIsThatOfItsParagraphOrPage() throws Exception {
        var read = read(page("<p class='ocr_par' title='bbox 0 50 200 100'>một\nhai</p>ba<p>bốn</p>"));
        assertEquals(List.of("text: một hai", "text: babốn"), Told.segments(read));
        assertEquals(new Region(1, 0, 0.5, 1, 0.5, OptionalDouble.empty()), region(read, 0));
        assertEquals(Region.of(1), region(read, 1));
    }

    @Test
    void aPlaceThatIsNoneIsTheWholePage() throws Exception {
        for (var box : List.of(
                "",
                "bbox 1 2 3",
                "bbox a b c d",
                "bbox 9 9 1 1",
                "bbox 500 500 600 600",
                "bbox 1e9 0 0 0",
                "bboxes 0 0 1 1"))
            assertTrue(
                    region(read(page("<span class='ocr_line' title='" + box + "'>A</span>")), 0)
                            .isWhole(),
                    box);
        var over = region(read(page("<span class='ocr_line' title='bbox -50 -50 100 500'>A</span>")), 0);
        assertEquals(new Region(1, 0, 0, 0.5, 1, OptionalDouble.empty()), over);
        var noPage = read(
                "<html><body><div class='ocr_page' title='bbox 0 0 0 0'><span class='ocr_line' title='bbox 0 0 3 3'>A</span></div></body></html>");
        assertTrue(region(noPage, 0).isWhole());
    }

    @Test
    void itIsKnownByItsClassOrItsEnding() {
        assertEquals(Optional.of(Format.HOCR), format("a.html", page("")));
        assertEquals(
                Optional.of(Format.HOCR),
                format("a.hocr", "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'>" + page("")));
        assertEquals(Optional.of(Format.HOCR), format("a.hocr", "<html><head>" + " ".repeat(20_000)));
        assertEquals(Optional.empty(), format("a.html", "<html><body><p>ocr</p></body></html>"));
    }

    private static Optional<Format> format(String name, String text) {
        return Transcripts.formatOf(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNotOfTheFormatOrOverALimitIsRefused() {
        var few = new Limits(3, 50, 2, 20, 5);
        var line = "<span class='ocr_line' title='bbox 0 0 9 9'>A</span>";
        for (var text : List.of(
                "<html><body><p>A</p></body></html>",
                "<div class='ocr_page'/>",
                "",
                page(line.repeat(4)),
                page("<p class='ocr_par'>" + "a".repeat(60) + "</p>"),
                page(
                        "<p lang='a' class='ocr_par'>a</p><p lang='b' class='ocr_par'>b</p><p lang='c' class='ocr_par'>c</p>"),
                page("<div>".repeat(50)),
                page(line).replace("</html>", ""),
                "<!DOCTYPE html [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + page("<p class='ocr_par'>&e;</p>")))
            assertThrows(TranscriptException.class, () -> read(text, few), text);
    }

    /** What tesseract writes for a page that we set. */
    @Test
    void tesseractsPagesAreRead(@TempDir Path folder) throws Exception {
        assumeTrue(reads("vie"), "skipped: tesseract with its Vietnamese model is not installed");
        var lines =
                List.of("Lễ hội đâm trâu của người Ba Na", "Khăn piêu của người Thái ở Sơn La", "Nhà rông giữa làng");
        var picture = folder.resolve("trang.png");
        ImageIO.write(set(lines), "png", picture.toFile());
        var process = new ProcessBuilder(
                        "tesseract", picture.toString(), folder.resolve("out").toString(), "-l", "vie", "hocr")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> log(folder));
        var hocr = Files.readAllBytes(folder.resolve("out.hocr"));
        assertEquals(Optional.of(Format.HOCR), Transcripts.formatOf("x.xml", hocr));
        var read = Transcripts.read(Format.HOCR, new ByteArrayInputStream(hocr), Limits.USUAL);
        assertEquals(List.of("vie"), read.tiers().stream().map(Tier::language).toList());
        assertEquals(lines, Told.texts(read));
        for (int i = 0; i < lines.size(); i++) {
            var region = region(read, i);
            assertEquals(1, region.page());
            assertTrue(region.confidence().orElseThrow() > 0.5, region.toString());
            // each line was set 100 pixels under the other, on a page of 600
            double middle = region.y() + region.height() / 2;
            assertEquals((100 + 100 * i - 14) / 600.0, middle, 0.03, region.toString());
            assertEquals(60 / 1200.0, region.x(), 0.02, region.toString());
        }
        assertEquals(List.of(), read.warnings());
    }

    private static BufferedImage set(List<String> lines) {
        var image = new BufferedImage(1200, 600, BufferedImage.TYPE_BYTE_GRAY);
        var graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 1200, 600);
        graphics.setColor(Color.BLACK);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SERIF, Font.PLAIN, 44));
        for (int i = 0; i < lines.size(); i++) graphics.drawString(lines.get(i), 60, 100 + 100 * i);
        graphics.dispose();
        return image;
    }

    private static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean reads(String language) throws InterruptedException {
        try {
            var process = new ProcessBuilder("tesseract", "--list-langs")
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && said.lines().anyMatch(language::equals);
        } catch (IOException e) {
            return false;
        }
    }
}
