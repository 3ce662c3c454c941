package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thocam.api.access.Role;

class ItemsTest {
    private static final String SONG =
            """
            {"id":"song.1","title":{"blt-Tavt":"ꪼꪕꪒꪾ","vi":"Tày Đăm"},"language":["blt-Tavt"],"text":"ꪼꪕꪒꪾ ꪹꪎꪷ","people":["EG03"]}""";

    private Running running;

    @BeforeEach
    void start(@TempDir Path dir) throws IOException {
        running = new Running(dir);
        running.library.take(SONG);
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void anItemIsJsonLdWithItsVersionAndLinks() {
        var response = running.get("/api/v1/items/song.1");
        var item = Running.json(response);
        assertEquals("/api/v1/context.jsonld", item.path("@context").asText());
        assertEquals(running.base() + "/id/song.1", item.path("@id").asText());
        assertEquals("ꪼꪕꪒꪾ", item.at("/title/blt-Tavt").asText());
        assertEquals("blt-Tavt", item.at("/language/0").asText());
        assertEquals(1, item.path("version").asInt());
        assertTrue(item.path("datestamp").asText().endsWith("Z"));
        assertTrue(item.path("source").isMissingNode(), "where it came from on our disk is nobody's business");
        assertEquals(200, running.get(item.at("/links/text").asText()).statusCode());
        assertEquals(200, running.get(item.path("@context").asText()).statusCode());
        assertEquals("ꪼꪕꪒꪾ ꪹꪎꪷ", running.get("/api/v1/items/song.1/text").body());
    }

    @ParameterizedTest
    @CsvSource({
        "json,application/json",
        "jsonld,application/ld+json",
        "ttl,text/turtle",
        "nt,application/n-triples",
        "rdf,application/rdf+xml"
    })
    void acceptFormatAndEndingAreEqual(String ending, String mediaType) {
        var byAccept = running.get("/api/v1/items/song.1", "Accept", mediaType + ", */*;q=0.1");
        var byParameter = running.get("/api/v1/items/song.1?format=" + ending);
        var byEnding = running.get("/api/v1/items/song.1." + ending);
        for (var response : List.of(byAccept, byParameter, byEnding)) {
            assertEquals(200, response.statusCode());
            assertTrue(Running.header(response, "Content-Type").startsWith(mediaType));
            assertTrue(Running.header(response, "Vary").contains("Accept"));
            assertEquals(byAccept.body(), response.body());
            assertEquals(Running.header(byAccept, "ETag"), Running.header(response, "ETag"));
        }
    }

    @Test
    void representationsHaveDifferentTagsAndAnUnchangedOneIs304() {
        var json = Running.header(running.get("/api/v1/items/song.1"), "ETag");
        var turtle = Running.header(running.get("/api/v1/items/song.1.ttl"), "ETag");
        assertTrue(json.startsWith("\"v1-"), json);
        assertNotEquals(json, turtle);
        assertEquals(
                304, running.get("/api/v1/items/song.1", "If-None-Match", json).statusCode());
        assertEquals(
                200,
                running.get("/api/v1/items/song.1", "If-None-Match", turtle).statusCode());
        assertEquals(200, running.ask("HEAD", "/api/v1/items/song.1", null).statusCode());
        assertEquals("", running.ask("HEAD", "/api/v1/items/song.1", null).body());
    }

    @Test
    void listsPageByCursorToTheEnd() {
        for (int i = 0; i < 25; i++) running.library.take("{\"id\":\"n%02d\",\"title\":\"x\"}".formatted(i));
        var ids = new ArrayList<String>();
        var path = "/api/v1/items?size=10";
        int pages = 0;
        while (!path.isEmpty()) {
            var response = running.get(path);
            Running.json(response)
                    .path("items")
                    .forEach(item -> ids.add(item.path("id").asText()));
            assertEquals(26, Running.json(response).path("total").asInt());
            path = Running.header(response, "Link").replaceAll("^<(.*)>; rel=\"next\"$", "$1");
            pages++;
        }
        assertEquals(3, pages);
        assertEquals(26, ids.stream().distinct().count());
        assertEquals(ids.stream().sorted().toList(), ids);
    }

    @Test
    void aNewItemIsCreatedOnceAndChangedOnlyFromTheVersionThatWasRead() {
        var created =
                running.post("/api/v1/items", "{\"id\":\"a\",\"title\":\"eins\",\"text\":\"words\"}", Role.DEPOSITOR);
        assertEquals(201, created.statusCode(), created.body());
        assertTrue(Running.header(created, "Location").endsWith("/api/v1/items/a"));
        var tag = Running.header(created, "ETag");
        assertEquals(tag, Running.header(running.get("/api/v1/items/a"), "ETag"));
        assertEquals(
                409,
                running.post("/api/v1/items", "{\"id\":\"a\",\"title\":\"x\"}", Role.DEPOSITOR)
                        .statusCode());

        assertEquals(428, put("{\"title\":\"zwei\"}").statusCode());
        assertEquals(412, put("{\"title\":\"zwei\"}", "If-None-Match", "*").statusCode());
        assertEquals(412, put("{\"title\":\"zwei\"}", "If-Match", "\"v9\"").statusCode());
        assertEquals(412, put("{\"title\":\"zwei\"}", "If-Match", "W/" + tag).statusCode());
        assertEquals(
                422, put("{\"id\":\"b\",\"title\":\"zwei\"}", "If-Match", tag).statusCode());
        var second = put("{\"title\":\"zwei\"}", "If-Match", tag);
        assertEquals(200, second.statusCode(), second.body());
        assertEquals(412, put("{\"title\":\"drei\"}", "If-Match", tag).statusCode());
        assertEquals("words", running.get("/api/v1/items/a/text").body(), "what was not named stays");

        var back = running.get("/api/v1/items/a").body();
        assertEquals(
                200,
                put(back, "If-Match", Running.header(second, "ETag")).statusCode(),
                "what was read can be sent back");
        assertEquals("eins", title(Running.json(running.get("/api/v1/items/a?version=1"))));
        assertEquals(
                3,
                Running.json(running.get("/api/v1/items/a/versions"))
                        .path("items")
                        .size());
        assertEquals(404, running.get("/api/v1/items/a?version=9").statusCode());
    }

    @Test
    void aPatchChangesSomeFieldsAndLeavesTheRest() {
        var tag = Running.header(running.get("/api/v1/items/song.1"), "ETag");
        var patch = "{\"title\":{\"vi\":null,\"en\":\"Black Tai\"},\"date\":\"1998\"}";
        assertEquals(428, patch("song.1", patch).statusCode());
        assertEquals(200, patch("song.1", patch, "If-Match", tag).statusCode());
        var item = Running.json(running.get("/api/v1/items/song.1"));
        assertEquals("Black Tai", item.at("/title/en").asText());
        assertTrue(item.at("/title/vi").isMissingNode());
        assertEquals("1998", item.path("date").asText());
        assertEquals("EG03", item.at("/people/0").asText());
        assertEquals("ꪼꪕꪒꪾ ꪹꪎꪷ", running.get("/api/v1/items/song.1/text").body());
        assertEquals(
                422, patch("song.1", "{\"colour\":\"red\"}", "If-Match", "*").statusCode());
        assertEquals(422, patch("song.1", "{\"files\":null}", "If-Match", "*").statusCode());
    }

    @Test
    void aWithdrawnItemLeavesATombstoneAndCanComeBack() {
        var tag = Running.header(running.get("/api/v1/items/song.1"), "ETag");
        assertEquals(428, change("DELETE", "/api/v1/items/song.1", null).statusCode());
        assertEquals(
                204,
                change("DELETE", "/api/v1/items/song.1?reason=asked", null, "If-Match", tag)
                        .statusCode());
        var gone = running.get("/api/v1/items/song.1");
        assertEquals(410, gone.statusCode());
        assertEquals("asked", Running.json(gone).path("reason").asText());
        for (var path : List.of("/text", "/versions", "?version=1", ".ttl"))
            assertEquals(410, running.get("/api/v1/items/song.1" + path).statusCode(), path);
        assertEquals(410, running.get("/items/song.1").statusCode());
        assertEquals(410, running.get("/id/song.1").statusCode());
        assertEquals(410, patch("song.1", "{}", "If-Match", "*").statusCode());
        assertEquals(409, running.post("/api/v1/items", SONG, Role.DEPOSITOR).statusCode());
        assertEquals(428, change("PUT", "/api/v1/items/song.1", SONG).statusCode());
        assertEquals(
                200,
                change("PUT", "/api/v1/items/song.1", SONG, "If-Match", Running.header(gone, "ETag"))
                        .statusCode());
        assertEquals(200, running.get("/api/v1/items/song.1").statusCode());
    }

    @Test
    void theIdentityLeadsToPageOrData() {
        var page = running.get("/id/song.1", "Accept", "text/html");
        assertEquals(303, page.statusCode());
        assertEquals("/items/song.1", Running.header(page, "Location"));
        assertEquals("/api/v1/items/song.1", Running.header(running.get("/id/song.1"), "Location"));
        assertTrue(running.get("/items/song.1").body().contains("<h1 lang=\"blt-Tavt\" dir=\"auto\">ꪼꪕꪒꪾ</h1>"));
    }

    @Test
    void everyLegalIdIsItsOwnAddress() {
        running.library.take("{\"id\":\"song\",\"title\":\"x\"}");
        for (var id : List.of("song;v=1", "a,b", "a+b", "tc:1042", "a@b!$&'()*=~", "notes.json", "x.ttl.json")) {
            running.library.take("{\"id\":\"%s\",\"title\":\"x\"}".formatted(id));
            assertEquals(
                    id,
                    Running.json(running.get("/api/v1/items/" + id)).path("id").asText());
            assertEquals(200, running.get("/api/v1/items/" + id + "/text").statusCode(), id);
            assertEquals(200, running.get("/items/" + id).statusCode(), id);
            assertEquals(303, running.get("/id/" + id).statusCode(), id);
        }
    }

    @Test
    void aHostileTitleIsTextOnThePage() {
        running.library.take("{\"id\":\"evil\",\"title\":\"<script>alert(1)</script>\",\"creator\":[\"\\\"><b>\"]}");
        var page = running.get("/items/evil");
        assertFalse(page.body().contains("<script>") || page.body().contains("<b>"));
        assertTrue(Running.header(page, "Content-Security-Policy").contains("default-src 'self'"));
    }

    private HttpResponse<String> put(String json, String... headers) {
        return change("PUT", "/api/v1/items/a", json, headers);
    }

    private HttpResponse<String> patch(String id, String json, String... headers) {
        return change("PATCH", "/api/v1/items/" + id, json, headers);
    }

    private HttpResponse<String> change(String method, String path, String json, String... headers) {
        var all = new ArrayList<>(List.of(
                "Authorization",
                "Bearer " + running.token.get(Role.EDITOR),
                "Content-Type",
                method.equals("PATCH") ? "application/merge-patch+json" : "application/json"));
        all.addAll(List.of(headers));
        return running.ask(method, path, json, all.toArray(String[]::new));
    }

    private static String title(JsonNode item) {
        return item.path("title").elements().next().asText();
    }
}
