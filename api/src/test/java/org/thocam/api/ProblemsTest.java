package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thocam.api.access.Role;
import org.thocam.api.problem.ProblemType;

class ProblemsTest {
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        var tight = new Settings.Bounds(
                20, 100, 8 << 10, 1000, 3000, 20, Duration.ofSeconds(5), Duration.ofSeconds(5), 200, 1);
        running = new Running(dir, tight, (verb, arguments, lines) -> {
            throw new IllegalStateException("broken");
        });
        running.library.take("{\"id\":\"open\",\"title\":\"x\"}");
        running.library.take("{\"id\":\"gone\",\"title\":\"x\"}");
        OaiSample.withdraw(running.library, "gone");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static void isProblem(int status, String type, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals("application/problem+json", Running.header(response, "Content-Type"));
        var problem = Running.json(response);
        assertEquals("/problems/" + type, problem.path("type").asText());
        assertEquals(status, problem.path("status").asInt());
        assertFalse(problem.path("title").asText().isBlank());
        assertFalse(problem.path("detail").asText().isBlank());
        assertEquals(
                "urn:uuid:" + Running.header(response, "X-Request-Id"),
                problem.path("instance").asText());
    }

    @Test
    void whatEveryDoorAnswersByItself() {
        isProblem(404, "not-found", running.get("/nothing"));
        isProblem(404, "not-found", running.get("/api/v1/nothing"));
        isProblem(404, "not-found", running.get("/api/v1/items/nothing"));
        isProblem(404, "not-found", running.get("/docs/nothing"));
        isProblem(405, "method-not-allowed", running.ask("DELETE", "/oai", null));
        for (var path : List.of("/oai", "/sru", "/items/x", "/api/v1/items"))
            isProblem(405, "method-not-allowed", running.ask("TRACE", path, null));
        isProblem(405, "method-not-allowed", running.ask("DELETE", "/api/v1/items", null));
        assertTrue(Running.header(running.ask("DELETE", "/api/v1/items", null), "Allow")
                .contains("POST"));
        isProblem(406, "not-acceptable", running.get("/api/v1/items/open", "Accept", "image/png"));
        isProblem(406, "not-acceptable", running.get("/api/v1/items/open?format=docx"));
        isProblem(410, "gone", running.get("/api/v1/items/gone"));
        isProblem(414, "uri-too-long", running.get("/api/v1/search?q=" + "a".repeat(9000)));
        isProblem(431, "headers-too-large", running.get("/", "X-Long", "a".repeat(9000)));
        isProblem(400, "bad-request", running.get("/search?q=%FF"));
    }

    @Test
    void whatABodyMayNotBe() {
        isProblem(400, "bad-request", running.post("/api/v1/items", "{\"id\":", Role.DEPOSITOR));
        isProblem(413, "too-large", running.post("/api/v1/items", " ".repeat(2000), Role.DEPOSITOR));
        isProblem(413, "too-large", running.post("/api/v1/items", " ".repeat(5000), Role.DEPOSITOR));
        var text = running.ask(
                "POST",
                "/api/v1/items",
                "x",
                "Content-Type",
                "text/plain",
                "Authorization",
                "Bearer " + running.token.get(Role.DEPOSITOR));
        isProblem(415, "unsupported-media-type", text);
        var invalid = running.post("/api/v1/items", "{\"id\":\"a\",\"title\":\"x\",\"language\":7}", Role.DEPOSITOR);
        isProblem(422, "invalid", invalid);
        assertEquals("/language", Running.json(invalid).at("/errors/0/pointer").asText());
        var titleless = running.post("/api/v1/items", "{\"id\":\"a\"}", Role.DEPOSITOR);
        assertEquals("/title", Running.json(titleless).at("/errors/0/pointer").asText());
        var twice = running.post("/api/v1/items", "{\"id\":\"a\",\"id\":\"b\",\"title\":\"x\"}", Role.DEPOSITOR);
        isProblem(400, "bad-request", twice);
        for (var encoding : List.of("gzip", "br")) {
            var encoded = running.ask(
                    "POST",
                    "/api/v1/items",
                    "{}",
                    "Content-Type",
                    "application/json",
                    "Content-Encoding",
                    encoding,
                    "Authorization",
                    "Bearer " + running.token.get(Role.DEPOSITOR));
            if (encoding.equals("gzip")) isProblem(400, "bad-request", encoded);
            else isProblem(415, "unsupported-media-type", encoded);
        }
    }

    @Test
    void whatAParameterMayNotBe() {
        for (var wrong : new String[] {
            "search?size=201",
            "search?size=-1",
            "search?size=many",
            "search?facet=colour",
            "search?sort=size",
            "search?bbox=1,2,3",
            "search?bbox=0,50,1,40",
            "search?from=yesterday",
            "items?size=201",
            "items?cursor=%2F%2F",
            "items/open?version=one",
            "analyze",
            "analyze?text=x&language=!"
        }) isProblem(400, "bad-request", running.get("/api/v1/" + wrong));
        var facet = Running.json(running.get("/api/v1/search?facet=colour"))
                .path("detail")
                .asText();
        assertTrue(facet.contains("people") && facet.contains("year"), facet);
    }

    @Test
    void aServiceThatIsDownAndAFullDiskAreNamed() {
        var search = running.get("/api/v1/search?q=x");
        isProblem(503, "unavailable", search);
        assertFalse(Running.header(search, "Retry-After").isEmpty());
        isProblem(503, "unavailable", running.get("/search?q=x"));
        running.library.intake.diskFull = true;
        try {
            isProblem(
                    507,
                    "storage-full",
                    running.post("/api/v1/items", "{\"id\":\"b\",\"title\":\"x\"}", Role.DEPOSITOR));
        } finally {
            running.library.intake.diskFull = false;
        }
        isProblem(500, "internal", running.post("/api/v1/operations/rebuild", "{}", Role.ADMIN));
    }

    @Test
    void whoeverAsksTooOftenWaits(@TempDir Path dir) throws IOException {
        var few = new Settings.Bounds(
                20, 100, 8 << 10, 1000, 3000, 20, Duration.ofSeconds(5), Duration.ofSeconds(5), 5, 1);
        try (var limited = new Running(dir, few, (verb, arguments, lines) -> {})) {
            for (int i = 0; i < 5; i++)
                assertEquals(200, limited.get("/health/live").statusCode());
            var refused = limited.get("/health/live");
            isProblem(429, "too-many-requests", refused);
            assertTrue(Integer.parseInt(Running.header(refused, "Retry-After")) >= 1);
            assertEquals(200, limited.get("/health/live", Role.READER).statusCode());
            for (int i = 0; i < 20; i++)
                assertEquals(
                        200,
                        limited.get("/health/live", "Authorization", "Bearer " + Running.SECRET)
                                .statusCode());
        }
    }

    @Test
    void whatIsNoHttpIsAProblemToo() throws IOException {
        try (var socket = new Socket("127.0.0.1", running.port())) {
            socket.getOutputStream().write("GARBAGE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(400), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains("application/problem+json"), answer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeIsDocumentedInBothLanguages(ProblemType type) {
        var page = running.get(type.path(), "Authorization", "Bearer " + Running.SECRET);
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains(type.titleVi()) && page.body().contains(Html.escaped(type.meaning())));
    }
}
