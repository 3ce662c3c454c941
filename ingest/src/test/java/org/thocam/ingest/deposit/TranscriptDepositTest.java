package org.thocam.ingest.deposit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Content;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Submission;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Version;
import org.thocam.ontology.transcript.ArchivedTranscripts;

/** Recordings' transcripts on their way in, and what consents keep out of the text of an item. */
class TranscriptDepositTest {
    private static final ItemId ID = new ItemId("khan");

    private static final String EAF =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00+07:00" FORMAT="3.0" VERSION="3.0">
              <HEADER TIME_UNITS="milliseconds"><MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/Ama/khan.wav" MIME_TYPE="audio/x-wav"/></HEADER>
              <TIME_ORDER>
                <TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1000"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="2000"/>
                <TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="2000"/><TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="3000"/>
              </TIME_ORDER>
              <TIER LINGUISTIC_TYPE_REF="tx" PARTICIPANT="Ama" TIER_ID="tx@Ama">
                <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>klei khan Y Prao</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
              </TIER>
              <TIER LINGUISTIC_TYPE_REF="tx" PARTICIPANT="Mi" TIER_ID="tx@Mi">
                <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts3" TIME_SLOT_REF2="ts4"><ANNOTATION_VALUE>čing knah</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
              </TIER>
              <TIER LINGUISTIC_TYPE_REF="ft" PARENT_REF="tx@Ama" PARTICIPANT="Ama" TIER_ID="ft@Ama">
                <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a3" ANNOTATION_REF="a1"><ANNOTATION_VALUE>sử thi Y Prao</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
              </TIER>
              <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="tx" TIME_ALIGNABLE="true"/>
              <LINGUISTIC_TYPE CONSTRAINTS="Symbolic_Association" LINGUISTIC_TYPE_ID="ft" TIME_ALIGNABLE="false"/>
              <CONSTRAINT DESCRIPTION="" STEREOTYPE="Symbolic_Association"/>
            </ANNOTATION_DOCUMENT>
            """;

    @TempDir
    private Path home;

    private final List<Snapshot> deposited = new ArrayList<>();
    private OcflArchive archive;
    private SqlChangeLog log;
    private Extractor extractor;
    private Depositor depositor;

    @BeforeEach
    void open() {
        archive = OcflArchive.open(home);
        log = SqlChangeLog.open(home.resolve("log.sqlite"));
        var lib = Path.of(System.getProperty("thocam.root", "..")).resolve("ingest/tika/target/lib-tika");
        extractor = Extractor.open(new Extractor.Limits(lib, home.resolve("tika"), "java", 1, 30, "128m", 100_000, ""));
        depositor = new Depositor(
                archive,
                () -> log,
                new ChangeClock(Clock.systemUTC(), log.lastAt()),
                extractor,
                2,
                home.resolve("incoming"),
                deposited::addAll);
    }

    @AfterEach
    void close() {
        depositor.close();
        extractor.close();
        log.close();
        archive.close();
    }

    private static Item item(String consents) {
        return ItemJson.entry(ItemJson.parse(
                        "{\"id\":\"khan\",\"title\":\"Khan\",\"language\":\"rad\",\"consents\":[" + consents + "]}"))
                .item();
    }

    private Receipt take(Item item, String... files) throws IOException {
        var uploads = new ArrayList<Submission.Upload>();
        for (int i = 0; i < files.length; i += 2)
            uploads.add(new Submission.Upload(files[i], Files.writeString(home.resolve("up" + i), files[i + 1])));
        var head = archive.head(ID).map(archived -> archived.version());
        return depositor
                .take(new Submission(item, Optional.empty(), uploads, "test"), head, "tester")
                .join();
    }

    private Item now() {
        return (Item) archive.head(ID).orElseThrow().holding();
    }

    private String text() {
        return archive.text(ID, archive.head(ID).orElseThrow().version());
    }

    private String kept(String path) throws IOException {
        try (var in = archive.open(ID, archive.head(ID).orElseThrow().version(), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aTranscriptIsReadAndItsBytesStay() throws IOException {
        var receipt = take(item(""), "khan.eaf", EAF);
        assertEquals("ok", receipt.state(), receipt.reason());
        assertEquals("klei khan Y Prao\n\nčing knah\n\nsử thi Y Prao", text());
        assertEquals(EAF, kept("files/khan.eaf"));
        var file = now().files().get(0);
        assertEquals("text/x-eaf+xml", file.mediaType());
        assertEquals(TextState.OK, file.text());
        var transcripts = new ArchivedTranscripts(archive);
        assertEquals(List.of("khan.eaf"), transcripts.files(ID, new Version(1)));
        var transcript = transcripts.read(ID, new Version(1), "khan.eaf");
        assertEquals(3, transcript.segments().size());
        assertEquals("khan.wav", transcript.media().get(0).name(), "no folder of somebody's computer");
        assertEquals(text(), deposited.get(0).text());
    }

    @Test
    void whatASpeakerDidNotAgreeToIsNotInTheTextOfTheItem() throws IOException {
        take(item("{\"speakers\":[\"Ama\"],\"access\":\"restricted\"}"), "khan.eaf", EAF);
        assertEquals("čing knah", text());
        assertEquals("čing knah", deposited.get(0).text());
        assertTrue(
                new ArchivedTranscripts(archive)
                        .read(ID, new Version(1), "khan.eaf").segments().stream()
                                .anyMatch(segment -> segment.text().contains("Prao")),
                "kept for those who may see it");
    }

    @Test
    void aConsentThatComesLaterOrIsWithdrawnChangesTheText() throws IOException {
        take(item(""), "khan.eaf", EAF);
        var open = text();
        take(item("{\"tiers\":[\"ft@Ama\"],\"access\":\"restricted\"}"));
        assertEquals("klei khan Y Prao\n\nčing knah", text());
        take(item("{\"speakers\":[\"Ama\"],\"access\":\"open\",\"withdrawn\":\"2026-11-01\"}"));
        assertEquals("čing knah", text());
        take(item(""));
        assertEquals(open, text());
        assertEquals(4, archive.head(ID).orElseThrow().version().number());
        assertEquals(open, deposited.get(3).text());
        assertEquals(1, now().files().size());
    }

    @Test
    void theTextOfAFileThatFewerMaySeeIsKeptApartAndComesBack() throws IOException {
        take(item(""), "note.txt", "ghi chú riêng", "open.txt", "cho mọi người");
        assertEquals("ghi chú riêng\n\ncho mọi người", text());
        take(item("{\"files\":[\"note.txt\"],\"access\":\"restricted\"}"));
        assertEquals("cho mọi người", text());
        assertEquals("ghi chú riêng", kept("withheld/text/files/note.txt.txt"));
        take(ItemJson.entry(
                        ItemJson.parse(
                                "{\"id\":\"khan\",\"title\":\"Khác\",\"consents\":[{\"files\":[\"note.txt\"],\"access\":\"restricted\"}]}"))
                .item());
        assertEquals("cho mọi người", text());
        take(item(""));
        assertEquals("ghi chú riêng\n\ncho mọi người", text());
        assertFalse(archive.paths(ID, new Version(4)).stream().anyMatch(path -> path.startsWith("withheld")));
    }

    @Test
    void whatIsBrokenIsSaidAndTheRestOfTheItemIsWhole() throws IOException {
        var receipt = take(
                item(""),
                "broken.eaf",
                EAF.substring(0, EAF.length() / 2),
                "khan.eaf",
                EAF,
                "words.txt",
                "\\lx không phải\nToolbox đâu");
        assertEquals("failed", receipt.state());
        assertTrue(receipt.reason().startsWith("broken.eaf: "), receipt.reason());
        assertTrue(receipt.reason().contains("line "), receipt.reason());
        assertTrue(text().contains("čing knah"));
        assertTrue(text().contains("không phải"));
        assertEquals(
                List.of(TextState.FAILED, TextState.OK, TextState.OK),
                now().files().stream().map(file -> file.text()).toList());
        assertEquals(
                3,
                archive.paths(ID, new Version(1)).stream()
                        .filter(path -> path.startsWith("files/"))
                        .count());
    }

    @Test
    void otherFilesTakeTheSegmentsOfThoseBeforeAway() throws IOException {
        take(item(""), "khan.eaf", EAF);
        take(item(""), "khan.txt", "chỉ còn chữ");
        assertEquals("chỉ còn chữ", text());
        assertEquals(List.of(), new ArchivedTranscripts(archive).files(ID, new Version(2)));
    }

    @Test
    void whatWasTakenInBeforeTranscriptsWereReadIsReadWhenItComesAgain() throws IOException {
        var upload = new Submission.Upload("khan.eaf", Files.writeString(home.resolve("old.eaf"), EAF));
        var again = new Submission(item(""), Optional.empty(), List.of(upload), "test");
        var before = new Bitstream("khan.eaf", "application/xml", EAF.length(), "00", TextState.OK, "");
        depositor
                .keep(
                        item("").withFiles(List.of(before)).from("test", again.digest()),
                        Map.of("files/khan.eaf", new Content.OfPath(upload.path())),
                        Optional.of(Version.NONE),
                        "tester")
                .join();
        Files.writeString(upload.path(), EAF);
        assertEquals(
                new Version(2),
                depositor.take(again, Optional.empty(), "tester").join().version());
        assertEquals(List.of("khan.eaf"), new ArchivedTranscripts(archive).files(ID, new Version(2)));
        Files.writeString(upload.path(), EAF);
        assertEquals(
                "unchanged",
                depositor.take(again, Optional.empty(), "tester").join().state());
    }

    @Test
    void theSameAgainIsNoChange() throws IOException {
        take(item(""), "khan.eaf", EAF);
        var again = depositor
                .take(
                        new Submission(
                                item(""),
                                Optional.empty(),
                                List.of(new Submission.Upload("khan.eaf", home.resolve("up0"))),
                                "test"),
                        Optional.empty(),
                        "tester")
                .join();
        assertEquals("unchanged", again.state());
    }
}
