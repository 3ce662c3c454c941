package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemJson;

/** Reference data in a real home: loaded, edited, named by texts and words, made again. */
class ReferenceHomeTest {
    private static final Path TABLES = Path.of("../fixtures/reference");

    @TempDir
    private static Path folder;

    private RunningHome home;
    private String editor;

    private JsonNode load(Path tables) throws Exception {
        var arguments = ItemJson.MAPPER
                .createObjectNode()
                .put("folder", tables.toRealPath().toString())
                .put("agent", "test");
        return home.run("reference-load", arguments).get(0);
    }

    private List<String> ids(String path, String token) throws Exception {
        var ids = new ArrayList<String>();
        for (var item : home.json(path, token).path("items"))
            ids.add(item.path("id").asText());
        return ids;
    }

    private HttpResponse<String> send(String method, String path, String json) throws Exception {
        var tag = home.get(path, editor).headers().firstValue("ETag").orElse("");
        var request = home.request(path, editor, "Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (method.equals("PATCH")) request.setHeader("Content-Type", "application/merge-patch+json");
        return home.send(tag.isEmpty() ? request : request.header("If-Match", tag));
    }

    private String dump() {
        var out = new ByteArrayOutputStream();
        home.engine().graph().dump(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void referenceDataLiveInAHome() throws Exception {
        try (var running = RunningHome.start(folder.resolve("home"))) {
            home = running;
            editor = home.token(Role.EDITOR);
            tablesAreTakenWholeOrNotAtAll();
            textsNameThem();
            wordsNameThem();
            whatIsHiddenIsNotCounted();
            anEditIsSeenAtOnceAndLinksAgain();
            aDecisionStays();
            var told = dump();
            home.run("rebuild", ItemJson.MAPPER.createObjectNode());
            home.caughtUp();
            assertEquals(told, dump(), "a graph made from the archive alone says the same");
            var verified = home.run("verify", ItemJson.MAPPER.createObjectNode());
            assertTrue(verified.stream().anyMatch(line -> line.path("ok").asBoolean()), verified::toString);
        }
    }

    private void tablesAreTakenWholeOrNotAtAll() throws Exception {
        var broken = Files.createDirectories(folder.resolve("broken"));
        try (var files = Files.list(TABLES)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".tsv")).toList())
                Files.copy(file, broken.resolve(file.getFileName()));
        }
        var customs = broken.resolve("customs.tsv");
        Files.writeString(
                customs, Files.readString(customs).replaceFirst("\tEG03;EG29;EG33;EG39;EG34\t", "\tEG03;EG99\t"));
        var faults = load(broken).path("faults");
        assertEquals(1, faults.size(), faults::toString);
        assertEquals("customs", faults.get(0).path("table").asText());
        assertEquals(2, faults.get(0).path("line").asInt());
        assertEquals("peoples", faults.get(0).path("column").asText());
        assertEquals(0, home.json("/api/v1/entities", null).path("total").asInt());

        assertEquals(872, load(TABLES).path("entities").asInt());
        home.caughtUp();
        assertEquals(872, home.json("/api/v1/entities", null).path("total").asInt());
        var again = load(TABLES);
        assertFalse(again.path("changed").asBoolean());
        var out = Files.createDirectories(folder.resolve("out"));
        home.run(
                "reference-export",
                ItemJson.MAPPER
                        .createObjectNode()
                        .put("folder", out.toRealPath().toString()));
        for (var name : List.of("festivals.tsv", "observations.tsv", "peoples.tsv"))
            assertEquals(Files.readString(TABLES.resolve(name)), Files.readString(out.resolve(name)));
    }

    private void textsNameThem() throws Exception {
        home.ingest(
                Files.writeString(
                        folder.resolve("texts.jsonl"),
                        """
                {"id":"mo","title":{"vi":"Ngày hội"},"language":"vi","text":"Người Mông ở Sa Pa đi hội Gầu Tào."}
                {"id":"kin","title":{"vi":"Kín"},"language":"vi","text":"Người Mông ở Sa Pa đi hội Gầu Tào.","access":"restricted"}
                """));
        home.caughtUp();
        assertEquals(List.of("mo"), ids("/api/v1/entities/EG08/mentions", null));
        assertEquals(List.of("mo"), ids("/api/v1/search?mentions=EG08", null));
        var found = home.json("/api/v1/items/mo/mentions", null).path("items").get(0);
        assertEquals("EG08", found.path("entity").asText());
        assertEquals(6, found.path("start").asInt());
        assertEquals(10, found.path("end").asInt());
    }

