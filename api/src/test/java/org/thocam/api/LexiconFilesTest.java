package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Submission;

/** A dictionary as a file over HTTP, out and in. */
class LexiconFilesTest {
    private static final String LIFT =
            """
            <lift version="0.13">
            <!-- Ê Đê --><entry id="êa_g1" guid="g1"><lexical-unit><form lang="rad"><text>êa</text></form></lexical-unit>
            <pronunciation><media href="ea.wav"/></pronunciation>
            <sense id="s1"><gloss lang="vi"><text>nước</text></gloss></sense></entry>
            <entry id="ƀuôn_g2" guid="g2"><lexical-unit><form lang="rad"><text>ƀuôn</text></form></lexical-unit></entry>
            </lift>
            """;

    private static Running running;
    private static Path lift;
    private static Path recording;
    private static int number;
    private String id;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        running = new Running(dir);
        running.clock.real();
        lift = Files.writeString(dir.resolve("rad.lift"), LIFT);
        recording = Files.writeString(dir.resolve("ea.wav"), "RIFF");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void dictionary() {
        id = "file" + number++;
        running.library.take(
                "{\"id\":\"" + id + "\",\"title\":\"x\",\"language\":\"rad-Latn\",\"sets\":[\"dictionary\"]}",
                new Submission.Upload("rad.lift", lift),
                new Submission.Upload("audio/ea.wav", recording));
    }

    private HttpResponse<String> ask(Role role, String method, String where, String body, String... headers) {
        var all = new ArrayList<>(Arrays.asList(headers));
        if (role != null) all.addAll(List.of("Authorization", "Bearer " + running.token.get(role)));
        return running.ask(method, where, body, all.toArray(String[]::new));
    }

    private HttpResponse<String> take(Role role, String query, String body) {
        return ask(
                role,
                "POST",
                "/api/v1/dictionaries/" + id + "/import?" + query,
                body,
                "Content-Type",
                "application/xml");
    }

    @Test
    void everybodyGetsTheBytesThatCame() {
        var got = ask(null, "GET", "/api/v1/dictionaries/" + id + "/export", null);
        assertEquals(LIFT, got.body());
        assertEquals("application/xml", got.headers().firstValue("Content-Type").orElse(""));
        assertEquals("0", got.headers().firstValue("X-Thocam-Lost").orElse(""));
    }

    @Test
    void everyFormatIsThereWithItsReport() {
        for (var format : List.of("csv", "tsv", "xlsx", "cldf", "tei", "ontolex", "dmlex-json", "dmlex-xml")) {
            var where = "/api/v1/dictionaries/" + id + "/export?format=" + format;
            assertEquals(200, ask(null, "GET", where, null).statusCode(), format);
            var report = ItemJson.parse(
                    ask(null, "GET", where + "&report=true", null).body());
            assertTrue(report.path("lost").isArray(), format);
        }
        assertEquals(
                400,
                ask(null, "GET", "/api/v1/dictionaries/" + id + "/export?format=doc", null)
                        .statusCode());
        assertEquals(
                404, ask(null, "GET", "/api/v1/dictionaries/none/export", null).statusCode());
    }

    @Test
    void aFileThatWasEditedElsewhereIsMergedByThoseWhoReview() {
        var export = ask(null, "GET", "/api/v1/dictionaries/" + id + "/export", null);
        var point = export.headers().firstValue("X-Thocam-Point").orElseThrow();
        var away = LIFT.replace("nước", "nước uống");
        assertEquals(401, take(null, "name=a.lift", away).statusCode());
        assertEquals(403, take(Role.EDITOR, "name=a.lift", away).statusCode());
        assertEquals(400, take(Role.REVIEWER, "", away).statusCode());
        assertEquals(
                422, take(Role.REVIEWER, "name=a.lift", "<lift version='0.13'>").statusCode());
        assertEquals(
                422, take(Role.REVIEWER, "name=a.lift", "<lift version='0.9'/>").statusCode());
        assertEquals(400, take(Role.REVIEWER, "name=a.lift&since=today", away).statusCode());
        var dry = take(Role.REVIEWER, "name=a.lift&dryRun=true&since=" + point, away);
        assertEquals(1, ItemJson.parse(dry.body()).path("changed").asInt(), dry.body());
        assertEquals(
                LIFT,
                ask(null, "GET", "/api/v1/dictionaries/" + id + "/export", null).body());
        var done = take(Role.REVIEWER, "name=a.lift&since=" + point, away);
        assertEquals(200, done.statusCode(), done.body());
        assertEquals(
                away,
                ask(null, "GET", "/api/v1/dictionaries/" + id + "/export", null).body());
        var again = take(Role.REVIEWER, "name=a.lift&since=" + point, away);
        assertEquals("unchanged", ItemJson.parse(again.body()).path("state").asText());
    }

    @Test
    void aRecordingWithoutConsentIsForEditors() {
        var where = "/api/v1/items/" + id + "/files/audio/ea.wav";
        assertEquals(404, ask(null, "GET", where, null).statusCode());
        assertEquals(404, ask(Role.READER, "GET", where, null).statusCode());
        assertEquals(200, ask(Role.EDITOR, "GET", where, null).statusCode());
        var consent =
                "{\"pronunciations\":[{\"media\":[{\"href\":\"ea.wav\"}],\"traits\":[{\"name\":\"consent\",\"value\":\"yes\"}]}]}";
        assertEquals(
                200,
                ask(
                                Role.EDITOR,
                                "PATCH",
                                "/api/v1/dictionaries/" + id + "/entries/g1",
                                consent,
                                "Content-Type",
                                "application/merge-patch+json",
                                "If-Match",
                                "*")
                        .statusCode());
        assertEquals(200, ask(null, "GET", where, null).statusCode());
    }
}
