package org.thocam.ingest.deposit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Office;
import org.thocam.ingest.Samples;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.extract.InnerLimits;
import org.thocam.ingest.extract.Tesseract;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Submission;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Version;

/** Real children, a real archive, documents of real programs. */
class FilesInFilesTest {
    private static final Path ROOT = Path.of(System.getProperty("thocam.root", ".."));
    private static final Path HOSTILE = ROOT.resolve("../shared/data/hostile");

    @TempDir
    private Path folder;

    private OcflArchive archive;
    private SqlChangeLog log;
    private Extractor extractor;
    private Depositor depositor;

    @BeforeEach
    void open() throws IOException {
        open(InnerLimits.USUAL);
    }

    private void open(InnerLimits limits) throws IOException {
        var home = Files.createTempDirectory(folder, "home");
        var lib = ROOT.resolve("ingest/tika/target/lib-tika");
        assumeTrue(Files.isDirectory(lib), "skipped: no " + lib + "; run ./mvnw verify, which makes it");
        archive = OcflArchive.open(home);
        log = SqlChangeLog.open(home.resolve("log.sqlite"));
        extractor = Extractor.open(new Extractor.Limits(
                lib, home.resolve("tika"), "java", 1, 20, "128m", 100_000, "", limits, Extractor.Limits.USUAL_REVIEW));
        depositor = new Depositor(
                archive,
                () -> log,
                new ChangeClock(Clock.systemUTC(), log.lastAt()),
                extractor,
                1,
                home.resolve("incoming"),
                fresh -> {});
    }

    private void reopen(InnerLimits limits) throws IOException {
        close();
        open(limits);
    }

    @AfterEach
    void close() throws IOException {
        depositor.close();
        extractor.close();
        log.close();
        archive.close();
        for (var home : folder.toFile().listFiles(file -> file.getName().startsWith("home")))
            for (var room : List.of("incoming", "tika"))
                try (var left = Files.list(home.toPath().resolve(room))) {
                    assertEquals(
                            List.of(),
                            left.map(path -> path.getFileName().toString())
                                    .filter(name -> !name.startsWith("tika-config"))
                                    .toList(),
                            "nothing is left in " + room);
                }
    }

    private Receipt take(Path... files) {
        var uploads = new ArrayList<Submission.Upload>();
        for (var file : files)
            uploads.add(new Submission.Upload(file.getFileName().toString(), file));
        return depositor
                .take(
                        new Submission(Samples.item("a", "Khèn"), Optional.empty(), uploads, files[0].toString()),
                        Optional.empty(),
                        "tester")
                .join();
    }

    private Item item() {
        return (Item) archive.head(new ItemId("a")).orElseThrow().holding();
    }

    private Version version() {
        return archive.head(new ItemId("a")).orElseThrow().version();
    }

    private List<String> names() {
        return item().files().stream().map(Bitstream::name).toList();
    }

