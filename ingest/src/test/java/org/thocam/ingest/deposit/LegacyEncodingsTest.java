package org.thocam.ingest.deposit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thocam.ingest.Samples;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Decoding;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;

/** Files that LibreOffice 7.4, glibc's iconv and GNU recode wrote; {@code SOURCES.md} beside them says how. */
class LegacyEncodingsTest {
    private static final ItemId ID = new ItemId("kieu");
    private static final String VNI = "Traêm naêm trong coõi ngöôøi ta, chöõ taøi chöõ meänh kheùo laø gheùt nhau.";
    private static final String UNICODE = "Trăm năm trong cõi người ta, chữ tài chữ mệnh khéo là ghét nhau.";
    private static final String POEM =
            """
            Trăm năm trong cõi người ta,
            Chữ tài chữ mệnh khéo là ghét nhau.
            Trải qua một cuộc bể dâu,
            Những điều trông thấy mà đau đớn lòng.
            Lạ gì bỉ sắc tư phong,
            Trời xanh quen thói má hồng đánh ghen.
            """;

    @TempDir
    private Path home;

    private OcflArchive archive;
    private SqlChangeLog log;
    private Extractor extractor;
    private Depositor depositor;

    @BeforeEach
    void open() {
        var lib = Path.of(System.getProperty("thocam.root", "..")).resolve("ingest/tika/target/lib-tika");
        Assumptions.assumeTrue(Files.isDirectory(lib), "skipped: no " + lib + "; run ./mvnw verify, which makes it");
        archive = OcflArchive.open(home);
        log = SqlChangeLog.open(home.resolve("log.sqlite"));
        extractor = Extractor.open(new Extractor.Limits(lib, home.resolve("tika"), "java", 1, 30, "256m", 100_000, ""));
        depositor = new Depositor(
                archive,
                () -> log,
                new ChangeClock(Clock.systemUTC(), log.lastAt()),
                extractor,
                2,
                home.resolve("incoming"),
                fresh -> {});
    }

    @AfterEach
    void close() {
        if (depositor == null) return;
        depositor.close();
        extractor.close();
        log.close();
        archive.close();
    }

    private Receipt take(Optional<String> text, Optional<Version> basis, String... files) {
        var uploads = List.of(files).stream()
                .map(name -> new Submission.Upload(name, fixture(name)))
                .toList();
        return depositor
                .take(new Submission(Samples.item("kieu", "Kiều"), text, uploads, "kieu"), basis, "tester")
                .join();
    }

    private static Path fixture(String name) {
        return Path.of(System.getProperty("thocam.root", "..")).resolve("ingest/src/test/resources/legacy/" + name);
    }

    private Item item() {
        return (Item) archive.head(ID).orElseThrow().holding();
    }

    private String text() {
        return archive.text(ID, archive.head(ID).orElseThrow().version());
    }

    private String kept(String path) throws Exception {
        try (var in = archive.open(ID, archive.head(ID).orElseThrow().version(), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aRecordsTextIsDecodedAndKeptAsItCame() throws Exception {
        assertEquals("ok", take(Optional.of(VNI), Optional.empty()).state());
        assertEquals(UNICODE, text());
        assertEquals(VNI, kept("received/0-record.txt"));
        var decoding = item().decodings().get(0);
        assertEquals(new Decoding("text/0-record.txt", "VNI", decoding.confidence(), "statistics"), decoding);
        assertTrue(decoding.confidence() > 0.9, decoding.toString());
        assertEquals("unchanged", take(Optional.of(VNI), Optional.empty()).state());
    }

    @Test
    void aChangeOfTheDescriptionKeepsWhatWasReceivedAndANewTextTakesItsPlace() throws Exception {
        var first = take(Optional.of(VNI), Optional.empty()).version();
        var second = take(Optional.empty(), Optional.of(first)).version();
        assertEquals(VNI, kept("received/0-record.txt"));
        assertEquals(1, item().decodings().size());
        take(Optional.of(UNICODE), Optional.of(second));
        assertEquals(UNICODE, text());
        assertEquals(List.of(), item().decodings());
        assertEquals(
                List.of(),
                archive.paths(ID, archive.head(ID).orElseThrow().version()).stream()
                        .filter(path -> path.startsWith("received/"))
                        .toList());
    }

    @Test
    void anItemOfBeforeHasNoDecodingsAndOneWithThemComesBackAsItWas() throws Exception {
        var item = Samples.item("a", "Khèn");
        assertEquals(item, ItemJson.holding(ItemJson.stored(item)));
        assertTrue(!new String(ItemJson.stored(item), StandardCharsets.UTF_8).contains("decoded"));
        var decoded = item.withDecodings(List.of(new Decoding("text/0-record.txt", "VPS", 0.97, "statistics")));
        assertEquals(decoded, ItemJson.holding(ItemJson.stored(decoded)));
    }

    @ParameterizedTest
    @CsvSource({"kieu-tcvn3.txt, TCVN3", "kieu-viscii.txt, VISCII", "kieu-vps.txt, VPS"})
    void plainTextIsDecodedFromItsBytes(String name, String encoding) {
        assertEquals("ok", take(Optional.empty(), Optional.empty(), name).state());
        assertEquals(POEM, text());
        assertEquals(encoding, item().decodings().get(0).encoding());
        assertEquals("text/files/" + name + ".txt", item().decodings().get(0).path());
    }

    @Test
    void capitalsOfTheFirstSetOfTCVNAreRead() {
        take(Optional.empty(), Optional.empty(), "kieu-tcvn-capitals.csv");
        assertEquals("id,tên\n1,TRĂM NĂM TRONG CÕI NGƯỜI TA\n2,CHỮ TÀI CHỮ MỆNH KHÉO LÀ GHÉT NHAU\n", text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fonts.docx", "fonts.rtf", "fonts.html"})
    void fontsDecideRunByRun(String name) throws Exception {
        assertEquals("ok", take(Optional.empty(), Optional.empty(), name).state());
        assertEquals(
                "TRUYỆN KIỀU Trăm năm trong cõi người ta. Những điều trông thấy mà đau đớn lòng. Hà Nội"
                        + " Bản Unicode: người Mường, café à la carte.",
                text().replaceAll("\\s+", " ").strip());
        var kept = kept("received/files/" + name + ".txt");
        assertTrue(kept.contains("Hµ Néi") && kept.chars().noneMatch(c -> c >= 0xFDD0 && c <= 0xFDEF), kept);
        var by = new java.util.TreeMap<String, String>();
        for (var decoding : item().decodings()) by.put(decoding.encoding(), decoding.by());
        assertEquals(Map.of("TCVN3", "font", "VNI", "font"), by);
    }
}
