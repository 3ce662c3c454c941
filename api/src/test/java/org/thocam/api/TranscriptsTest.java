package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.transcript.Format;
import org.thocam.ontology.transcript.Limits;
import org.thocam.ontology.transcript.Segment;
import org.thocam.ontology.transcript.Span;
import org.thocam.ontology.transcript.Transcript;
import org.thocam.ontology.transcript.TranscriptException;
import org.thocam.ontology.transcript.Transcripts;

/** Transcripts in other formats, and captions. */
class TranscriptsTest {
    private static final String AT = "/api/v1/items/talk/transcripts";
    /** Where {@code npm install webvtt-parser@2.2.0} was run: {@code -Dthocam.webvtt=FOLDER}. */
    private static final Path VALIDATOR = Path.of(
                    System.getProperty("thocam.webvtt", "webvtt"), "node_modules", "webvtt-parser")
            .toAbsolutePath();

    private static Running running;
    private static Path temp;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        running = new Running(dir);
        temp = dir;
        Recorded.putTalk(running, dir);
        Recorded.put(
                running,
                dir,
                "{\"id\":\"many\",\"title\":\"x\"}",
                Map.of("một/thư mục.wav", Recorded.wave(2)),
                Map.of("một/thư mục.TextGrid", Recorded.many(3)));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static Transcript read(Format format, String body) throws TranscriptException {
        return Transcripts.read(format, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), Limits.USUAL);
    }

    private static List<String> texts(Transcript transcript) {
        return transcript.segments().stream().map(Segment::text).sorted().toList();
    }

    @Test
    void theListSaysWhatThereIsAndWhere() {
        var list = Running.json(running.get(AT)).path("transcripts");
        assertEquals(2, list.size());
        var talk = list.get(1);
        assertEquals("talk.eaf", talk.path("file").asText());
        assertEquals("eaf", talk.path("format").asText());
        assertTrue(talk.path("original").isMissingNode(), "a name that is hidden stands in it");
        assertEquals("tx@Speaker A", talk.at("/tiers/0/name").asText());
        assertEquals("blt-Tavt", talk.at("/tiers/0/language").asText());
        assertEquals(1, talk.at("/tiers/0/passages").asInt());
        assertEquals(4, talk.path("tiers").size());
        assertEquals("talk.wav", talk.at("/recordings/0/file").asText());
        assertEquals(500, talk.at("/recordings/0/origin").asInt());
        for (var form : talk.path("forms"))
            assertEquals(200, running.get(form.asText()).statusCode(), form.asText());
        var captions = talk.path("captions");
        assertEquals(3, captions.size());
        for (var track : captions)
            assertEquals(200, running.get(track.path("href").asText()).statusCode(), track.toString());
        assertEquals("blt-Tavt", captions.at("/0/srclang").asText());
        assertEquals(2, captions.at("/0/tiers").size(), "one layer of two speakers");
        assertEquals("blt-Latn", captions.at("/1/srclang").asText());
        assertEquals("subtitles", captions.at("/2/kind").asText());
    }

    @Test
    void captionsHaveTheTimesOfTheRecording() {
        var captions = Running.json(running.get(AT)).at("/transcripts/1/captions");
        var track = running.get(captions.at("/0/href").asText());
        assertEquals(
                "text/vtt;charset=utf-8", Running.header(track, "Content-Type").replace(" ", ""));
        assertEquals(
                """
                WEBVTT

                00:00:00.500 --> 00:00:02.000
                <v Speaker A>ꪼꪕ ꪒꪾ

                00:00:02.000 --> 00:00:03.700
                <v Ba>ꪼꪕ ꪄꪱꪫ
                """,
                track.body());
        var own = running.get(AT + "/vtt/talk.eaf");
        assertTrue(own.body().contains("00:00:00.000 --> 00:00:01.500"), "without a recording its own times");
        assertTrue(own.body().contains("tày đăm &amp; &lt;b&gt;"));
        var translation = running.get(AT + "/vtt/talk.eaf?tier=ft%40Speaker%20A");
        assertEquals("1", Running.header(translation, "X-Thocam-Lost"), "one has no time");
        assertEquals(400, running.get(AT + "/vtt/talk.eaf?tier=sacred").statusCode());
        assertEquals(400, running.get(AT + "/vtt/talk.eaf?recording=other.wav").statusCode());
    }

    @Test
    void everyFormReadsBackAsTheSameSegments() throws TranscriptException {
        var visible = List.of("không có thời gian", "người Thái Đen", "tày đăm & <b>", "ꪼꪕ ꪄꪱꪫ", "ꪼꪕ ꪒꪾ");
        var eaf = running.get(AT + "/eaf/talk.eaf");
        assertEquals(visible, texts(read(Format.EAF, eaf.body())));
        assertTrue(Running.header(eaf, "Content-Disposition").startsWith("attachment; filename=\"talk.eaf\""));
        var grid = running.get(AT + "/textgrid/talk.eaf");
        assertEquals("1", Running.header(grid, "X-Thocam-Lost"));
        var timed = read(Format.TEXTGRID, grid.body()).segments().stream()
                .filter(segment -> !segment.text().isEmpty())
                .toList();
        assertEquals(
                visible.subList(1, 5),
                timed.stream().map(Segment::text).sorted().toList());
        assertEquals(Optional.of(new Span(0, 1500)), timed.get(0).span());
        var csv = running.get(AT + "/csv/talk.eaf");
        assertEquals(6, csv.body().lines().count());
        assertTrue(csv.body().contains("tx@Ba,transcription,Ba,blt-Tavt,1500,3200,false,"));
    }

    @Test
    void theAdministratorHasAllOfItAndAnotherTag() {
        var all = running.get(AT + "/csv/talk.eaf", Role.ADMIN);
        assertTrue(all.body().contains("Bímật"));
        assertFalse(running.get(AT + "/csv/talk.eaf").body().contains("Bímật"));
        var tag = Running.header(running.get(AT + "/csv/talk.eaf"), "ETag");
        assertNotEquals(tag, Running.header(all, "ETag"));
        for (var path : List.of("", "/csv/talk.eaf", "/vtt/talk.eaf", "/eaf/talk.eaf", "/textgrid/talk.eaf")) {
            var first = running.get(AT + path);
            assertEquals("Authorization", Running.header(first, "Vary"), path);
            assertEquals(
                    304,
                    running.get(AT + path, "If-None-Match", Running.header(first, "ETag"))
                            .statusCode(),
                    path);
            assertEquals(200, running.ask("HEAD", AT + path, null).statusCode(), path);
        }
    }

    @Test
    void aNameMayHaveFoldersAndLetters() {
        var list = Running.json(running.get("/api/v1/items/many/transcripts"));
        var vtt = running.get(list.at("/transcripts/0/forms/vtt").asText());
        assertEquals(200, vtt.statusCode());
        assertTrue(Running.header(vtt, "Content-Disposition").endsWith("filename*=UTF-8''th%C6%B0%20m%E1%BB%A5c.vtt"));
        assertEquals(
                "một/thư mục.wav", list.at("/transcripts/0/recordings/0/file").asText());
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertEquals(404, running.get(AT + "/csv/none.eaf").statusCode());
        assertEquals(404, running.get(AT + "/csv/talk.wav").statusCode());
        assertEquals(406, running.get(AT + "/docx/talk.eaf").statusCode());
        assertEquals(404, running.get("/api/v1/items/none/transcripts").statusCode());
        running.library.take("{\"id\":\"bare\",\"title\":\"x\"}");
        assertEquals(
                0,
                Running.json(running.get("/api/v1/items/bare/transcripts"))
                        .path("transcripts")
                        .size());
    }

    @Test
    void aTranscriptTooLargeToBeHeldIsToBeHadAsItCame() {
        Recorded.put(
                running,
                temp,
                "{\"id\":\"huge\",\"title\":\"x\"}",
                Map.of("a.wav", Recorded.wave(1), "a.eaf", new byte[] {1}, "b.eaf", new byte[] {1}),
                Map.of("a.eaf", Recorded.many(200_001), "b.eaf", Recorded.many(20_000)));
        var list = Running.json(running.get("/api/v1/items/huge/transcripts")).path("transcripts");
        assertEquals(1, list.size());
        assertEquals(20_000, list.at("/0/tiers/0/passages").asInt());
        var refused = running.get("/api/v1/items/huge/transcripts/csv/a.eaf");
        assertEquals(404, refused.statusCode());
        assertTrue(refused.body().contains("200,000"), refused.body());
        assertEquals(200, running.get("/api/v1/items/huge/files/a.eaf").statusCode());
        assertEquals(
                20_001,
                running.get("/api/v1/items/huge/transcripts/csv/b.eaf")
                        .body()
                        .lines()
                        .count());
    }

    @Test
    void nothingIsLeftInTheFolder() throws IOException {
        running.get(AT + "/csv/talk.eaf");
        try (var left = Files.list(temp.resolve("uploads"))) {
            assertEquals(List.of(), left.collect(Collectors.toList()));
        }
    }

    @Test
    void captionsKeepToTheGrammar() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isDirectory(VALIDATOR), VALIDATOR + " is not there: npm install webvtt-parser@2.2.0");
        var script = temp.resolve("check.js");
        Files.writeString(
                script,
                """
                const {WebVTTParser, WebVTTSerializer} = require(process.argv[2]);
                const tree = new WebVTTParser().parse(require('fs').readFileSync(0, 'utf8'), 'captions');
                console.log(JSON.stringify({cues: tree.cues.length, errors: tree.errors}));
                """);
        for (var track : Running.json(running.get(AT)).findValuesAsText("href").stream()
                .filter(href -> href.contains("/vtt/"))
                .toList()) {
            var process = new ProcessBuilder("node", script.toString(), VALIDATOR.toString())
                    .redirectErrorStream(true)
                    .start();
            try (var in = process.getOutputStream()) {
                in.write(running.bytes(track).body());
            }
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertTrue(said.matches("\\{\"cues\":[1-9]\\d*,\"errors\":\\[]}\\s*"), track + ": " + said);
        }
    }
}
