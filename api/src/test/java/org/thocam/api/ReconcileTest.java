package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.ItemJson;

/**
 * The Reconciliation Service API v0.2 as OpenRefine asks it. The structural checks are written from the published specification as it is
 * remembered: its JSON schemas could not be fetched here.
 */
class ReconcileTest {
    private static final String DOOR = "/api/v1/reconcile";
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        running = new Running(dir);
        running.library.loadEntities();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static HttpResponse<String> post(String field, String json) {
        return running.ask(
                "POST",
                DOOR,
                field + "=" + URLEncoder.encode(json, StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private static JsonNode results(String query) {
        var answer = post("queries", "{\"q0\":" + query + "}");
        assertEquals(200, answer.statusCode(), answer::body);
        var results = Running.json(answer).at("/q0/result");
        assertTrue(results.isArray());
        for (var one : results) {
            for (var field : new String[] {"id", "name"})
                assertTrue(one.path(field).isTextual(), field);
            assertTrue(one.path("score").isNumber() && one.path("match").isBoolean());
            assertTrue(
                    one.at("/type/0/id").isTextual() && one.at("/type/0/name").isTextual());
        }
        return results;
    }

    @Test
    void theManifestHasWhatClientsLookFor() {
        var answer = running.get(DOOR, "Origin", "http://127.0.0.1:3333");
        var manifest = Running.json(answer);
        assertEquals("0.2", manifest.at("/versions/0").asText());
        for (var field : new String[] {"name", "identifierSpace", "schemaSpace"})
            assertFalse(manifest.path(field).asText().isEmpty(), field);
        assertEquals("*", Running.header(answer, "Access-Control-Allow-Origin"));
        assertTrue(manifest.at("/view/url").asText().contains("{{id}}"));
        assertTrue(manifest.at("/preview/url").asText().contains("{{id}}"));
        for (var what : new String[] {"entity", "type", "property"}) {
            var service = manifest.at("/suggest/" + what);
            var path = service.path("service_path").asText();
            assertEquals(200, running.get(DOOR + path + "?prefix=a").statusCode(), path);
        }
        assertEquals(9, manifest.path("defaultTypes").size());
    }

    @Test
    void aNameOfOneIsMatchedAndThatOfSeveralIsNot() {
        var one = results("{\"query\":\"Lễ hội Katê\",\"type\":\"festival\"}");
        assertEquals("FE076", one.at("/0/id").asText());
        assertTrue(results("{\"query\":\"Khơ-mú\",\"type\":\"people\"}")
                .at("/0/match")
                .asBoolean());
        for (var candidate : results("{\"query\":\"Lồng Tông\",\"type\":\"festival\"}"))
            assertFalse(candidate.path("match").asBoolean());
    }

    @Test
    void whatTheRowSaysBesidesDecides() {
        var at = results(
                "{\"query\":\"Lồng Tông\",\"type\":\"festival\",\"type_strict\":\"should\",\"limit\":5,\"properties\":[{\"pid\":\"provinces_63\",\"v\":{\"id\":\"P63-08\"}},{\"pid\":\"colour\",\"v\":\"red\"}]}");
        assertEquals("FE002", at.at("/0/id").asText());
        assertTrue(at.size() <= 5);
    }

    @Test
    void anEntityHasTheIriThatTheGraphGivesIt() {
        var space = Running.json(running.get(DOOR)).path("identifierSpace").asText();
        assertEquals(
                space + "EG03",
                Running.json(running.get("/api/v1/entities/EG03")).path("@id").asText());
        assertTrue(running.get("/api/v1/entities/EG03.nt").body().contains("<" + space + "EG03>"));
    }

    @Test
    void aCellThatIsNoNameDoesNotSpoilItsBatch() {
        assertTrue(results("{\"query\":\"" + "dài ".repeat(200) + "\"}").isEmpty());
    }

    @Test
    void aColumnOfEntitiesSaysOfWhatType() {
        var answer = running.get(DOOR
                + "?extend="
                + URLEncoder.encode(
                        "{\"ids\":[\"EG03\"],\"properties\":[{\"id\":\"languages\"},{\"id\":\"name_en\"}]}",
                        StandardCharsets.UTF_8));
        assertEquals("language", Running.json(answer).at("/meta/0/type/id").asText());
        assertTrue(Running.json(answer).at("/meta/1/type").isMissingNode());
    }

    @Test
    void queriesComeByGetToo() {
        var answer = running.get(
                DOOR + "?queries=" + URLEncoder.encode("{\"q1\":{\"query\":\"Thái\"}}", StandardCharsets.UTF_8));
        assertFalse(Running.json(answer).at("/q1/result").isEmpty());
    }

    @Test
    void olderClientsAskWithACallback() {
        var answer = running.get(DOOR + "?callback=jQuery1_2");
        assertTrue(answer.body().startsWith("/**/jQuery1_2({"));
        assertTrue(Running.header(answer, "Content-Type").startsWith("application/javascript"));
        var evil = running.get(DOOR + "?callback=alert(1)//");
        assertEquals(400, evil.statusCode());
        assertFalse(evil.body().contains("alert(1)//("));
    }

    @Test
    void tablesAreExtendedByColumns() {
        var answer = post(
                "extend", "{\"ids\":[\"FE001\",\"nothing\"],\"properties\":[{\"id\":\"peoples\"},{\"id\":\"lat\"}]}");
        assertEquals(200, answer.statusCode(), answer::body);
        var table = Running.json(answer);
        assertEquals("Tày", table.at("/rows/FE001/peoples/0/name").asText());
        assertTrue(table.at("/rows/FE001/lat/0/float").isNumber());
        assertTrue(table.at("/rows/nothing/peoples").isEmpty());
        assertEquals(2, table.path("meta").size());
        var proposed = Running.json(running.get(DOOR + "/extend/propose?type=festival&limit=3"));
        assertEquals(3, proposed.path("properties").size());
    }

    @Test
    void thePreviewMayBeFramed() {
        var page = running.get(DOOR + "/preview?id=FE001");
        assertTrue(page.body().contains("Lồng Tồng"));
        assertEquals("", Running.header(page, "X-Frame-Options"));
        assertTrue(Running.header(page, "Content-Security-Policy").contains("frame-ancestors *"));
        assertEquals(404, running.get(DOOR + "/preview?id=%3Cscript%3E").statusCode());
    }

    @Test
    void badQueriesAreRefusedInJson() {
        for (var bad : new String[] {
            "[]",
            "{",
            "{\"q0\":1}",
            "{\"q0\":{}}",
            "{\"q0\":{\"query\":1}}",
            "{\"q0\":{\"query\":\"a\",\"limit\":\"x\"}}",
            "{\"q0\":{\"query\":\"a\",\"limit\":0}}",
            "{\"q0\":{\"query\":\"a\",\"type\":5}}",
            "{\"q0\":{\"query\":\"a\",\"type_strict\":\"perhaps\"}}",
            "{\"q0\":{\"query\":\"a\",\"properties\":[{}]}}"
        }) {
            var answer = post("queries", bad);
            assertEquals(400, answer.statusCode(), bad);
            assertFalse(Running.json(answer).path("message").asText().isEmpty(), bad);
        }
        assertEquals(404, running.get(DOOR + "/nothing").statusCode());
        assertEquals(
                415,
                running.ask("POST", DOOR, "{}", "Content-Type", "application/json")
                        .statusCode());
    }

    @Test
    void aBatchHasAnEnd() {
        var batch = ItemJson.MAPPER.createObjectNode();
        for (int i = 0; i < 10_000; i++) batch.putObject("q" + i).put("query", "Thái");
        assertEquals(413, post("queries", batch.toString()).statusCode());
    }

    @Test
    void aStrangeCellFindsNothingOrSomething() {
        for (var strange : new String[] {"", " ", "\u0000", "🎋", "(((((", "̣̂", "*"})
            assertEquals(
                    200,
                    post(
                                    "queries",
                                    "{\"q0\":{\"query\":"
                                            + ItemJson.MAPPER
                                                    .createArrayNode()
                                                    .add(strange)
                                                    .get(0) + "}}")
                            .statusCode(),
                    strange);
    }
}
