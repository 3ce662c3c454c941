package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemJson;

/** A real home in a temporary folder that serves on a free port: real Solr, real TDB2, real OCFL. */
final class RunningHome implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Home home;
    private final Map<String, String> environment;
    private Serving serving;

    private RunningHome(Home home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    static RunningHome start(Path folder) throws IOException, InterruptedException {
        return start(folder, Map.of());
    }

    /** @param environment that its configuration comes from */
    static RunningHome start(Path folder, Map<String, String> environment) throws IOException, InterruptedException {
        var root = Path.of(System.getProperty("thocam.root", ".."))
                .toAbsolutePath()
                .normalize();
        System.setProperty("thocam.root", root.toString());
        Assumptions.assumeTrue(
                Files.isDirectory(root.resolve("index/node/target/lib-solr")),
                "skipped: Solr's jars are not there; run ./mvnw verify, which puts them there");
        var running = new RunningHome(new Home(folder), environment);
        running.open();
        return running;
    }

    void open() throws IOException, InterruptedException {
        var lock = HomeLock.acquire(home, "serve").orElseThrow();
        serving = Serving.start(home, Configuration.read(home, environment), lock, "serve", "127.0.0.1", 0);
        caughtUp();
    }

    void shut() throws IOException {
        serving.close();
    }

    void caughtUp() throws InterruptedException {
        if (!serving.engine().await(Duration.ofMinutes(2)))
            throw new AssertionError(
                    "the views did not catch up: " + serving.engine().faults());
    }

    Home home() {
        return home;
    }

    Engine engine() {
        return serving.engine();
    }

    Connection connection() {
        return serving.connection();
    }

    List<JsonNode> run(String verb, JsonNode arguments) {
        var lines = new ArrayList<JsonNode>();
        new EngineOperations(engine()).run(verb, arguments, lines::add);
        return lines;
    }

    List<JsonNode> ingest(Path... paths) throws IOException {
        var arguments = ItemJson.MAPPER.createObjectNode();
        var list = arguments.putArray("paths");
        for (var path : paths) list.add(path.toRealPath().toString());
        return run("ingest", arguments);
    }

    String token(Role role, String... communities) {
        try (var tokens = Stores.tokens(home, Configuration.read(home, environment))) {
            return tokens.create(role, "test", List.of(communities));
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpResponse<String> get(String path, String token, String... headers) throws IOException, InterruptedException {
        return send(request(path, token, headers).GET());
    }

    HttpRequest.Builder request(String path, String token, String... headers) {
        var request = HttpRequest.newBuilder(serving.address().resolve(path)).timeout(Duration.ofSeconds(60));
        if (token != null) request.header("Authorization", "Bearer " + token);
        if (headers.length > 0) request.headers(headers);
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException closed) {
            // a kept connection that the server ended meanwhile: the client repeats a GET by itself, but not a POST
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    JsonNode json(String path, String token) throws IOException, InterruptedException {
        var answer = get(path, token, "Accept", "application/json");
        if (answer.statusCode() != 200)
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        return ItemJson.MAPPER.readTree(answer.body());
    }

    long total(String q, String token) throws IOException, InterruptedException {
        return json("/api/v1/search?q=" + encoded(q), token).path("total").asLong();
    }

    /** Every header that harvesters get, by all pages. */
    String feed() throws IOException, InterruptedException {
        var all = new StringBuilder();
        var path = "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc";
        while (true) {
            var body = get(path, null).body();
            for (int at = body.indexOf("<header"); at >= 0; at = body.indexOf("<header", at + 1))
                all.append(body, at, body.indexOf("</header>", at) + 9).append('\n');
            int token = body.indexOf("<resumptionToken");
            if (token < 0) return all.toString();
            var inside = body.substring(
                    body.indexOf('>', token) + 1,
                    body.contains("</resumptionToken>")
                            ? body.indexOf("</resumptionToken>")
                            : body.indexOf('>', token) + 1);
            if (inside.isBlank()) return all.toString();
            path = "/oai?verb=ListIdentifiers&resumptionToken=" + encoded(inside);
        }
    }

    URI address() {
        return serving.address();
    }

    static byte[] all(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() throws IOException {
        serving.close();
    }
}
