package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemJson;

/** Verbs, health, metrics, description: what runs the site. */
class OperationTest {
    private static final CountDownLatch SEEN = new CountDownLatch(1);
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        var impatient = new Settings.Bounds(
                20, 100, 8 << 10, 1000, 3000, 20, Duration.ofSeconds(5), Duration.ofSeconds(1), 4000, 400);
        running = new Running(dir, impatient, (verb, arguments, lines) -> {
            var line = ItemJson.MAPPER.createObjectNode().put("verb", verb);
            switch (verb) {
                case "wait" -> {
                    lines.accept(line);
                    try {
                        // Longer than a connection may be silent: the verb at work is not silence.
                        line.put("seen", SEEN.await(10, TimeUnit.SECONDS));
                        Thread.sleep(2500);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    lines.accept(line);
                    lines.accept(ItemJson.MAPPER.createObjectNode().put("exit", 0));
                }
                case "slow" -> {
                    try {
                        Thread.sleep(2500);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    lines.accept(ItemJson.MAPPER.createObjectNode().put("exit", 0));
                }
                case "break" -> {
                    lines.accept(line);
                    throw new IllegalStateException("half way");
                }
                default -> throw new IllegalArgumentException("no verb '" + verb + "'; there are wait and break");
            }
        });
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void aLineIsThereAsSoonAsItIsWritten() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(running.base() + "/api/v1/operations/wait"))
                .header("Authorization", "Bearer " + Running.SECRET)
                .header("Content-Type", "application/json")
                .header("Accept-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertTrue(Running.header(response, "Content-Type").startsWith("application/x-ndjson"));
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertEquals("{\"verb\":\"wait\"}", lines.readLine());
            SEEN.countDown();
            assertTrue(lines.readLine().contains("\"seen\":true"));
            assertEquals("{\"exit\":0}", lines.readLine());
        }
    }

    @Test
    void aVerbMayThinkLongerThanAConnectionMayBeSilent() {
        assertEquals(
                "{\"exit\":0}\n",
                running.post("/api/v1/operations/slow", "{}", Role.ADMIN).body());
    }

    @Test
    void aFaultAfterTheFirstLineIsTheLastLine() {
        var lines = running.post("/api/v1/operations/break", "{}", Role.ADMIN)
                .body()
                .split("\n");
        assertEquals("{\"exit\":1,\"error\":\"half way\"}", lines[lines.length - 1]);
        assertEquals(
                400, running.post("/api/v1/operations/dance", "{}", Role.ADMIN).statusCode());
        assertEquals(
                400, running.post("/api/v1/operations/break", "[]", Role.ADMIN).statusCode());
    }

    @Test
    void aSlowSenderIsCutOff() throws IOException {
        try (var socket = new java.net.Socket("127.0.0.1", running.port())) {
            socket.setSoTimeout(8000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHos".getBytes(StandardCharsets.US_ASCII));
            assertEquals(-1, socket.getInputStream().read(new byte[1000], 0, 1) > 0 ? drained(socket) : -1);
        }
    }

    private static int drained(java.net.Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) continue;
        return -1;
    }

    @Test
    void readyNamesTheRoomThatIsNot() {
        assertEquals(200, running.get("/health/live").statusCode());
        var ready = running.get("/health/ready");
        assertEquals(503, ready.statusCode());
        assertEquals("DOWN", Running.json(ready).path("status").asText());
        for (var check : Running.json(ready).path("checks"))
            assertEquals(
                    List.of("index", "dictionary", "segments")
                                    .contains(check.path("name").asText())
                            ? "DOWN"
                            : "UP",
                    check.path("status").asText());
    }

    @Test
    void metricsCountTheRequestsByDoor() {
        running.get("/api/v1/items/whatever");
        var metrics = running.get("/metrics").body();
        assertTrue(metrics.contains("door=\"items\",method=\"GET\",status=\"404\""), metrics);
        assertTrue(metrics.contains("jvm_memory_used_bytes") && metrics.contains("thocam_http_requests_waiting"));
    }

    @Test
    void theDescriptionHasEveryRoute() {
        var document = Running.json(running.get("/api/v1/openapi.json"));
        assertEquals("3.1.0", document.path("openapi").asText());
        for (var route : Route.all()) {
            var operation = document.path("paths")
                    .path(route.path())
                    .path(route.method().toLowerCase());
            assertFalse(operation.isMissingNode(), route.toString());
            assertFalse(operation.path("summary").asText().isBlank(), route.toString());
        }
        document.path("paths").properties().forEach(path -> {
            var names = java.util.regex.Pattern.compile("\\{([^}]+)\\}").matcher(path.getKey());
            while (names.find())
                for (var operation : path.getValue())
                    assertTrue(
                            operation.path("parameters").toString().contains("\"name\":\"" + names.group(1) + "\""),
                            path.getKey());
        });
        assertTrue(document.at("/paths/~1api~1v1~1reconcile/post/requestBody")
                .toString()
                .contains("queries"));
    }

    @Test
    void theDocumentationNeedsNothingFromElsewhere() {
        var page = running.get("/docs");
        assertFalse(page.body().contains("http://") || page.body().contains("https://"));
        for (var file : new String[] {"swagger-ui.css", "swagger-ui-bundle.js", "start.js"})
            assertEquals(200, running.get("/docs/" + file).statusCode(), file);
    }

    @Test
    void textIsCompressedForWhoeverAsks() {
        assertEquals(
                "gzip",
                Running.header(running.get("/api/v1/openapi.json", "Accept-Encoding", "gzip"), "Content-Encoding"));
        assertEquals("", Running.header(running.get("/api/v1/openapi.json"), "Content-Encoding"));
    }

    @Test
    void analysisShowsEveryStep() {
        var steps = Running.json(running.get("/api/v1/analyze?text=Th%E1%BB%95%20c%E1%BA%A9m&language=vi"))
                .path("steps");
        assertTrue(steps.size() >= 2);
        assertEquals("Thổ", steps.at("/0/tokens/0/text").asText());
        assertEquals(4, steps.at("/0/tokens/1/start").asInt());
    }
}