    private Bitstream file(String name) {
        return item().files().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + names()));
    }

    private byte[] bytes(String path) throws IOException {
        try (var in = archive.open(new ItemId("a"), version(), path)) {
            return in.readAllBytes();
        }
    }

    private String text(String name) throws IOException {
        return new String(bytes("text/files/" + name + ".txt"), StandardCharsets.UTF_8);
    }

    /** What the archive keeps is whole, and each file's bytes are those that its digest says. */
    private void assertWhole() throws IOException {
        var paths = archive.paths(new ItemId("a"), version());
        for (var file : item().files()) {
            assertTrue(paths.contains("files/" + file.name()), file.name());
            assertEquals(file.size(), bytes("files/" + file.name()).length);
            assertEquals(
                    file.sha512(),
                    org.apache.commons.codec.digest.DigestUtils.sha512Hex(bytes("files/" + file.name())));
        }
        assertEquals(
                item().files().size(),
                paths.stream().filter(path -> path.startsWith("files/")).count());
        assertEquals(item().files().size(), new HashSet<>(names()).size());
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        return Files.write(folder.resolve(name), zip(entries));
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] tar(Map<String, byte[]> entries) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var entry : entries.entrySet()) {
            var header = new byte[512];
            var name = utf8(entry.getKey());
            System.arraycopy(name, 0, header, 0, name.length);
            System.arraycopy(utf8("0000644\0"), 0, header, 100, 8);
            System.arraycopy(utf8("%011o\0".formatted(entry.getValue().length)), 0, header, 124, 12);
            System.arraycopy(utf8("00000000000\0"), 0, header, 136, 12);
            java.util.Arrays.fill(header, 148, 156, (byte) ' ');
            header[156] = '0';
            System.arraycopy(utf8("ustar\00000"), 0, header, 257, 8);
            int sum = 0;
            for (byte b : header) sum += b & 0xFF;
            System.arraycopy(utf8("%06o\0 ".formatted(sum)), 0, header, 148, 8);
            out.writeBytes(header);
            out.writeBytes(entry.getValue());
            out.writeBytes(new byte[(512 - entry.getValue().length % 512) % 512]);
        }
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Of two pages, with one picture on both and another on the second. */
    private Path office(String ending) throws Exception {
        return Office.document(
                folder,
                "tai-lieu",
                "<text:p>Trang một</text:p>" + Office.framed("Nhà rông Ba Na")
                        + "<text:p text:style-name=\"B\">Trang hai</text:p>" + Office.framed("Khăn piêu")
                        + Office.framed("Nhà rông Ba Na"),
                ending);
    }

    private Map<String, String> places() {
        return item().files().stream()
                .filter(Bitstream::isInner)
                .collect(Collectors.toMap(
                        Bitstream::name, file -> file.within().orElseThrow().place(), (a, b) -> a, TreeMap::new));
    }

    @Test
    void thePicturesOfADocumentComeOutWithWhereTheyStood() throws Exception {
        take(office("docx"), office("odt"), office("epub"));
        assertWhole();
        var places = places();
        assertEquals("word/media/image1.png", places.get("tai-lieu.docx!/image1.png"));
        assertEquals("word/media/image2.png", places.get("tai-lieu.docx!/image2.png"));
        // of each two: the thumbnail of the ODT and the book's own pages are none
        for (var ending : List.of("docx", "odt", "epub")) {
            assertEquals(
                    2,
                    names().stream()
                            .filter(name -> name.startsWith("tai-lieu." + ending + "!/"))
                            .count(),
                    names().toString());
            assertTrue(text("tai-lieu." + ending).contains("Trang hai"));
        }
        for (var file : item().files())
            if (file.isInner()) {
                assertEquals("image/png", file.mediaType());
                assertEquals(TextState.NEEDS_OCR, file.text());
                assertTrue(ImageIO.read(new java.io.ByteArrayInputStream(bytes("files/" + file.name())))
                                .getWidth()
                        == 1000);
            }
    }

    @Test
    void thePicturesOfAPdfHaveTheirPage() throws Exception {
        var receipt = take(office("pdf"));
        assertEquals("ok", receipt.state());
        assertWhole();
        assertEquals(List.of("page 1", "page 2"), List.copyOf(places().values()));
        assertEquals(receipt.inner().size(), places().size());
        assertTrue(receipt.inner().get(0).source().startsWith(folder.resolve("tai-lieu.pdf") + "!/"));
    }

    @Test
    void whatOcrReadsOfAPictureInADocumentIsItsTextAndTheDocumentStays() throws Exception {
        assumeTrue(
                Tesseract.installed().contains("vie"), "skipped: tesseract with its Vietnamese model is not installed");
        var document = office("docx");
        take(document);
        extractor.wantOcr();
        Receipt seen;
        try {
            seen = take(document);
        } finally {
            extractor.noOcr();
        }
        assertEquals(new Version(2), seen.version());
        assertWhole();
        assertEquals(3, names().size());
        assertTrue(text("tai-lieu.docx!/image1.png").contains("Nhà rông"), text("tai-lieu.docx!/image1.png"));
        var read = file("tai-lieu.docx!/image1.png").read().orElseThrow();
        assertTrue(read.confidence() > 0.5, read.toString());
        assertEquals(read.confidence() < 0.7, read.review());
        assertFalse(text("tai-lieu.docx").contains("Nhà rông"));
    }

    @Test
    void anArchiveIsAFolder() throws Exception {
        var inner = zip(Map.of("trong.txt", utf8("ở trong")));
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("bài hát/một.txt", utf8("lời một"));
        entries.put("bài hát/hai.txt", utf8("lời một"));
        entries.put("hộp.zip", inner);
        entries.put("hỏng.zip", java.util.Arrays.copyOf(inner, inner.length / 2));
        entries.put("rỗng.txt", new byte[0]);
        var receipt = take(zip("a.zip", entries), Files.write(folder.resolve("b.tar.gz"), gzip(tar(entries))));
        assertEquals("ok", receipt.state(), receipt.reason());
        assertWhole();
        for (var container : List.of("a.zip", "b.tar.gz")) {
            assertEquals("lời một", text(container + "!/bài hát/một.txt"));
            assertEquals("lời một", text(container + "!/bài hát/hai.txt"));
            assertEquals("ở trong", text(container + "!/hộp.zip!/trong.txt"));
            assertEquals(
                    container + "!/hộp.zip",
                    file(container + "!/hộp.zip!/trong.txt")
                            .within()
                            .orElseThrow()
                            .file());
            assertArrayEquals(inner, bytes("files/" + container + "!/hộp.zip"));
            assertEquals(
                    container,
                    file(container + "!/hỏng.zip").within().orElseThrow().file());
        }
        assertEquals(
                List.of(),
                names().stream().filter(name -> name.endsWith(".tar")).toList());
        assertEquals(TextState.EMPTY, file("a.zip!/rỗng.txt").text());
        assertTrue(archive.text(new ItemId("a"), version()).contains("ở trong"));
    }

    @Test
    void aNameIsNoWayOut() throws Exception {
        var entries = new LinkedHashMap<String, byte[]>();
        var evil = List.of(
                "../../lên.txt",
                "/tuyệt đối.txt",
                "C:\\ổ\\đĩa.txt",
                "a/./b/../c.txt",
                "x\u0000y\u0007.txt",
                "\u202Etxt.exe",
                "một",
                "một/hai.txt",
                "ba/bốn",
                "ba",
                "d.txt/e",
                "d",
                "a".repeat(300) + ".txt",
                "n/".repeat(60) + "sâu.txt",
                "...",
                "!",
                "tệp!/trong",
                " ");
        for (var name : evil) entries.put(name, utf8("của " + name));
        take(zip("a.zip", entries));
        assertWhole();
        assertEquals(evil.size() + 1, names().size(), names().toString());
        for (var name : names()) {
            assertFalse(name.chars().anyMatch(c -> c < ' '), name);
            assertFalse(java.util.Arrays.asList(name.split("/")).contains(".."), name);
        }
        assertTrue(names().contains("a.zip!/_/_/lên.txt"), names().toString());
    }

    @Test
    void whatAnotherFileIsCalledIsNotTaken() throws Exception {
        // a file of the deposit with the name that a part would have
        var box = zip("a.zip", Map.of("b.txt", utf8("trong")));
        var other = Files.write(folder.resolve("other"), utf8("ngoài"));
        depositor
                .take(
                        new Submission(
                                Samples.item("a", "Khèn"),
                                Optional.empty(),
                                List.of(
                                        new Submission.Upload("a.zip", box),
                                        new Submission.Upload("a.zip!/b.txt", other)),
                                "x"),
                        Optional.empty(),
                        "tester")
                .join();
        assertWhole();
        assertEquals("ngoài", text("a.zip!/b.txt"));
        assertEquals("trong", text("a.zip!/b~2.txt"));
    }

    @Test
    void aLimitKeepsWhatCameBefore() throws Exception {
        var entries = new LinkedHashMap<String, byte[]>();
        for (int n = 0; n < 6; n++) entries.put(n + ".txt", utf8("lời " + n));
        var nested = zip(Map.of("x.zip", zip(Map.of("y.zip", zip(Map.of("z.txt", utf8("đáy")))))));
        entries.put("sâu.zip", nested);
        var box = zip("a.zip", entries);
        reopen(new InnerLimits(2, 1000, 1 << 20, 1 << 20, 200, 60));
        var receipt = take(box);
        assertEquals("ok", receipt.state());
        assertWhole();
        assertTrue(
                file("a.zip!/sâu.zip!/x.zip").reason().contains("inner.depth"),
                file("a.zip!/sâu.zip!/x.zip").reason());
        assertFalse(names().toString().contains("y.zip"));
        reopen(new InnerLimits(5, 3, 1 << 20, 1 << 20, 200, 60));
        assertTrue(take(box).reason().contains("inner.count"));
        assertEquals(4, names().size());
        assertWhole();
        reopen(new InnerLimits(5, 1000, 1 << 20, 100, 200, 60));
        var largest = take(box);
        assertTrue(
                largest.reason().contains("sâu.zip") && largest.reason().contains("inner.largest"), largest.reason());
        assertEquals(7, names().size());
    }

    @Test
    void anUpdateTakesOldPartsAway() throws Exception {
        take(zip("a.zip", Map.of("một.txt", utf8("cũ"))));
        take(zip("a.zip", Map.of("hai.txt", utf8("mới"))));
        assertEquals(List.of("a.zip", "a.zip!/hai.txt"), names());
        assertWhole();
        assertFalse(archive.text(new ItemId("a"), version()).contains("cũ"));
        assertEquals("unchanged", take(folder.resolve("a.zip")).state());
        // a change of the description alone leaves them
        var described = new Submission(Samples.item("a", "Khèn bè"), Optional.empty(), List.of(), "x");
        depositor.take(described, Optional.of(version()), "tester").join();
        assertEquals(List.of("a.zip", "a.zip!/hai.txt"), names());
        assertWhole();
    }

    @Test
    void aMailHasItsBodyAndWhatHangsOnIt() throws Exception {
        var mail =
                """
                From: a@b.vn
                Subject: thu
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=X

                --X
                Content-Type: multipart/alternative; boundary=Y

                --Y
                Content-Type: text/plain; charset=UTF-8

                thân thư
                --Y
                Content-Type: text/html; charset=UTF-8

                <p>thân <b>thư</b></p>
                --Y--
                --X
                Content-Type: message/rfc822
                Content-Disposition: attachment; filename=chuyen.eml

                From: c@d.vn
                Subject: trong
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=Z

                --Z
                Content-Type: text/plain

                thu trong
                --Z
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="loi.txt"
                Content-Transfer-Encoding: base64

                bOG7nWkgaMOhdA==
                --Z--
                --X--
                """;
        take(Files.write(folder.resolve("a.eml"), utf8(mail.replace("\n", "\r\n"))));
        assertWhole();
        assertEquals(List.of("a.eml", "a.eml!/chuyen.eml", "a.eml!/chuyen.eml!/loi.txt"), names());
        assertTrue(text("a.eml").contains("thân thư"), text("a.eml"));
        assertTrue(text("a.eml!/chuyen.eml").contains("thu trong"));
        assertEquals("lời hát", text("a.eml!/chuyen.eml!/loi.txt"));
    }

    @Test
    void aMailboxWithoutTextOfItsOwnIsNotEmpty() throws Exception {
        var box = "From a@b Thu Jan  1 00:00:00 2026\nFrom: a@b.vn\nSubject: mot\n\nthan mot\n\n"
                + "From c@d Thu Jan  1 00:00:00 2026\nFrom: c@d.vn\nSubject: hai\n\nthan hai\n\n";
        assertEquals(
                "ok", take(Files.write(folder.resolve("hop.mbox"), utf8(box))).state());
        assertEquals(List.of("hop.mbox", "hop.mbox!/inner-1.eml", "hop.mbox!/inner-2.eml"), names());
        assertEquals("than hai", text("hop.mbox!/inner-2.eml").strip());
    }

    /** Bombs, archives in archives, slips, doubles: each ends, what is there is whole, and the next file is read. */
    @Test
    void hostileArchivesEnd() throws Exception {
        assumeTrue(Files.isDirectory(HOSTILE), "skipped: no " + HOSTILE);
        var hostile = new ArrayList<Path>();
        for (var room : List.of("gen/archive", "gen/office", "libarchive", "tika"))
            try (var all = Files.list(HOSTILE.resolve(room))) {
                all.sorted().forEach(hostile::add);
            }
        var limits = new InnerLimits(3, 50, 8 << 20, 4 << 20, 100, 30);
        reopen(limits);
        for (var file : hostile) {
            var receipt = take(file);
            var parts = item().files().size() - 1;
            assertTrue(parts <= limits.count(), file + ": " + parts);
            assertTrue(
                    item().files().stream()
                                    .filter(Bitstream::isInner)
                                    .mapToLong(Bitstream::size)
                                    .sum()
                            <= limits.total(),
                    file.toString());
            if (receipt.state().equals("failed")) assertFalse(receipt.reason().isEmpty(), file.toString());
            assertFalse(receipt.reason().contains(folder.toString()), receipt.reason());
            assertWhole();
        }
        assertEquals(
                "ok",
                take(Files.write(folder.resolve("sau.txt"), utf8("sau đó"))).state());
    }
}
