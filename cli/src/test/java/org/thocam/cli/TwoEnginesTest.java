package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemJson;
import org.thocam.services.ServiceSet;

/** Two engines in front of a real Fedora, PostgreSQL, SolrCloud and SPARQL store: what one gives out is good at the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoEnginesTest {
    private static final int RECORDS = 120;
    private static final Pattern TOKEN = Pattern.compile("<resumptionToken[^>]*>([^<]+)</resumptionToken>");
    private static final Pattern IDENTIFIER = Pattern.compile("<identifier>([^<]+)</identifier>");

    @TempDir
    private static Path folder;

    private static ServiceSet services;
    private static RunningHome one;
    private static RunningHome other;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        var root = Path.of(System.getProperty("thocam.root", ".."))
                .toAbsolutePath()
                .normalize();
        services = ServiceSet.in(root, folder.resolve("services"), EnumSet.allOf(ServiceSet.Kind.class));
        services.start(service -> {});
        one = RunningHome.start(folder.resolve("one"), services.environment());
        other = RunningHome.start(folder.resolve("other"), services.environment());
        admin = one.token(Role.ADMIN);
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            if (one != null) one.close();
            if (other != null) other.close();
        } finally {
            if (services != null) services.close();
        }
    }

    private static HttpResponse<String> send(RunningHome at, String method, String path, String body, String... headers)
            throws Exception {
        return at.send(at.request(path, admin, headers)
                .setHeader("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow(() -> new AssertionError(answer.body()));
    }

    private static String record(String id, String text) {
        return ItemJson.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("title", "Hai máy " + id)
                .put("type", "Text")
                .put("language", "vi")
                .put("text", text)
                .toString();
    }

    @Test
    @Order(1)
    void anItemMadeAtOneIsReadAndEditedAtTheOther() throws Exception {
        var made = send(one, "POST", "/api/v1/items", record("hai-may", "khèn Mông"));
        assertEquals(201, made.statusCode(), made.body());
        var read = other.get("/api/v1/items/hai-may", admin);
        assertEquals(200, read.statusCode(), read.body());
        assertEquals(tag(one.get("/api/v1/items/hai-may", admin)), tag(read));
        var changed =
                send(other, "PUT", "/api/v1/items/hai-may", record("hai-may", "khèn Thái"), "If-Match", tag(read));
        assertEquals(200, changed.statusCode(), changed.body());
        var stale = send(one, "PUT", "/api/v1/items/hai-may", record("hai-may", "đàn tính"), "If-Match", tag(read));
        assertEquals(412, stale.statusCode(), stale.body());
        assertEquals(
                "khèn Thái", one.get("/api/v1/items/hai-may/text", admin).body().strip());
        var again = send(
                one,
                "PUT",
                "/api/v1/items/hai-may",
                record("hai-may", "đàn tính"),
                "If-Match",
                tag(one.get("/api/v1/items/hai-may", admin)));
        assertEquals(200, again.statusCode(), again.body());
        assertEquals(
                "đàn tính",
                other.get("/api/v1/items/hai-may/text", admin).body().strip());
        var gone = one.send(one.request("/api/v1/items/hai-may", admin).DELETE());
        assertTrue(gone.statusCode() == 428 || gone.statusCode() / 100 == 2, gone.body());
    }

    @Test
    @Order(2)
    void aResumptionTokenOfOneGoesOnAtTheOther() throws Exception {
        var lines = new StringBuilder();
        var wanted = new TreeSet<String>();
        for (int i = 0; i < RECORDS; i++) {
            var id = "thu-hoach-%03d".formatted(i);
            wanted.add(id);
            lines.append(record(id, "lễ hội " + i)).append('\n');
        }
        var told = one.ingest(Files.writeString(folder.resolve("records.jsonl"), lines));
        assertEquals(0, told.get(told.size() - 1).path("exit").asInt(-1), told.toString());
        other.caughtUp();
        assertEquals(RECORDS, other.total("\"lễ hội\"", admin));
        var found = new ArrayList<String>();
        var path = "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc";
        for (int page = 0; path != null; page++) {
            var answer = (page % 2 == 0 ? one : other).get(path, null);
            assertEquals(200, answer.statusCode());
            assertFalse(answer.body().contains("badResumptionToken"), answer.body());
            var ids = IDENTIFIER.matcher(answer.body());
            while (ids.find()) found.add(ids.group(1).replaceFirst(".*:", ""));
            var token = TOKEN.matcher(answer.body());
            path = token.find()
                    ? "/oai?verb=ListIdentifiers&resumptionToken=" + RunningHome.encoded(token.group(1))
                    : null;
        }
        assertEquals(found.size(), new TreeSet<>(found).size(), "an identifier twice");
        assertTrue(found.containsAll(wanted), () -> "of " + found.size());
    }

    @Test
    @Order(3)
    void anEntryEditedAtOneIsWhatTheOtherEdits() throws Exception {
        var lift =
                "<lift version=\"0.13\"><entry id='nuoc'><lexical-unit><form lang='rad'><text>êa</text></form></lexical-unit></entry></lift>";
        Files.writeString(folder.resolve("rad.lift"), lift);
        one.ingest(
                Files.writeString(
                        folder.resolve("d.jsonl"),
                        "{\"id\":\"rad\",\"title\":\"x\",\"language\":\"rad-Latn\",\"sets\":[\"dictionary\"],\"files\":[\"rad.lift\"]}\n"));
        one.caughtUp();
        other.caughtUp();
        var path = "/api/v1/dictionaries/rad/entries/nuoc";
        for (int round = 0; round < 6; round++) {
            var here = round % 2 == 0 ? one : other;
            var there = round % 2 == 0 ? other : one;
            var before = tag(here.get(path, admin));
            var edited = send(here, "PATCH", path, "{\"citation\":{\"rad\":\"êa " + round + "\"}}", "If-Match", before);
            assertEquals(200, edited.statusCode(), edited.body());
            var seen = there.get(path, admin);
            assertTrue(seen.body().contains("êa " + round), seen.body());
            assertNotEquals(before, tag(seen));
        }
        var listed = json(one.get("/api/v1/dictionaries/rad/entries/nuoc/history", admin));
        assertEquals(listed, json(other.get("/api/v1/dictionaries/rad/entries/nuoc/history", admin)));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return ItemJson.parse(answer.body());
    }

    /** Both change the same few items at once, each on what it read: as many versions as acknowledgements, and none lost. */
    @Test
    @Order(4)
    void noEditIsLostWhenBothEditTheSame() throws Exception {
        long seed = System.nanoTime();
        System.err.println("seed " + seed);
        for (int i = 0; i < 3; i++)
            assertEquals(
                    201,
                    send(one, "POST", "/api/v1/items", record("chung-" + i, "0"))
                            .statusCode());
        var writers = new ArrayList<Callable<int[]>>();
        for (int n = 0; n < 4; n++) {
            var at = n % 2 == 0 ? one : other;
            var random = new Random(seed + n);
            int writer = n;
            writers.add(() -> {
                var done = new int[3];
                for (int round = 0; round < 12; round++) {
                    int item = random.nextInt(3);
                    var path = "/api/v1/items/chung-" + item;
                    var before = tag(at.get(path, admin));
                    var answer =
                            send(at, "PUT", path, record("chung-" + item, writer + " " + round), "If-Match", before);
                    if (answer.statusCode() == 200) done[item]++;
                    else assertEquals(412, answer.statusCode(), answer.body());
                }
                return done;
            });
        }
        var acknowledged = new int[3];
        var pool = Executors.newFixedThreadPool(writers.size());
        try {
            for (var done : pool.invokeAll(writers, 5, TimeUnit.MINUTES))
                for (int i = 0; i < 3; i++) acknowledged[i] += done.get()[i];
        } finally {
            pool.shutdownNow();
        }
        for (int i = 0; i < 3; i++)
            assertEquals(
                    acknowledged[i] + 1,
                    one.engine()
                            .archive()
                            .versions(new org.thocam.ontology.ItemId("chung-" + i))
                            .size(),
                    "versions of chung-" + i);
    }

    @Test
    @Order(5)
    void bothFindNoFault() throws Exception {
        for (var home : List.of(one, other)) {
            home.caughtUp();
            var lines = home.run("verify", ItemJson.MAPPER.createObjectNode().put("fixity", true));
            assertEquals(0, lines.get(lines.size() - 1).path("exit").asInt(-1), lines.toString());
        }
    }

    /** As an administrator does who makes a node, or a store, anew: nobody restarts an engine. */
    @Test
    @Order(6)
    void viewsThatSomebodyDroppedAreMadeAgain() throws Exception {
        var environment = services.environment();
        var solr = environment.get("THOCAM_INDEX_URL").split(" ")[0] + "/admin/collections?action=";
        ask(HttpRequest.newBuilder(URI.create(solr + "DELETEALIAS&name=thocam-items")));
        ask(HttpRequest.newBuilder(URI.create(solr + "DELETE&name=thocam-g1")));
        ask(HttpRequest.newBuilder(URI.create(environment.get("THOCAM_GRAPH_UPDATE")))
                .header("Content-Type", "application/sparql-update")
                .POST(HttpRequest.BodyPublishers.ofString("DROP ALL")));
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (found(one) != RECORDS || found(other) != RECORDS || triples(other) == 0) {
            assertTrue(System.nanoTime() < end, found(one) + " and " + found(other) + " of " + RECORDS);
            TimeUnit.MILLISECONDS.sleep(200);
        }
        for (var home : List.of(one, other)) {
            home.caughtUp();
            var lines = home.run("verify", ItemJson.MAPPER.createObjectNode().put("fixity", false));
            assertEquals(0, lines.get(lines.size() - 1).path("exit").asInt(-1), lines.toString());
        }
        ask(HttpRequest.newBuilder(
                URI.create(solr.replace("/admin/collections?action=", "/thocam-items/select?q=*:*&rows=0"))));
    }

    private static void ask(HttpRequest.Builder request) throws Exception {
        var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(2, answer.statusCode() / 100, answer.body());
    }

    /** -1 while the search does not answer. */
    private static long found(RunningHome at) throws Exception {
        var answer = at.get("/api/v1/search?q=" + RunningHome.encoded("\"lễ hội\""), admin);
        return answer.statusCode() == 200
                ? ItemJson.MAPPER.readTree(answer.body()).path("total").asLong()
                : -1;
    }

    private static long triples(RunningHome at) throws Exception {
        var query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
        var answer = at.get(
                "/sparql?query=" + RunningHome.encoded(query), admin, "Accept", "application/sparql-results+json");
        return answer.statusCode() == 200
                ? ItemJson.MAPPER
                        .readTree(answer.body())
                        .at("/results/bindings/0/n/value")
                        .asLong()
                : 0;
    }

    /** A rebuild would swap the views under the other engine. */
    @Test
    @Order(7)
    void aRebuildWantsToBeAlone() throws Exception {
        var refused = one.run("rebuild", ItemJson.MAPPER.createObjectNode());
        assertEquals(Exit.CONFLICT, refused.get(refused.size() - 1).path("exit").asInt(-1), refused.toString());
        other.shut();
        try {
            var lines = one.run("rebuild", ItemJson.MAPPER.createObjectNode());
            assertEquals(0, lines.get(lines.size() - 1).path("exit").asInt(-1), lines.toString());
            assertEquals(RECORDS, one.total("\"lễ hội\"", admin));
        } finally {
            other.open();
        }
        assertEquals(RECORDS, other.total("\"lễ hội\"", admin));
        assertEquals(200, other.get("/api/v1/items/thu-hoach-001", admin).statusCode());
    }
}
