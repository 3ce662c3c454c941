package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.api.found.RecordFormats;
import org.thocam.index.search.EntryIndex;
import org.thocam.index.search.SearchNode;
import org.thocam.index.search.SegmentIndex;
import org.thocam.ontology.Submission;

/** Looking words up, on a real index, where its node has been built. */
class DictionaryTest {
    private static final Path LIB =
            Path.of(System.getProperty("thocam.root", ".."), "index", "node", "target", "lib-solr");
    private static SearchNode node;
    private static Running running;
    private static Path words;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(LIB), LIB + " is not there: run ./mvnw package -pl index/analysis,index/node first");
        node = SearchNode.start(SearchNode.Settings.of(dir.resolve("solr"), LIB));
        running = new Running(
                dir,
                Settings.Bounds.GENEROUS,
                (verb, arguments, lines) -> {},
                Optional.empty(),
                Optional.of(store -> EntryIndex.open(node, "entries", new ArchivedWords(store))),
                Optional.of(archive -> SegmentIndex.open(node, "segments", new Recorded.Source(archive), true)),
                RecordFormats.all());
        words = dir.resolve("words.lift");
        Files.writeString(
                words,
                "<lift version=\"0.13\">" + entry("b1", "kon", "con", "child") + entry("b2", "kôn", "x", "")
                        + entry("b3", "kon nai", "con nai", "deer") + "</lift>");
        take("bdq", "\"open\"", words);
        take("kin", "{\"level\":\"restricted\",\"communities\":[\"muong\"]}", words);
        take("gone", "\"open\"", words);
        take("rad", "\"open\"", words);
        OaiSample.withdraw(running.library, "gone");
        running.library.take("{\"id\":\"text\",\"title\":\"x\"}");
    }

    private static String entry(String id, String headword, String vi, String en) {
        return "<entry id='%s'><lexical-unit><form lang='bdq'><text>%s</text></form></lexical-unit><sense id='s%s'>%s%s</sense></entry>"
                .formatted(id, headword, id, gloss("vi", vi), gloss("en", en));
    }

    private static String gloss(String lang, String text) {
        return text.isEmpty() ? "" : "<gloss lang='" + lang + "'><text>" + text + "</text></gloss>";
    }

    private static void take(String id, String access, Path words) {
        running.library.take(
                "{\"id\":\"" + id
                        + "\",\"title\":{\"vi\":\"Từ điển\"},\"type\":\"Dataset\",\"language\":\"bdq-Latn\",\"access\":"
                        + access + ",\"sets\":[\"dictionary\"]}",
                new Submission.Upload("words.lift", words));
    }

    @AfterAll
    static void stop() {
        if (running != null) running.close();
        if (node != null) node.close();
    }

    private static JsonNode entries(String query) {
        return Running.json(running.get("/api/v1/dictionaries/bdq/entries?" + query));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void theAnswerHasTheShapeOfTheContract() {
        var answer = entries("q=kon&size=1");
        var fields = new ArrayList<String>();
        answer.fieldNames().forEachRemaining(fields::add);
        assertEquals(List.of("total", "items", "next"), fields);
        assertEquals(3, answer.path("total").asInt());
        assertEquals(
                "{\"id\":\"b1\",\"headword\":\"kon\",\"language\":\"bdq\",\"glosses\":{\"en\":\"child\",\"vi\":\"con\"},"
                        + "\"href\":\"/api/v1/dictionaries/bdq/entries/b1\",\"state\":\"published\",\"tag\":\"f1.e0\",\"match\":\"exact\"}",
                answer.at("/items/0").toString());
        var second = entries("q=kon&size=1&cursor=" + answer.path("next").asText());
        assertEquals(
                "b2 folded",
                second.at("/items/0/id").asText() + " "
                        + second.at("/items/0/match").asText());
        assertEquals(
                "deer",
                Running.json(running.get("/api/v1/dictionaries/bdq/entries/b3"))
                        .at("/glosses/en")
                        .asText());
        assertEquals(List.of("b1", "b3", "b2"), entries("").path("items").findValuesAsText("id"));
        assertEquals(
                List.of("b1", "b3"), entries("by=gloss&q=con").path("items").findValuesAsText("id"));
        assertEquals(
                List.of("b2"),
                entries("match=exact&by=headword&q=" + encoded("KÔN"))
                        .path("items")
                        .findValuesAsText("id")
                        .subList(0, 1));
    }

    @Test
    void dictionariesAreListedWithTheirLanguageAndSize() {
        var listed = Running.json(running.get("/api/v1/dictionaries"));
        assertEquals(2, listed.path("total").asInt());
        assertEquals(
                "{\"id\":\"bdq\",\"title\":{\"vi\":\"Từ điển\"},\"language\":\"bdq-Latn\",\"entries\":3,\"version\":1,"
                        + "\"href\":\"/api/v1/dictionaries/bdq/entries\"}",
                listed.at("/items/0").toString());
        var member =
                Running.json(running.get("/api/v1/dictionaries?size=1", "Authorization", "Bearer " + running.member));
        assertEquals(3, member.path("total").asInt());
        var rest = running.get(
                "/api/v1/dictionaries?size=1&cursor=" + member.path("next").asText(),
                "Authorization",
                "Bearer " + running.member);
        assertEquals("kin", Running.json(rest).at("/items/0/id").asText());
        var last = running.get(
                "/api/v1/dictionaries?size=1&cursor="
                        + Running.json(rest).path("next").asText(),
                "Authorization",
                "Bearer " + running.member);
        assertTrue(Running.json(last).path("next").isNull());
    }

    @Test
    void whoMayNotSeeTheItemSeesNoneOfItsEntries() {
        for (var path : List.of("kin/entries", "kin/entries?q=kon", "kin/entries/b1")) {
            assertEquals(404, running.get("/api/v1/dictionaries/" + path).statusCode());
            assertEquals(
                    404,
                    running.get("/api/v1/dictionaries/" + path, Role.EDITOR).statusCode());
            assertEquals(
                    200,
                    running.get("/api/v1/dictionaries/" + path, "Authorization", "Bearer " + running.member)
                            .statusCode());
        }
        assertEquals(410, running.get("/api/v1/dictionaries/gone/entries").statusCode());
        for (var path : List.of("text/entries", "nothing/entries", "bdq/entries/b9", "bdq/entries/%7Ewatermark"))
            assertEquals(404, running.get("/api/v1/dictionaries/" + path).statusCode(), path);
    }

    @Test
    void whatCannotBeAskedForIsSaid() {
        for (var wrong : List.of(
                "by=sense",
                "match=near",
                "match=regex&q=(",
                "order=tavt",
                "q=kon&order=tavt",
                "view=all",
                "gloss.language=-",
                "size=201",
                "cursor=x",
                "q=" + "a".repeat(501))) {
            var answer = running.get("/api/v1/dictionaries/bdq/entries?" + wrong);
            assertEquals(400, answer.statusCode(), wrong);
            assertEquals(
                    "/problems/bad-request", Running.json(answer).path("type").asText());
        }
    }

    /** An edit is found by whoever may edit as soon as it is acknowledged, and by readers once it is published. */
    @Test
    void anEditIsFoundAtOnceInItsView() {
        var path = "/api/v1/dictionaries/rad/entries";
        var settings = running.ask(
                "PUT",
                "/api/v1/dictionaries/rad/settings",
                "{\"review\":true}",
                "If-Match",
                "*",
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + running.token.get(Role.REVIEWER));
        assertEquals(200, settings.statusCode(), settings.body());
        var made = running.post(path, "{\"lexicalUnit\":{\"rad-Latn\":\"êa\"}}", Role.EDITOR);
        assertEquals(201, made.statusCode(), made.body());
        assertEquals(
                "êa",
                Running.json(running.get(path + "?q=ea", Role.EDITOR))
                        .at("/items/0/headword")
                        .asText());
        assertEquals(0, Running.json(running.get(path + "?q=ea")).path("total").asInt());
        assertEquals(
                0,
                Running.json(running.get(path + "?q=ea&view=published", Role.EDITOR))
                        .path("total")
                        .asInt());
        for (var query : List.of("?q=ea&view=working", "?view=working")) {
            assertEquals(401, running.get(path + query).statusCode());
            assertEquals(403, running.get(path + query, Role.DEPOSITOR).statusCode());
        }
        assertEquals(
                "[4, 3]",
                List.of(
                                Running.json(running.get(path, Role.EDITOR))
                                        .path("total")
                                        .asInt(),
                                Running.json(running.get(path)).path("total").asInt())
                        .toString());
        assertEquals(
                List.of("b3"),
                Running.json(running.get(path + "?q=deer&gloss.language=en"))
                        .path("items")
                        .findValuesAsText("id"));
        assertEquals(
                0,
                Running.json(running.get(path + "?q=deer&gloss.language=vi"))
                        .path("total")
                        .asInt());
    }
}
