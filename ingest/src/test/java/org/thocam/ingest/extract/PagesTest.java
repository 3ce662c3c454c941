package org.thocam.ingest.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.index.analysis.legacy.LegacyEncoding;
import org.thocam.ingest.Office;
import org.thocam.ontology.TextState;
import org.thocam.ontology.transcript.Region;
import org.thocam.ontology.transcript.Segment;
import org.thocam.ontology.transcript.Tier;
import org.thocam.ontology.transcript.Transcript;

/** Real children on real pages. */
class PagesTest {
    private static final Path ROOT = Path.of(System.getProperty("thocam.root", ".."));
    private static final Path COLLECTION = ROOT.resolve("fixtures/collection");

    @TempDir
    private static Path folder;

    private static Extractor extractor;

    @BeforeAll
    static void open() {
        var lib = ROOT.resolve("ingest/tika/target/lib-tika");
        assumeTrue(Files.isDirectory(lib), "skipped: no " + lib + "; run ./mvnw verify, which makes it");
        extractor = Extractor.open(new Extractor.Limits(
                lib, folder.resolve("work"), "java", 1, 30, "256m", 50_000, "", InnerLimits.USUAL, 0.99));
    }

    @AfterAll
    static void close() {
        if (extractor != null) extractor.close();
    }

    private static Extraction extract(Path file) throws Exception {
        var at = extractor.newFolder();
        try {
            return extractor.extract(
                    file,
                    file.getFileName().toString(),
                    new Unpacking(at, 0, true, new Allowance(InnerLimits.USUAL, 50_000)));
        } finally {
            Extractor.delete(at);
        }
    }

    private static List<Region> regions(Transcript transcript) {
        return transcript.segments().stream()
                .map(segment -> segment.region().orElseThrow())
                .toList();
    }

    private static List<String> texts(Transcript transcript) {
        return transcript.segments().stream().map(Segment::text).toList();
    }

    @Test
    void thePagesOfEveryPdfSayWhatItsTextSays() throws Exception {
        int read = 0;
        try (var all = Files.list(COLLECTION.resolve("documents"))) {
            for (var file : all.filter(path -> path.toString().endsWith(".pdf"))
                    .sorted()
                    .toList()) {
                var found = extract(file);
                assertEquals(TextState.OK, found.state(), file + ": " + found.reason());
                assertEquals(extractor.extract(file, "x").text(), found.text(), file.toString());
                var pages = found.pages().orElseThrow();
                // behind its pages the text has the headings that the reader shows beside them
                var said = String.join("", texts(pages)).replaceAll("\\s", "");
                assertTrue(found.text().replaceAll("\\s", "").startsWith(said), file + ": " + said);
                assertTrue(said.length() > 20, said);
                assertTrue(regions(pages).stream().noneMatch(Region::isWhole), file.toString());
                assertTrue(regions(pages).stream()
                        .allMatch(region -> region.confidence().isEmpty()));
                assertEquals(Optional.empty(), found.read());
                read++;
            }
        }
        assertTrue(read > 3, read + " files");
    }

    @Test
    void theFirstLineIsAboveTheOthers() throws Exception {
        var pages =
                extract(COLLECTION.resolve("documents/khan-pieu.pdf")).pages().orElseThrow();
        assertEquals("Khăn piêu", texts(pages).get(0));
        var regions = regions(pages);
        for (int i = 1; i < 4; i++)
            assertTrue(regions.get(i).y() > regions.get(i - 1).y(), regions.toString());
        assertTrue(regions.get(0).width() < regions.get(2).width(), regions.toString());
    }

