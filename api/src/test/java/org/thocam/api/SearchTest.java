package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
import org.thocam.index.search.SearchIndex;
import org.thocam.index.search.SearchNode;
import org.thocam.index.search.SegmentIndex;

/** The search doors on a real index, where its node has been built. */
class SearchTest {
    private static final Path LIB =
            Path.of(System.getProperty("thocam.root", ".."), "index", "node", "target", "lib-solr");
    private static SearchNode node;
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(LIB), LIB + " is not there: run ./mvnw package -pl index/analysis,index/node first");
        node = SearchNode.start(SearchNode.Settings.of(dir.resolve("solr"), LIB));
        var index = SearchIndex.open(node, "items");
        running = new Running(
                dir,
                Settings.Bounds.GENEROUS,
                (verb, arguments, lines) -> {},
                Optional.of(index),
                Optional.of(archive -> EntryIndex.open(node, "entries", new ArchivedWords(archive))),
                Optional.of(archive -> SegmentIndex.open(node, "segments", new Recorded.Source(archive), true)),
                RecordFormats.all());
        running.library.loadEntities();
        for (int i = 0; i < 25; i++)
            running.library.take(
                    "{\"id\":\"n%02d\",\"title\":{\"vi\":\"Thổ cẩm %d\"},\"language\":\"vi\",\"people\":[\"EG03\"],\"type\":\"Text\"}"
                            .formatted(i, i));
        running.library.take(
                "{\"id\":\"muong\",\"title\":{\"vi\":\"Thổ cẩm kín\"},\"language\":\"mtq-Latn\",\"access\":{\"level\":\"restricted\",\"communities\":[\"muong\"]}}");
        running.library.take("{\"id\":\"evil\",\"title\":\"<script>evilword</script>\"}");
    }

    @AfterAll
    static void stop() {
        if (running != null) running.close();
        if (node != null) node.close();
    }

    @Test
    void theAnswerHasTheShapeOfTheContract() {
        var answer = Running.json(running.get("/api/v1/search?q=tho%20cam&facet=people,script&size=3"));
        var fields = new ArrayList<String>();
        answer.fieldNames().forEachRemaining(fields::add);
        assertEquals(List.of("total", "items", "facets", "next"), fields);
        assertEquals(25, answer.path("total").asInt());
        var hit = answer.at("/items/0");
        assertTrue(hit.path("title").isObject()
                && hit.path("language").isArray()
                && hit.path("highlights").isArray());
        assertEquals("vi", hit.at("/language/0").asText());
        assertTrue(hit.path("score").isNumber());
        assertEquals("EG03", answer.at("/facets/people/0/value").asText());
        assertEquals(25, answer.at("/facets/people/0/count").asInt());
    }

    @Test
    void pagesFollowTheLinkToTheEnd() {
        var ids = new ArrayList<String>();
        var path = "/api/v1/search?q=Th%E1%BB%95%20c%E1%BA%A9m&size=10&people=EG03";
        while (!path.isEmpty()) {
            var response = running.get(path);
            assertEquals(200, response.statusCode(), path);
            Running.json(response)
                    .path("items")
                    .forEach(hit -> ids.add(hit.path("id").asText()));
            path = Running.header(response, "Link").replaceAll("^<(.*)>; rel=\"next\"$", "$1");
        }
        assertEquals(25, ids.size());
        assertEquals(25, ids.stream().distinct().count());
        assertEquals(400, running.get("/api/v1/search?q=x&cursor=nonsense").statusCode());
    }

    @Test
    void whatIsHiddenIsNotFoundNotCountedAndNotSuggested() {
        var member = new String[] {"Authorization", "Bearer " + running.member};
        for (var query : List.of("q=k%C3%ADn", "q=*&language=mtq-Latn", "q=&facet=language&size=0")) {
            var path = "/api/v1/search?" + query;
            assertFalse(running.get(path).body().contains("mtq"), path);
            assertFalse(running.get(path, Role.EDITOR).body().contains("mtq"), path);
            assertTrue(running.get(path, member).body().contains("m"), path);
        }
        // the reference data are an item too
        assertEquals(
                27,
                Running.json(running.get("/api/v1/search?q=*")).path("total").asInt());
        assertEquals(
                28,
                Running.json(running.get("/api/v1/search?q=*", member))
                        .path("total")
                        .asInt());
        assertFalse(running.get("/api/v1/suggest?q=th%E1%BB%95%20c%E1%BA%A9m%20k")
                .body()
                .contains("kín"));
        assertFalse(running.get("/api/v1/status").body().contains("mtq"));
        assertTrue(running.get("/api/v1/status", Role.ADMIN).body().contains("mtq"));
    }

    @Test
    void thePageShowsWhatWasFoundAndRunsNothing() {
        var page = running.get("/search?q=evilword");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("/items/evil"));
        assertFalse(page.body().contains("<script>"));
        assertFalse(running.get("/search?q=%22%3E%3Cscript%3E").body().contains("<script>"));
        assertTrue(running.get("/search?q=tho%20cam").body().contains("rel=\"next\""));
    }

    @Test
    void readyOnceEveryViewHasCaughtUp() {
        assertEquals(
                200,
                running.get("/health/ready").statusCode(),
                running.get("/health/ready").body());
    }

    @Test
    void whatIsNamedIsAFilterAndAFacetWithLabels() {
        var text = "Lễ hội của người Pu Péo ở Hà Giang.";
        running.library.take(
                "{\"id\":\"named\",\"title\":\"x\",\"language\":\"vi\",\"text\":\"%s\",\"place\":{\"name\":\"x\",\"lat\":23.0,\"lon\":105.0}}"
                        .formatted(text));
        running.library.take(
                "{\"id\":\"namedToo\",\"title\":\"x\",\"language\":\"vi\",\"text\":\"%s\",\"access\":\"restricted\"}"
                        .formatted(text));
        var found = Running.json(running.get("/api/v1/search?mentions=EG51&facet=mentions"));
        assertEquals(1, found.path("total").asInt());
        assertEquals("named", found.at("/items/0/id").asText());
        var labels = found.at("/facets/mentions").toString();
        assertTrue(labels.contains("\"vi\":\"Pu Péo\""), labels);
        for (var count : found.at("/facets/mentions"))
            assertEquals(1, count.path("count").asInt(), "what is hidden does not count");
        assertEquals(
                1,
                Running.json(running.get("/api/v1/search?mentions=P34-08"))
                        .path("total")
                        .asInt(),
                "Hà Giang became part of Tuyên Quang");
        assertEquals(
                "named",
                Running.json(running.get("/api/v1/search?near=23.0,105.01&within=5"))
                        .at("/items/0/id")
                        .asText());
        assertEquals(
                0,
                Running.json(running.get("/api/v1/search?near=10,105&within=5"))
                        .path("total")
                        .asInt());
        for (var bad : List.of("mentions=cheese", "near=1&within=5", "near=1,2", "near=1,2&within=x", "within=5"))
            assertEquals(400, running.get("/api/v1/search?" + bad).statusCode(), bad);
        var suggested = Running.json(running.get("/api/v1/suggest?q=pu%20pe")).path("entities");
        assertEquals("EG51", suggested.at("/0/id").asText());
        for (var id : List.of("named", "namedToo")) OaiSample.withdraw(running.library, id);
    }
}
