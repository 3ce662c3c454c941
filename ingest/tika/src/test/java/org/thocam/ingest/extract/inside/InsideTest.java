package org.thocam.ingest.extract.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.util.Matrix;
import org.apache.poi.sl.usermodel.PictureData;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.sax.BodyContentHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a child does with one document, here in the process of the test. */
class InsideTest {
    private static final String CONFIGURATION =
            """
            <properties>
              <parsers>
                <parser class="org.apache.tika.parser.DefaultParser"><parser-exclude class="org.apache.tika.parser.pdf.PDFParser"/></parser>
                <parser class="org.thocam.ingest.extract.inside.PagedPdfParser"><params><param name="ocr" type="bool">false</param></params></parser>
              </parsers>
              <autoDetectParserConfig>
                <embeddedDocumentExtractorFactory class="org.thocam.ingest.extract.inside.KeepingExtractorFactory"/>
                <contentHandlerDecoratorFactory class="org.thocam.ingest.extract.inside.SlidesFactory"/>
              </autoDetectParserConfig>
            </properties>
            """;

    private static final Pattern LINE =
            Pattern.compile("<span class='ocr_line'(?: title='bbox (\\d+) (\\d+) (\\d+) (\\d+)')?>([^<]*)</span>");

    @TempDir
    private Path folder;

    private Path out;