    private void wordsNameThem() throws Exception {
        var lift = Files.writeString(
                folder.resolve("hmong.lift"),
                """
                <lift version="0.13"><entry id="gau" guid="g1"><lexical-unit><form lang="mww"><text>hauv toj</text></form></lexical-unit>
                <sense id="s1"><gloss lang="vi"><text>hội Gầu Tào</text></gloss><trait name="entity" value="FE028"/></sense></entry></lift>""");
        home.run(
                "dictionary-import",
                ItemJson.MAPPER
                        .createObjectNode()
                        .put("id", "hmong")
                        .put("language", "mww")
                        .put("file", lift.toRealPath().toString()));
        home.caughtUp();
        var words = home.json("/api/v1/entities/FE028", null).path("derived").path("words");
        assertEquals("hauv toj", words.path(0).path("headword").asText(), words::toString);
        var rows = home.get(
                "/sparql?query="
                        + RunningHome.encoded("SELECT ?s { ?s <http://www.w3.org/ns/lemon/ontolex#reference> <"
                                + home.engine().base() + "id/FE028> }"),
                null,
                "Accept",
                "text/csv");
        assertTrue(rows.body().contains("hmong/g1#sense-s1"), rows::body);
    }

    private void whatIsHiddenIsNotCounted() throws Exception {
        for (var path : List.of("/api/v1/entities/EG08", "/entities/EG08", "/api/v1/dumps/everything.nt")) {
            var body = home.get(path, null).body();
            assertFalse(body.contains("id/kin") || body.contains("/items/kin"), path);
        }
        assertEquals(
                1,
                home.json("/api/v1/entities/EG08", null)
                        .path("derived")
                        .path("mentionedIn")
                        .path("total")
                        .asInt());
        assertEquals(
                1, home.json("/api/v1/search?mentions=EG08", null).path("total").asInt());
        assertEquals(
                2,
                home.json("/api/v1/search?mentions=EG08", home.token(Role.ADMIN))
                        .path("total")
                        .asInt());
    }

    private void anEditIsSeenAtOnceAndLinksAgain() throws Exception {
        var far = "/api/v1/entities?type=festival&near=10.0,104.0&within=5";
        assertEquals(0, home.json(far, null).path("total").asInt());
        var refused = send("PATCH", "/api/v1/entities/FE028", "{\"peoples\":[\"EG99\"]}");
        assertEquals(422, refused.statusCode(), refused::body);
        assertTrue(refused.body().contains("\"path\":\"peoples\""), refused::body);
        assertTrue(refused.body().contains("EG99"), refused::body);
        var done =
                send("PATCH", "/api/v1/entities/FE028", "{\"lat\":10.0,\"lon\":104.0,\"aliases\":[\"Hội Say Sán\"]}");
        assertEquals(200, done.statusCode(), done::body);
        assertEquals(
                List.of("FE028"), ids(far, null), "an entity that moved is found where it is, by the next request");
        home.ingest(Files.writeString(
                folder.resolve("more.jsonl"),
                "{\"id\":\"say\",\"title\":\"Say\",\"language\":\"vi\",\"text\":\"Người Mông đi hội Say Sán.\"}\n"));
        home.caughtUp();
        assertEquals(List.of("mo", "say"), ids("/api/v1/search?mentions=FE028&sort=title", null));
        send("PATCH", "/api/v1/entities/FE028", "{\"aliases\":[\"Hội Khác\"]}");
        home.caughtUp();
        assertEquals(List.of("mo"), ids("/api/v1/search?mentions=FE028", null));
        var history = home.json("/api/v1/entities/FE028/history", null).path("items");
        assertEquals(3, history.size(), history::toString);
    }

    private void aDecisionStays() throws Exception {
        var decided = send(
                "POST",
                "/api/v1/items/say/mentions",
                "{\"verdict\":\"reject\",\"entity\":\"EG08\",\"field\":\"text\",\"start\":6,\"end\":10}");
        assertTrue(decided.statusCode() / 100 == 2, () -> decided.statusCode() + decided.body());
        home.caughtUp();
        assertEquals(List.of("mo"), ids("/api/v1/entities/EG08/mentions", null));
        home.ingest(
                Files.writeString(
                        folder.resolve("more.jsonl"),
                        "{\"id\":\"say\",\"title\":\"Say\",\"language\":\"vi\",\"text\":\"Ngày xuân, người Mông đi hội Say Sán.\"}\n"));
        home.caughtUp();
        assertEquals(List.of("mo"), ids("/api/v1/entities/EG08/mentions", null), "another text does not undo it");
        assertTrue(home.total("xuân", null) > 0);
    }
}
