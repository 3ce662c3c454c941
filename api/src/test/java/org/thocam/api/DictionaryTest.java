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
import org.thocam.index.search.EntryIndex;
import org.thocam.index.search.SearchNode;
import org.thocam.ontology.Submission;

/** Looking words up, on a real index, where its node has been built. */
class DictionaryTest {
    private static final Path LIB =
            Path.of(System.getProperty("thocam.root", ".."), "index", "node", "target", "lib-solr");
    private static SearchNode node;
    private static Running running;

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
                Optional.of(store -> EntryIndex.open(node, "entries", new ArchivedWords(store))));
        var words = dir.resolve("words.csv");
        Files.writeString(
                words, "id,headword,gloss@vi,gloss@en\nb1,kon,con,child\nb2,kôn,x,\nb3,kon nai,con nai,deer\n");
        take("bdq", "\"open\"", words);
        take("kin", "{\"level\":\"restricted\",\"communities\":[\"muong\"]}", words);
        take("gone", "\"open\"", words);
        OaiSample.withdraw(running.library, "gone");
        running.library.take("{\"id\":\"text\",\"title\":\"x\"}");
    }

    private static void take(String id, String access, Path words) {
        running.library.take(
                "{\"id\":\"" + id
                        + "\",\"title\":{\"vi\":\"Từ điển\"},\"type\":\"Dataset\",\"language\":\"bdq-Latn\",\"access\":"
                        + access + ",\"sets\":[\"dictionary\"]}",
                new Submission.Upload("words.csv", words));
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
                "{\"id\":\"b1\",\"headword\":\"kon\",\"language\":\"bdq-Latn\",\"glosses\":{\"en\":\"child\",\"vi\":\"con\"},"
                        + "\"href\":\"/api/v1/dictionaries/bdq/entries/b1\",\"match\":\"exact\"}",
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
        assertEquals(1, listed.path("total").asInt());
        assertEquals(
                "{\"id\":\"bdq\",\"title\":{\"vi\":\"Từ điển\"},\"language\":\"bdq-Latn\",\"entries\":3,\"version\":1,"
                        + "\"href\":\"/api/v1/dictionaries/bdq/entries\"}",
                listed.at("/items/0").toString());
        var member =
                Running.json(running.get("/api/v1/dictionaries?size=1", "Authorization", "Bearer " + running.member));
        assertEquals(2, member.path("total").asInt());
        var rest = running.get(
                "/api/v1/dictionaries?size=1&cursor=" + member.path("next").asText(),
                "Authorization",
                "Bearer " + running.member);
        assertEquals("kin", Running.json(rest).at("/items/0/id").asText());
        assertTrue(Running.json(rest).path("next").isNull());
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
                "size=201",
                "cursor=x",
                "q=" + "a".repeat(501))) {
            var answer = running.get("/api/v1/dictionaries/bdq/entries?" + wrong);
            assertEquals(400, answer.statusCode(), wrong);
            assertEquals(
                    "/problems/bad-request", Running.json(answer).path("type").asText());
        }
    }
}
