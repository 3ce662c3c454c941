package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.thocam.api.Operations;
import org.thocam.ontology.ItemJson;

/** The server that holds the home, spoken to with the secret that only its owner can read. */
final class Connection implements Operations {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI server;
    private final String secret;

    Connection(URI server, String secret) {
        this.server = server;
        this.secret = secret;
    }

    JsonNode get(String path, Map<String, List<String>> parameters) throws IOException, InterruptedException {
        return ItemJson.MAPPER.readTree(get(path, parameters, "application/json"));
    }

    byte[] get(String path, Map<String, List<String>> parameters, String accept)
            throws IOException, InterruptedException {
        var query = parameters.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(value -> entry.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&"));
        var request = request(path + (query.isEmpty() ? "" : "?" + query))
                .header("Accept", accept)
                .GET()
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 == 2) return response.body();
        throw stop(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void run(String verb, JsonNode arguments, Consumer<JsonNode> lines) {
        var request = request("/api/v1/operations/" + verb)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(arguments.toString()))
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() / 100 != 2)
                    throw stop(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
                var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
                for (var line = reader.readLine(); line != null; line = reader.readLine())
                    if (!line.isBlank()) lines.accept(ItemJson.MAPPER.readTree(line));
            }
        } catch (IOException e) {
            throw new Stop(Exit.SERVICE_DOWN, "the server at " + server + " broke off: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stop(Exit.INTERRUPTED, "interrupted");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + secret);
    }

    private static Stop stop(int status, String body) {
        String detail = body;
        try {
            var problem = ItemJson.MAPPER.readTree(body);
            detail = problem.path("title").asText()
                    + (problem.hasNonNull("detail")
                            ? ": " + problem.path("detail").asText()
                            : "");
        } catch (IOException e) {
            detail = body.length() > 300 ? body.substring(0, 300) : body;
        }
        int code =
                switch (status) {
                    case 404, 410 -> Exit.NOT_FOUND;
                    case 409, 412 -> Exit.CONFLICT;
                    case 503 -> Exit.SERVICE_DOWN;
                    default -> status >= 500 ? Exit.SERVICE_DOWN : Exit.USAGE;
                };
        return new Stop(code, status + " " + detail);
    }
}
