package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.thocam.api.access.Role;
import org.thocam.api.access.Tokens;
import org.thocam.api.found.RecordFormat;
import org.thocam.api.found.RecordFormats;
import org.thocam.dictionary.LexiconStore;
import org.thocam.index.search.EntryIndex;
import org.thocam.index.search.SearchIndex;
import org.thocam.index.search.SegmentIndex;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ItemJson;

/** A real server on a free port with a library in memory, and a client of it. */
final class Running implements AutoCloseable {
    static final String SECRET = "the secret of this home";

    final SettableClock clock = new SettableClock();
    final MemoryLibrary library;
    final Tokens tokens;
    final Map<Role, String> token = new EnumMap<>(Role.class);
    final String member;
    private final ApiServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    Running(Path dir) throws IOException {
        this(dir, Settings.Bounds.GENEROUS, (verb, arguments, lines) -> {
            throw new IllegalArgumentException("no verb '" + verb + "'");
        });
    }

    Running(Path dir, Settings.Bounds bounds, Operations operations) throws IOException {
        this(dir, bounds, operations, Optional.empty(), Optional.empty());
    }

    Running(Path dir, Settings.Bounds bounds, Operations operations, Optional<SearchIndex> index) throws IOException {
        this(dir, bounds, operations, index, Optional.empty());
    }

    Running(
            Path dir,
            Settings.Bounds bounds,
            Operations operations,
            Optional<SearchIndex> index,
            Optional<Function<LexiconStore, EntryIndex>> entries)
            throws IOException {
        this(dir, bounds, operations, index, entries, Optional.empty(), RecordFormats.all());
    }

    /** With passages on a real index. */
    Running(Path dir, Function<Archive, SegmentIndex> segments) throws IOException {
        this(
                dir,
                Settings.Bounds.GENEROUS,
                (verb, arguments, lines) -> {},
                Optional.empty(),
                Optional.empty(),
                Optional.of(segments),
                RecordFormats.all());
    }

    Running(
            Path dir,
            Settings.Bounds bounds,
            Operations operations,
            Optional<SearchIndex> index,
            Optional<Function<LexiconStore, EntryIndex>> entries,
            Optional<Function<Archive, SegmentIndex>> segments,
            List<RecordFormat> formats)
            throws IOException {
        library = new MemoryLibrary(dir, clock, index, entries, segments);
        tokens = Tokens.open(dir.resolve("tokens.db"));
        for (var role : Role.values()) token.put(role, tokens.create(role, role.word(), List.of()));
        member = tokens.create(Role.DEPOSITOR, "member", List.of("muong"));
        var usual = Settings.local(0, new byte[32], Optional.of(SECRET), dir.resolve("uploads"));
        var settings = new Settings(
                usual.host(),
                usual.port(),
                usual.baseUrl(),
                usual.repositoryName(),
                usual.repositoryIdentifier(),
                usual.adminEmail(),
                usual.institution(),
                10,
                usual.oaiKey(),
                usual.localSecret(),
                usual.temp(),
                bounds,
                usual.sparql());
        server = ApiServer.start(settings, library, tokens, operations, formats);
    }

    int port() {
        return server.port();
    }

    String base() {
        return "http://127.0.0.1:" + port();
    }

    /** One request; headers as name, value, name, value ... */
    HttpResponse<String> ask(String method, String path, String body, String... headers) {
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(base() + path)).method(method, publisher);
        if (headers.length > 0) request.headers(headers);
        try {
            try {
                return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                // a kept connection that the server ended after the answer before, where a body was refused unread
                if (!String.valueOf(e.getMessage()).contains("received no bytes")) throw e;
                return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            }
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The bytes as they are. */
    HttpResponse<byte[]> bytes(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base() + path));
        if (headers.length > 0) request.headers(headers);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        return ask("GET", path, null, headers);
    }

    HttpResponse<String> get(String path, Role role) {
        return role == null ? get(path) : get(path, "Authorization", "Bearer " + token.get(role));
    }

    HttpResponse<String> post(String path, String json, Role role) {
        return ask(
                "POST", path, json, "Content-Type", "application/json", "Authorization", "Bearer " + token.get(role));
    }

    static JsonNode json(HttpResponse<String> response) {
        return ItemJson.parse(response.body());
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Override
    public void close() {
        server.close();
        tokens.close();
        library.close();
    }
}
