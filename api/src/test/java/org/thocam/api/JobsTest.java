package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thocam.api.access.Role;
import org.thocam.ingest.queue.Workers;
import org.thocam.ontology.ItemId;

/** Handing items in to be taken in later, and handing them in twice. */
class JobsTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    private static Path dir;

    private static Running running;

    private final String id = "khen" + COUNT.incrementAndGet();
    private final String record = record(id);
    /** Of somebody who has handed in nothing yet. */
    private String token;

    private static String record(String id) {
        return "{\"id\":\"" + id + "\",\"title\":\"Khèn\",\"text\":\"tiếng khèn\"}";
    }

    @BeforeAll
    static void start() throws IOException {
        running = new Running(dir);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void come() {
        token = running.tokens.create(Role.DEPOSITOR, "somebody", List.of());
    }

    @AfterEach
    void leaveNothing() {
        running.library.intake.broken = false;
        running.library.intake.brokenAfter = false;
        for (var job : running.library.jobs.list(Optional.empty(), Optional.empty(), Optional.empty(), 1000))
            running.library.jobs.cancel(job.id());
    }

    private HttpResponse<String> post(String body, String... headers) {
        return postAs(token, body, headers);
    }

    private static HttpResponse<String> postAs(String who, String body, String... headers) {
        var all = new ArrayList<>(List.of("Authorization", "Bearer " + who));
        if (!List.of(headers).contains("Content-Type")) all.addAll(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return running.ask("POST", "/api/v1/items", body, all.toArray(String[]::new));
    }

    private HttpResponse<String> later(String body) {
        return post(body, "Prefer", "respond-async");
    }

    private HttpResponse<String> keyed(String key, String body, String... headers) {
        var all = new ArrayList<>(List.of("Idempotency-Key", key));
        all.addAll(List.of(headers));
        return post(body, all.toArray(String[]::new));
    }

    private HttpResponse<String> mine(String path) {
        return running.get(path, "Authorization", "Bearer " + token);
    }

    private JsonNode job(HttpResponse<String> answer) {
        return shown(mine(address(answer)));
    }

    private static JsonNode shown(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return Running.json(response);
    }

    private static String address(HttpResponse<String> answer) {
        assertEquals(202, answer.statusCode(), answer.body());
        var location = Running.header(answer, "Location");
        return location.substring(location.indexOf("/api/"));
    }

    private static void work() throws IOException, InterruptedException {
        var library = running.library;
        try (var workers = Workers.start(
                library.jobs, library.intake, library.archive::head, new Workers.Settings(1, dir.resolve("spool")))) {
            for (int tries = 0; !library.jobs.counts().idle(); tries++) {
                assertTrue(tries < 6000, "the queue does not get empty");
                Thread.sleep(10);
            }
            workers.wake();
        }
    }

    private int versions() {
        return running.library.archive.versions(new ItemId(id)).size();
    }

    @Test
    void whatIsHandedInIsTakenInLaterAndItsSenderIsToldHowItWent() throws Exception {
        var answer = later(record);
        assertEquals("respond-async", Running.header(answer, "Preference-Applied"));
        var waits = mine(address(answer));
        assertEquals("queued", shown(waits).path("state").asText());
        assertEquals("1", Running.header(waits, "Retry-After"));
        assertEquals(404, running.get("/api/v1/items/" + id).statusCode());
        work();
        var done = job(answer);
        assertEquals("done", done.path("state").asText(), done.toString());
        assertEquals(1, done.path("receipt").path("version").asInt());
        assertEquals("/api/v1/items/" + id, done.path("receipt").path("href").asText());
        assertEquals(200, running.get("/api/v1/items/" + id).statusCode());
    }

    @Test
    void filesComeAlong() throws Exception {
        var body = "--x\r\nContent-Disposition: form-data; name=\"record\"\r\n\r\n" + record
                + "\r\n--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"tiếng.txt\"\r\n\r\nkhèn\r\n--x--\r\n";
        var answer = post(
                body,
                "Content-Type",
                "multipart/form-data; boundary=x",
                "Prefer",
                "wait=10, Respond-Async; foo=\"a,b\"");
        work();
        assertEquals("done", job(answer).path("state").asText());
        assertEquals(
                "khèn",
                running.get("/api/v1/items/" + id + "/files/ti%E1%BA%BFng.txt").body());
    }

    @Test
    void otherPreferencesAreAnsweredAtOnce() {
        int n = 0;
        for (var prefer :
                List.of("return=minimal", "\"respond-async\"", "x=\"respond-async, y\"", "respond-asyncs", "\"a", ""))
            assertEquals(201, post(record(id + n++), "Prefer", prefer).statusCode(), prefer);
    }

    @Test
    void whatIsWrongIsRefusedBeforeItIsQueued() {
        running.library.take(record);
        assertEquals(409, later(record).statusCode());
        assertEquals(422, later("{\"id\":\"x\"}").statusCode());
        assertEquals(
                422,
                later("{\"id\":\"x\",\"title\":\"x\",\"files\":[\"y.txt\"]}").statusCode());
        assertEquals(400, later("{").statusCode());
        assertEquals(409, later("{\"id\":\"EG99\",\"title\":\"x\"}").statusCode());
        assertEquals(
                403,
                postAs(running.token.get(Role.READER), record, "Prefer", "respond-async")
                        .statusCode());
        assertEquals(
                401, postAs("thocam_nobody", record, "Prefer", "respond-async").statusCode());
        var large = "{\"id\":\"x\",\"title\":\"x\",\"text\":\"" + "x".repeat(1 << 20) + "\"}";
        assertEquals(413, later(large).statusCode());
        assertEquals(0, running.library.jobs.counts().queued());
    }

    @Test
    void aFullQueueSaysSo() {
        for (int n = 0; n < 5; n++) assertEquals(202, later(record(id + n)).statusCode());
        var full = later(record(id + "y"));
        assertEquals(503, full.statusCode());
        assertEquals("/problems/queue-full", Running.json(full).path("type").asText());
        assertEquals("30", Running.header(full, "Retry-After"));
    }

    @Test
    void onlyTheSenderAndTheAdministratorSeeAJob() {
        var address = address(later(record));
        assertEquals(200, mine(address).statusCode());
        assertEquals(200, running.get(address, Role.ADMIN).statusCode());
        assertEquals(401, running.get(address).statusCode());
        // of the same name, and somebody else
        for (var other : List.of(running.member, running.tokens.create(Role.DEPOSITOR, "somebody", List.of()))) {
            assertEquals(
                    404,
                    running.get(address, "Authorization", "Bearer " + other).statusCode());
            assertEquals(
                    404,
                    running.ask("DELETE", address, null, "Authorization", "Bearer " + other)
                            .statusCode());
        }
        assertEquals(1, shown(mine("/api/v1/jobs")).path("items").size());
        assertTrue(running.get("/api/v1/jobs", Role.ADMIN).body().contains(id));
        assertEquals(
                0, shown(running.get("/api/v1/jobs", Role.EDITOR)).path("items").size());
    }

    @Test
    void aListGoesOnWhereItsPageEnded() throws Exception {
        for (int n = 0; n < 5; n++) assertEquals(202, later(record(id + n)).statusCode());
        work();
        for (int n = 5; n < 9; n++) assertEquals(202, later(record(id + n)).statusCode());
        var seen = new HashSet<String>();
        var path = "/api/v1/jobs?size=4";
        for (int pages = 1; ; pages++) {
            var page = shown(mine(path));
            page.path("items")
                    .forEach(job -> assertTrue(seen.add(job.path("item").asText())));
            if (page.path("next").isNull()) {
                assertEquals(3, pages);
                break;
            }
            path = "/api/v1/jobs?size=4&cursor=" + page.path("next").asText();
        }
        assertEquals(9, seen.size());
        assertEquals(4, shown(mine("/api/v1/jobs?state=queued")).path("items").size());
        for (var wrong : List.of("state=gone", "cursor=%25", "size=1000", "cursor=eA"))
            assertEquals(400, mine("/api/v1/jobs?" + wrong).statusCode(), wrong);
    }

    @Test
    void aQueuedJobCanBeTakenBackAndOneThatEndedCannot() throws Exception {
        var first = address(later(record));
        assertEquals(204, delete(first).statusCode());
        assertEquals(404, mine(first).statusCode());
        var second = address(later(record));
        work();
        var late = delete(second);
        assertEquals(409, late.statusCode());
        assertEquals("/problems/job-begun", Running.json(late).path("type").asText());
    }

    private HttpResponse<String> delete(String path) {
        return running.ask("DELETE", path, null, "Authorization", "Bearer " + token);
    }

    @Test
    void aJobThatFailedSaysWhyAsAProblem() throws Exception {
        var one = later(record);
        var other = later(record.replace("tiếng", "khác"));
        work();
        assertEquals("done", job(one).path("state").asText());
        var failed = job(other);
        assertEquals("failed", failed.path("state").asText());
        assertEquals("/problems/conflict", failed.path("problem").path("type").asText());
        assertEquals(409, failed.path("problem").path("status").asInt());
        assertEquals(1, versions());
    }

    @Test
    void theArchivesOwnFaultsAreForItsAdministrator() throws Exception {
        running.library.intake.broken = true;
        var answer = later(record);
        work();
        var shown = job(answer).path("problem");
        assertEquals("/problems/internal", shown.path("type").asText());
        assertFalse(shown.path("detail").asText().contains("/secret"), shown.toString());
        assertTrue(running.get(address(answer), Role.ADMIN).body().contains("/secret"));
    }

    @Test
    void theSameRequestWithItsKeyAgainIsTheFirstAnswerAgain() {
        var first = keyed("\"a-1\"", record);
        assertEquals(201, first.statusCode(), first.body());
        // written otherwise, and the same
        var second = keyed("\"a-1\"", record.replace("\":", "\" : "));
        assertEquals(201, second.statusCode(), second.body());
        assertEquals(first.body(), second.body());
        for (var header : List.of("Location", "ETag", "Content-Type"))
            assertEquals(Running.header(first, header), Running.header(second, header));
        assertEquals(1, versions());
        assertEquals(409, keyed("b", record).statusCode());
        // what was refused is not remembered
        assertEquals(201, keyed("b", record(id + "-2")).statusCode());
        var other = keyed("\"a-1\"", record(id + "-3"));
        assertEquals(422, other.statusCode());
        assertEquals("/problems/key-reused", Running.json(other).path("type").asText());
        assertEquals(404, running.get("/api/v1/items/" + id + "-3").statusCode());
    }

    @Test
    void aKeyIsItsCallersOwn() {
        assertEquals(201, keyed("k", record).statusCode());
        assertEquals(
                201,
                postAs(running.member, record(id + "-2"), "Idempotency-Key", "k")
                        .statusCode());
    }

    @Test
    void jobsHaveKeysToo() {
        var first = keyed("k", record, "Prefer", "respond-async");
        var second = keyed("k", record, "Prefer", "respond-async");
        assertEquals(first.body(), second.body());
        assertEquals(address(first), address(second));
        assertEquals(1, running.library.jobs.counts().queued());
        assertEquals(422, keyed("k", record).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "é", "a b"})
    void aKeyIsVisibleAscii(String key) throws IOException {
        try (var socket = new Socket("127.0.0.1", running.port())) {
            var body = "{\"id\":\"x\",\"title\":\"x\"}";
            var request =
                    "POST /api/v1/items HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                            + token + "\r\nIdempotency-Key: " + key + "\r\nContent-Length: " + body.length()
                            + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertEquals("400", answer.readLine().split(" ")[1]);
        }
    }

    /** The archive had it, and the answer was never given: as after a death in between. */
    @Test
    void whoComesAgainAfterABreakIsAnsweredAsIfItWereTheFirst() {
        running.library.intake.brokenAfter = true;
        assertEquals(500, keyed("k", record).statusCode());
        running.library.intake.brokenAfter = false;
        assertEquals(1, versions());
        var again = keyed("k", record);
        assertEquals(201, again.statusCode(), again.body());
        assertEquals(1, Running.json(again).path("version").asInt());
        assertEquals(1, versions());
        assertEquals(again.body(), keyed("k", record).body());
    }
}
