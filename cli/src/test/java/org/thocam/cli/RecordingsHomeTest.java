package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemJson;

/** A session of two speakers in a real home: deposited from a folder, found by its words, and closed when a speaker says so. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecordingsHomeTest {
    private static final String EAF =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00+07:00" FORMAT="3.0" VERSION="3.0">
              <HEADER TIME_UNITS="milliseconds"><MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/Amai/sesi.wav" MIME_TYPE="audio/x-wav" TIME_ORIGIN="250"/></HEADER>
              <TIME_ORDER>
                <TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1000"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="2000"/>
                <TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="2000"/><TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="3000"/>
              </TIME_ORDER>
              <TIER LINGUISTIC_TYPE_REF="tx" LANG_REF="rad" PARTICIPANT="Amai" TIER_ID="tx@Amai">
                <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>êa hlăm ƀuôn</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
              </TIER>
              <TIER LINGUISTIC_TYPE_REF="tx" LANG_REF="vie" PARTICIPANT="Adei" TIER_ID="tx@Adei">
                <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts3" TIME_SLOT_REF2="ts4"><ANNOTATION_VALUE>người Ê Đê dệt thổ cẩm</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
              </TIER>
              <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="tx" TIME_ALIGNABLE="true"/>
              <LANGUAGE LANG_DEF="rad-Latn" LANG_ID="rad" LANG_LABEL="Rade"/>
              <LANGUAGE LANG_DEF="vi" LANG_ID="vie" LANG_LABEL="Vietnamese"/>
            </ANNOTATION_DOCUMENT>
            """;

    @TempDir
    private static Path folder;

    private static RunningHome running;
    private static String admin;

    @BeforeAll
    static void open() throws Exception {
        running = RunningHome.start(folder.resolve("home"));
        admin = running.token(Role.ADMIN);
        thocam("reference", "load", Installation.here().reference().toString());
        var session = Files.createDirectories(folder.resolve("sesi"));
        Files.writeString(session.resolve("sesi.eaf"), EAF);
        Files.write(session.resolve("sesi.wav"), silence());
        Files.writeString(
                session.resolve("broken.TextGrid"),
                "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = none");
        Files.writeString(session.resolve("form.txt"), "Amai đồng ý");
        Files.writeString(
                session.resolve("item.yaml"),
                """
                id: sesi
                title: {vi: Kể chuyện}
                type: Sound
                language: rad
                people: [EG12]
                consents:
                  - {person: Amai, given: 2026-01-05, access: open, form: form.txt}
                """);
        running.ingest(session);
        var lift = Files.writeString(
                folder.resolve("rad.lift"),
                """
                <lift version="0.13">
                <entry id="êa" guid="g1"><lexical-unit><form lang="rad"><text>êa</text></form></lexical-unit>
                <sense id="s1"><gloss lang="vi"><text>nước</text></gloss></sense></entry>
                </lift>
                """);
        thocam("dictionary", "import", "--id", "rad", "--language", "rad", lift.toString());
        running.caughtUp();
    }

    /** A second of 8 kHz, 16 bits, one channel. */
    private static byte[] silence() {
        var wav = java.nio.ByteBuffer.allocate(44 + 16_000).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 16_000);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        wav.putInt(8000).putInt(16_000).putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(16_000);
        return wav.array();
    }

    @AfterAll
    static void close() throws Exception {
        if (running != null) running.close();
    }

    private static void thocam(String... arguments) {
        var out = new StringWriter();
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", running.home().root().toString()));
        int exit = Main.commandLine(new PrintWriter(out), new PrintWriter(out)).execute(all.toArray(String[]::new));
        assertEquals(Exit.DONE, exit, out.toString());
    }

    private static JsonNode json(String path, String token) throws Exception {
        var answer = running.get(path, token);
        assertEquals(200, answer.statusCode(), path + ": " + answer.body());
        return ItemJson.parse(answer.body());
    }

    private static JsonNode found(String q, String token) throws Exception {
        return json("/api/v1/search?segments=true&q=" + RunningHome.encoded(q), token);
    }

    @Test
    @Order(1)
    void aWordLeadsToTheSecondOfTheRecording() throws Exception {
        var place = found("thổ cẩm", null).at("/items/0/segments/0");
        assertEquals("sesi.eaf", place.path("file").asText());
        assertEquals("tx@Adei", place.path("tier").asText());
        assertEquals("Adei", place.path("speaker").asText());
        assertEquals(2000, place.path("start").asLong());
        assertEquals(
                "/api/v1/items/sesi/files/sesi.wav#t=2.250,3.250",
                place.path("href").asText(),
                "by the recording's own clock");
        assertEquals(200, running.get("/api/v1/items/sesi/files/sesi.wav", null).statusCode());
        // forgiving as everywhere: without diacritics
        assertEquals(1, found("tho cam", null).path("total").asInt());
        assertEquals(0, found("thổ cẩm", null).path("facets").size());
    }

    @Test
    @Order(2)
    void aPassageLeadsToEntitiesAndSensesAndBack() throws Exception {
        var mentions = found("thổ cẩm", null).at("/items/0/segments/0/mentions");
        assertTrue(mentions.toString().contains("EG12"), mentions.toString());
        var back = json("/api/v1/search?segments=true&mentions=EG12", null);
        assertEquals("tx@Adei", back.at("/items/0/segments/0/tier").asText());
        var words = json("/api/v1/items/sesi/segments/words?file=sesi.eaf&number=0", null);
        assertEquals("êa", words.at("/words/0/word").asText());
        assertEquals("nước", words.at("/words/0/entries/0/senses/0/glosses/vi").asText());
        var recordings =
                json("/api/v1/dictionaries/rad/entries/g1/passages", null).path("recordings");
        assertEquals("sesi", recordings.at("/0/id").asText());
        assertEquals(1000, recordings.at("/0/segments/0/start").asLong());
    }

    @Test
    @Order(3)
    void whatIsBrokenIsSaidAndWhatIsPrivateIsNot() throws Exception {
        var item = json("/api/v1/items/sesi", null);
        assertFalse(item.toString().contains("form.txt"), item.toString());
        assertFalse(item.has("consents"), item.toString());
        assertTrue(item.toString().contains("broken.TextGrid could not be read as TEXTGRID"), item.toString());
        assertEquals(404, running.get("/api/v1/items/sesi/files/form.txt", null).statusCode());
        assertFalse(running.get("/api/v1/items/sesi/text", null).body().contains("đồng ý"));
        assertTrue(json("/api/v1/items/sesi", admin)
                .at("/consents/0/person")
                .asText()
                .equals("Amai"));
        assertEquals(
                200, running.get("/api/v1/items/sesi/files/form.txt", admin).statusCode());
        for (var door : List.of("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:"))
            assertFalse(running.get(door, null).body().contains("form.txt"));
    }

    /** From the moment it is acknowledged, also while the index has not heard of it. */
    @Test
    @Order(4)
    void aSpeakerWhoTakesBackTheirConsentIsNotHeardAnyMore() throws Exception {
        var before = running.get("/api/v1/items/sesi", admin);
        var patch = running.request(
                        "/api/v1/items/sesi",
                        admin,
                        "If-Match",
                        before.headers().firstValue("ETag").orElseThrow(),
                        "Content-Type",
                        "application/merge-patch+json")
                .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString(
                                "{\"consents\":[{\"person\":\"Amai\",\"access\":\"open\",\"form\":\"form.txt\",\"withdrawn\":\"2026-11-01\"}]}"));
        var answer = running.send(patch);
        assertEquals(200, answer.statusCode(), answer.body());
        closed();
        running.caughtUp();
        closed();
        // the other speaker goes on to be found, by words that are theirs alone
        assertEquals(1, found("thổ cẩm", null).path("total").asInt());
        assertTrue(
                found("thổ cẩm", null).at("/items/0/segments/0/href").isMissingNode(), "the recording has both voices");
        assertEquals(1, found("ƀuôn", admin).path("total").asInt());
        assertEquals(
                404, running.get("/api/v1/items/sesi/text?version=1", null).statusCode(), "nor by the version before");
        assertEquals(List.of(), running.engine().verify(true, n -> {}).faults());
    }

    private static void closed() throws Exception {
        assertEquals(0, found("ƀuôn", null).path("total").asInt());
        assertEquals(404, running.get("/api/v1/items/sesi/files/sesi.wav", null).statusCode());
        assertEquals(404, running.get("/api/v1/items/sesi/files/sesi.eaf", null).statusCode());
        assertFalse(running.get("/api/v1/items/sesi/text", null).body().contains("ƀuôn"));
        assertEquals(
                200, running.get("/api/v1/items/sesi/files/sesi.wav", admin).statusCode());
    }

    @Test
    @Order(5)
    void theShellShowsThePlaces() {
        var out = new StringWriter();
        int exit = Main.commandLine(new PrintWriter(out), new PrintWriter(new StringWriter()))
                .execute(
                        "search",
                        "thổ cẩm",
                        "--segments",
                        "--home",
                        running.home().root().toString());
        assertEquals(Exit.DONE, exit);
        assertTrue(out.toString().contains("0:02.000"), out.toString());
        assertTrue(out.toString().contains("tx@Adei (Adei)"), out.toString());
    }
}