    @Test
    void whatOcrReadsHasPlacesAndCertaintyAndIsMarkedBelowTheThreshold() throws Exception {
        assumeTrue(
                Tesseract.installed().contains("vie"), "skipped: tesseract with its Vietnamese model is not installed");
        for (var name : List.of("ok-om-bok-quet.pdf", "nang-hai.png", "nhay-lua.tiff")) {
            var file = COLLECTION.resolve("scans").resolve(name);
            assertEquals(TextState.NEEDS_OCR, extract(file).state());
            assertEquals(Optional.empty(), extract(file).pages());
            extractor.wantOcr();
            Extraction found;
            try {
                found = extract(file);
            } finally {
                extractor.noOcr();
            }
            assertEquals(TextState.OK, found.state(), found.reason());
            var pages = found.pages().orElseThrow();
            assertEquals(
                    found.text().replaceAll("\\s", ""),
                    String.join("", texts(pages)).replaceAll("\\s", ""),
                    name);
            assertEquals(
                    List.of("vie"),
                    pages.tiers().stream()
                            .map(Tier::language)
                            .filter("vie"::equals)
                            .toList());
            for (var region : regions(pages)) {
                assertFalse(region.isWhole());
                assertTrue(region.confidence().isPresent());
            }
            var read = found.read().orElseThrow();
            assertTrue(read.confidence() > 0.6 && read.confidence() < 0.99, name + ": " + read);
            assertTrue(read.review());
            assertTrue(found.reason().startsWith("needs review: OCR was sure of "), found.reason());
        }
    }

    /** Two pages without a layer of text around one that has some. */
    @Test
    void aScannedPageAmongOthersKeepsItsNumber() throws Exception {
        assumeTrue(
                Tesseract.installed().contains("vie"), "skipped: tesseract with its Vietnamese model is not installed");
        var pdf = Office.document(
                folder,
                "ba-trang",
                Office.framed("Nhà rông Ba Na")
                        + "<text:p text:style-name=\"B\">Here is enough text not to be read.</text:p>"
                        + "<text:p text:style-name=\"B\"/>" + Office.framed("Cồng chiêng"),
                "pdf");
        extractor.wantOcr();
        try {
            var found = extract(pdf);
            var lines = found.pages().orElseThrow().segments().stream()
                    .map(line -> line.region().orElseThrow().page() + " " + line.text())
                    .toList();
            assertEquals(List.of("1 Nhà rông Ba Na", "2 Here is enough text not to be read.", "3 Cồng chiêng"), lines);
            assertEquals(
                    List.of("page 1", "page 3"),
                    found.inside().stream().map(Inside::place).toList());
        } finally {
            extractor.noOcr();
        }
    }

    @Test
    void aTiffOfSeveralPicturesIsSeveralPages() throws Exception {
        assumeTrue(
                Tesseract.installed().contains("vie"), "skipped: tesseract with its Vietnamese model is not installed");
        var tiff = folder.resolve("hai.tiff");
        var writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (var out = ImageIO.createImageOutputStream(tiff.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (var text : List.of("Nhà rông Ba Na", "Cồng chiêng"))
                writer.writeToSequence(new IIOImage(Office.picture(text), null, null), null);
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        extractor.wantOcr();
        try {
            var pages = extract(tiff).pages().orElseThrow();
            assertEquals(List.of("Nhà rông Ba Na", "Cồng chiêng"), texts(pages));
            assertEquals(
                    List.of(1, 2), regions(pages).stream().map(Region::page).toList());
        } finally {
            extractor.noOcr();
        }
    }

    /** Its fonts are not looked at, so the lines are decided as the whole text is. */
    @Test
    void linesOfAnOldEncodingAreReadAsTheTextIs() throws Exception {
        var text =
                "Lễ hội Gầu Tào của người Mông được tổ chức vào đầu năm mới.\nNgười ta dựng cây nêu trên đồi cao và hát những bài hát giao duyên.\n";
        var tcvn3 = tcvn3(text);
        var source = Files.writeString(folder.resolve("cu.txt"), tcvn3, StandardCharsets.UTF_8);
        var pdf = Office.converted(folder, source, "cu.pdf", "pdf", "--infilter=Text (encoded):UTF8,LF,DejaVu Sans");
        var found = extract(pdf);
        assertFalse(found.findings().isEmpty(), found.text());
        assertTrue(found.text().contains("Gầu Tào"), found.text());
        assertTrue(
                String.join(" ", texts(found.pages().orElseThrow())).contains("cây nêu trên đồi"),
                found.pages().toString());
    }

    /** As its bytes are misread. */
    private static String tcvn3(String text) {
        var codes = new HashMap<String, Character>();
        for (char c = 0x80; c < 0x100; c++)
            codes.put(Normalizer.normalize(LegacyEncoding.TCVN3.decode(String.valueOf(c)), Normalizer.Form.NFC), c);
        var misread = new StringBuilder();
        for (char c : text.toCharArray()) misread.append(c < 0x80 ? (Character) c : codes.get(String.valueOf(c)));
        return misread.toString();
    }
}
