package org.thocam.ingest.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.TextState;

/** Real children on real files: those of the collection, and small hostile ones. */
class ExtractorTest {
    private static final Path ROOT = Path.of(System.getProperty("thocam.root", ".."));
    private static final Path DOCUMENTS = ROOT.resolve("fixtures/collection/documents");

    @TempDir
    private static Path folder;

    private static Extractor extractor;

    @BeforeAll
    static void open() {
        var lib = ROOT.resolve("ingest/tika/target/lib-tika");
        Assumptions.assumeTrue(Files.isDirectory(lib), "skipped: no " + lib + "; run ./mvnw verify, which makes it");
        extractor = Extractor.open(new Extractor.Limits(lib, folder.resolve("work"), "java", 1, 5, "128m", 50_000, ""));
    }

    @AfterAll
    static void close() {
        if (extractor != null) extractor.close();
    }

    private static Extraction extract(Path file) throws InterruptedException {
        return extractor.extract(file, file.getFileName().toString());
    }

    @Test
    void officeDocumentsGiveTheirText() throws Exception {
        var docx = extract(DOCUMENTS.resolve("khai-ha-muong-bi.docx"));
        assertEquals(TextState.OK, docx.state(), docx.reason());
        assertTrue(docx.text().contains("Mường"), docx.text());
        assertTrue(docx.mediaType().contains("wordprocessingml"), docx.mediaType());
        var odt = extract(DOCUMENTS.resolve("cong-chieng-tay-nguyen.odt"));
        assertTrue(odt.text().contains("cồng chiêng"), odt.text());
        var pdf = extract(DOCUMENTS.resolve("khan-pieu.pdf"));
        assertEquals(TextState.OK, pdf.state(), pdf.reason());
    }

    @Test
    void utf16WithAMarkIsText() throws Exception {
        var file = folder.resolve("u16.txt");
        Files.write(file, "\uFEFFꪼꪕ ꪒꪾ".getBytes(StandardCharsets.UTF_16LE));
        assertEquals("ꪼꪕ ꪒꪾ", extract(file).text());
    }

    @Test
    void anEmptyFileIsEmpty() throws Exception {
        assertEquals(
                TextState.EMPTY,
                extract(Files.createFile(folder.resolve("none.pdf"))).state());
    }

    @Test
    void aFileThatIsNotWhatItSaysFailsWithAReason() throws Exception {
        var file = Files.writeString(folder.resolve("broken.docx"), "PK\u0003\u0004 this is no zip");
        var result = extract(file);
        assertTrue(
                result.state() == TextState.FAILED && !result.reason().isEmpty() || result.state() == TextState.OK,
                result.toString());
    }

    /** A document that would need far more memory or time than its child has ends that child and nothing else. */
    @Test
    void aBombEndsItsChildAndTheNextDocumentIsFine() throws Exception {
        var bomb = folder.resolve("bomb.docx");
        try (var zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write(
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
                            .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("_rels/.rels"));
            zip.write(
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
                            .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
                    .getBytes(StandardCharsets.UTF_8));
            var row = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
                    .repeat(1000)
                    .getBytes(StandardCharsets.UTF_8);
            for (int n = 0; n < 2500; n++) zip.write(row);
            zip.write("</w:body></w:document>".getBytes(StandardCharsets.UTF_8));
        }
        long started = System.nanoTime();
        var result = extract(bomb);
        assertTrue(System.nanoTime() - started < 60_000_000_000L);
        assertTrue(
                result.text().length() <= 50_000 || result.state() == TextState.FAILED,
                result.state() + " " + result.reason());
        assertEquals(
                TextState.OK,
                extract(DOCUMENTS.resolve("khai-ha-muong-bi.docx")).state());
    }

    @Test
    void aPictureNeedsOcrUntilItIsAskedFor() throws Exception {
        var scan = firstScan();
        assertEquals(TextState.NEEDS_OCR, extract(scan).state());
        Assumptions.assumeTrue(
                Tesseract.installed().contains("vie"), "skipped: tesseract with its Vietnamese model is not installed");
        extractor.wantOcr();
        try {
            var seen = extract(scan);
            assertEquals(TextState.OK, seen.state(), seen.reason());
        } finally {
            extractor.noOcr();
        }
    }

    /** A scan inside a PDF too: tesseract is there or not, nobody asked for it. */
    @Test
    void aScannedPdfIsNotReadUnasked() throws Exception {
        assertEquals(
                TextState.NEEDS_OCR,
                extract(ROOT.resolve("fixtures/collection/scans/ok-om-bok-quet.pdf"))
                        .state());
    }

    private static Path firstScan() throws IOException {
        try (var walk = Files.walk(ROOT.resolve("fixtures/collection"))) {
            return walk.filter(p ->
                            p.toString().contains("/scans/") && p.toString().endsWith(".png"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