    /** The text; what else was found is in {@link #out}. */
    private String read(Path document, Map<String, String> limits) throws Exception {
        out = Files.createTempDirectory(folder, "out");
        var wish = new Properties();
        Map.of(
                        "folder",
                        out.toString(),
                        "document",
                        document.toString(),
                        "most",
                        "100",
                        "total",
                        "1000000",
                        "largest",
                        "500000",
                        "ratio",
                        "100",
                        "size",
                        "" + Files.size(document),
                        "seconds",
                        "60",
                        "characters",
                        "100000")
                .forEach(wish::setProperty);
        limits.forEach(wish::setProperty);
        var context = new ParseContext();
        context.set(Properties.class, wish);
        var handler = new BodyContentHandler();
        try (var configuration = new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8));
                var in = TikaInputStream.get(document)) {
            new AutoDetectParser(new TikaConfig(configuration)).parse(in, handler, new Metadata(), context);
        }
        return handler.toString();
    }

    private List<List<String>> index() throws IOException {
        var lines = new ArrayList<List<String>>();
        if (Files.exists(out.resolve("index")))
            for (var line : Files.readAllLines(out.resolve("index"))) {
                var fields = new ArrayList<String>();
                for (var field : line.split("\t", -1)) fields.add(URLDecoder.decode(field, StandardCharsets.UTF_8));
                lines.add(fields);
            }
        return lines;
    }

    private static BufferedImage square(int rgb) {
        var image = new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 30; x++) for (int y = 0; y < 30; y++) image.setRGB(x, y, rgb + x);
        return image;
    }

    private static PDType1Font font() {
        return new PDType1Font(Standard14Fonts.FontName.HELVETICA);
    }

    /** However a page is cut and turned, and however its text is: where the line is said to be, there its letters are drawn. */
    @Test
    void aLineOfAPdfIsSaidToBeWhereItIsDrawn() throws Exception {
        var path = folder.resolve("turned.pdf");
        try (var document = new PDDocument()) {
            for (int rotation : new int[] {0, 90, 180, 270})
                for (int turn = 0; turn < 3; turn++) {
                    double angle = Math.toRadians(rotation + 90.0 * turn);
                    var page = new PDPage(new PDRectangle(10, 20, 600, 800));
                    page.setCropBox(new PDRectangle(60, 120, 500, 650));
                    page.setRotation(rotation);
                    document.addPage(page);
                    try (var content = new PDPageContentStream(document, page)) {
                        content.beginText();
                        content.setFont(font(), 20);
                        content.setTextMatrix(Matrix.getRotateInstance(angle, 300, 400));
                        content.showText("HELP HILFE");
                        content.endText();
                    }
                }
            document.save(path.toFile());
            read(path, Map.of());
            var pages = Files.readString(out.resolve("text.hocr")).split("class='ocr_page'");
            assertEquals(document.getNumberOfPages(), pages.length - 1);
            for (int i = 0; i < document.getNumberOfPages(); i++) {
                var drawn = drawn(new PDFRenderer(document).renderImage(i, 1));
                var told = new double[] {1, 1, 0, 0};
                var lines = new ArrayList<String>();
                // text that does not run as its page does is a line for each letter, here and in Tika's text
                for (var line = LINE.matcher(pages[i + 1]); line.find(); lines.add(line.group(5)))
                    for (int edge = 0; edge < 4; edge++) {
                        double at = Integer.parseInt(line.group(edge + 1)) / (double) PageWriter.UNITS;
                        told[edge] = edge < 2 ? Math.min(told[edge], at) : Math.max(told[edge], at);
                    }
                assertEquals("HELPHILFE", String.join("", lines).replace(" ", ""));
                if (i % 3 == 0) assertEquals(List.of("HELP HILFE"), lines, "page " + (i + 1));
                for (int edge = 0; edge < 4; edge++)
                    assertEquals(drawn[edge], told[edge], 0.02, "page " + (i + 1) + ", edge " + edge);
            }
        }
    }

    private static double[] drawn(BufferedImage image) {
        var box = new double[] {1, 1, 0, 0};
        for (int x = 0; x < image.getWidth(); x++)
            for (int y = 0; y < image.getHeight(); y++) {
                if ((image.getRGB(x, y) & 0xFF) > 128) continue;
                box[0] = Math.min(box[0], x / (double) image.getWidth());
                box[1] = Math.min(box[1], y / (double) image.getHeight());
                box[2] = Math.max(box[2], (x + 1) / (double) image.getWidth());
                box[3] = Math.max(box[3], (y + 1) / (double) image.getHeight());
            }
        return box;
    }

    @Test
    void thePicturesOfAPdfComeWithTheirPages() throws Exception {
        var path = folder.resolve("pictures.pdf");
        try (var document = new PDDocument()) {
            for (int n = 0; n < 3; n++) {
                var page = new PDPage();
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(font(), 12);
                    content.newLineAtOffset(100, 700);
                    content.showText("trang " + (n + 1));
                    content.endText();
                    if (n != 1) content.drawImage(LosslessFactory.createFromImage(document, square(n << 16)), 100, 100);
                }
            }
            document.save(path.toFile());
        }
        var text = read(path, Map.of());
        assertEquals("trang 1 trang 2 trang 3", text.strip().replaceAll("\\s+", " "));
        assertEquals(
                List.of("page 1", "page 3"),
                index().stream().map(line -> line.get(2)).toList());
        assertEquals(3, Files.readString(out.resolve("text.hocr")).split("class='ocr_page'", -1).length - 1);
    }

    @Test
    void aSlideIsAPageAndSaysWhichPicturesAreOnIt() throws Exception {
        var path = folder.resolve("s.pptx");
        var png = new ByteArrayOutputStream();
        ImageIO.write(square(0), "png", png);
        try (var show = new XMLSlideShow();
                var to = Files.newOutputStream(path)) {
            var picture = show.addPicture(png.toByteArray(), PictureData.PictureType.PNG);
            for (var text : List.of("Nhà rông", "Cồng chiêng")) {
                var slide = show.createSlide();
                var box = slide.createTextBox();
                box.setAnchor(new Rectangle(50, 50, 300, 100));
                box.setText(text);
                if (text.startsWith("C")) slide.createPicture(picture);
            }
            show.write(to);
        }
        assertTrue(read(path, Map.of()).contains("Cồng chiêng"));
        assertEquals("slide 2", index().get(0).get(2));
        // the thumbnail is no part
        assertEquals(1, index().size());
        var pages = Files.readString(out.resolve("text.hocr"));
        assertTrue(pages.indexOf("ppageno 0") < pages.indexOf("Nhà rông"), pages);
        assertTrue(pages.indexOf("ppageno 1") < pages.indexOf("Cồng chiêng"), pages);
    }

    @Test
    void thePicturesOfAnOpenDocumentPresentationAreOnItsSlides() throws Exception {
        var path = folder.resolve("s.odp");
        var page =
                "<draw:page><draw:frame><draw:text-box><text:p>%s</text:p></draw:text-box></draw:frame>%s</draw:page>";
        var frame = "<draw:frame><draw:image xlink:href='Pictures/x.png'/></draw:frame>";
        var content =
                "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' xmlns:xlink='http://www.w3.org/1999/xlink'><office:body><office:presentation>"
                        + page.formatted("một", "") + page.formatted("hai", frame) + page.formatted("ba", frame)
                        + "</office:presentation></office:body></office:document-content>";
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("mimetype", "application/vnd.oasis.opendocument.presentation".getBytes(StandardCharsets.US_ASCII));
        entries.put("Pictures/x.png", "not a picture".getBytes(StandardCharsets.US_ASCII));
        entries.put("content.xml", content.getBytes(StandardCharsets.UTF_8));
        zip(path, entries);
        read(path, Map.of());
        assertEquals("Pictures/x.png", index().get(0).get(1));
        assertEquals("Pictures%2Fx.png\tslide+2\nPictures%2Fx.png\tslide+3\n", Files.readString(out.resolve("places")));
    }

    private static void zip(Path path, Map<String, byte[]> entries) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    @Test
    void aLimitIsToldAndWhatCameBeforeIsKept() throws Exception {
        var path = folder.resolve("many.zip");
        var entries = new LinkedHashMap<String, byte[]>();
        for (int n = 0; n < 5; n++) entries.put(n + ".txt", new byte[n == 1 ? 3000 : 1000]);
        zip(path, entries);
        read(path, Map.of("most", "2"));
        assertEquals(
                List.of(
                        List.of("1.part", "0.txt", "0.txt"),
                        List.of("2.part", "1.txt", "1.txt"),
                        List.of("!", "count", "2.txt")),
                index());
        read(path, Map.of("largest", "2000"));
        assertEquals(List.of("!", "largest", "1.txt"), index().get(1));
        assertEquals(5, index().size());
        assertFalse(Files.exists(out.resolve("2.part")));
        read(path, Map.of("total", "5500"));
        assertEquals(List.of("!", "total", "3.txt"), index().get(3));
        read(path, Map.of("most", "0"));
        assertEquals(List.of(List.of("!", "count", "0.txt")), index());
        assertEquals(1, Files.list(out).count());
    }

    @Test
    void whatGrowsTooMuchIsABomb() throws Exception {
        var path = folder.resolve("bomb.zip");
        var entries = new LinkedHashMap<String, byte[]>();
        for (int n = 0; n < 4; n++) entries.put(n + ".bin", new byte[10 << 20]);
        zip(path, entries);
        read(path, Map.of("total", "" + (1L << 30), "largest", "" + (1L << 30)));
        assertEquals(List.of("!", "ratio", "1.bin"), index().get(1));
        assertEquals(2, index().size());
    }
}
