package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemJson;

/** The doors of entities and of the mentions of them, on the real tables, graph and linker. */
class EntitiesTest {
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

    private static JsonNode get(String path, String... headers) {
        var answer = running.get(path, headers);
        assertEquals(200, answer.statusCode(), answer::body);
        return Running.json(answer);
    }

    private static HttpResponse<String> change(String method, String path, String json, String... headers) {
        var all = new ArrayList<>(List.of(
                "Authorization",
                "Bearer " + running.token.get(Role.EDITOR),
                "Content-Type",
                method.equals("PATCH") ? "application/merge-patch+json" : "application/json"));
        all.addAll(List.of(headers));
        return running.ask(method, path, json, all.toArray(String[]::new));
    }

    private static String tag(String path) {
        return Running.header(running.get(path), "ETag");
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aListPagesByCursorAndRefusesThatOfAnotherQuestion() {
        var first = running.get("/api/v1/entities?type=people&size=50");
        var page = Running.json(first);
        assertEquals(54, page.path("total").asInt());
        var next = page.path("next").asText();
        assertTrue(Running.header(first, "Link").contains("cursor=" + next));
        var second = get("/api/v1/entities?type=people&size=50&cursor=" + next);
        assertEquals(4, second.path("items").size());
        assertTrue(second.path("next").isNull());
        assertEquals(
                400, running.get("/api/v1/entities?type=place&cursor=" + next).statusCode());
    }

    @Test
    void anEntityIsTheSameInEveryFormat() {
        for (var id : List.of("FE001", "EG03", "P34-08", "P63-02", "LG-blt", "SC-Tavt", "CR001", "CU001", "HE075")) {
            var address = "/api/v1/entities/" + id;
            assertEquals(200, running.get(address + ".ttl").statusCode());
            var turtle = model(running.get(address + ".ttl").body(), Lang.TURTLE);
            assertTrue(
                    turtle.isIsomorphicWith(
                            model(running.get(address + "?format=nt").body(), Lang.NTRIPLES)),
                    id);
            assertTrue(
                    turtle.isIsomorphicWith(model(
                            running.get(address, "Accept", "application/rdf+xml")
                                    .body(),
                            Lang.RDFXML)),
                    id);
            assertTrue(
                    turtle.isIsomorphicWith(
                            model(running.get(address + ".jsonld").body(), Lang.JSONLD11)),
                    id);
            // the JSON of the API says a part of it, of the same things
            var json = (ObjectNode) get(address);
            json.set("@context", get("/api/v1/entities/context.jsonld").get("@context"));
            var own = model(json.toString(), Lang.JSONLD11);
            var self = own.createResource("http://library.example/id/" + id);
            var said = own.listStatements(self, null, (org.apache.jena.rdf.model.RDFNode) null)
                    .toList();
            assertTrue(said.size() > 4, id + " " + said);
            for (var statement : said)
                assertTrue(turtle.contains(statement), id + " says in JSON-LD alone " + statement);
        }
    }

    private static Model model(String text, Lang lang) {
        var model = ModelFactory.createDefaultModel();
        RDFDataMgr.read(model, new StringReader(text), "http://library.example/", lang);
        return model;
    }

    @Test
    void geoJsonIsOfWhatHasAPoint() {
        var feature = get("/api/v1/entities/FE001.geojson");
        assertEquals(105.6272, feature.at("/geometry/coordinates/0").asDouble());
        assertEquals(406, running.get("/api/v1/entities/EG03.geojson").statusCode());
        var all = get("/api/v1/entities?type=festival&place=P34-66&format=geojson");
        assertEquals("FeatureCollection", all.path("type").asText());
        assertFalse(all.path("features").isEmpty());
    }

    @Test
    void whatIsUnchangedIsNotSentAgain() {
        var tag = tag("/api/v1/entities/FE001.ttl");
        assertEquals(
                304,
                running.get("/api/v1/entities/FE001.ttl", "If-None-Match", tag).statusCode());
    }

    @Test
    void aDatedNameFindsAndIsNoLabel() {
        var people = get("/api/v1/entities/EG05");
        assertTrue(people.path("datedNames").toString().contains("Miên"));
        for (var field : List.of("label", "autonyms", "otherNames", "subgroups"))
            assertFalse(people.path(field).toString().contains("\"Miên\""), field);
        var found = get("/api/v1/entities?type=people&q=" + escaped("Miên")).path("items");
        for (var item : found) assertFalse(item.path("name").asText().equals("Miên"));
        assertFalse(running.get("/entities/EG05").body().contains("Việt gốc Miên"));
    }

    @Test
    void aPageShowsNamesDatesAndSources() {
        var page = running.get("/entities/FE001", "Accept", "text/html").body();
        assertTrue(page.contains("<h1 dir=\"auto\">Lễ hội Lồng Tồng Ba Bể</h1>"), page);
        assertTrue(page.contains("10/1/") && page.contains("/entities/EG02"));
        assertTrue(running.get("/entities/P63-11").body().contains("228.279"));
        assertEquals(404, running.get("/entities/FE999").statusCode());
    }

    @Test
    void theIdentityOfAnEntityLeadsToPageOrData() {
        assertEquals("/api/v1/entities/EG03", Running.header(running.get("/id/EG03"), "Location"));
        assertEquals("/entities/EG03", Running.header(running.get("/id/EG03", "Accept", "text/html"), "Location"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?type=cheese",
                "?bbox=1,2,3",
                "?bbox=a,b,c,d",
                "?bbox=NaN,NaN,NaN,NaN",
                "?near=1",
                "?near=95,10&within=3",
                "?near=21,103",
                "?near=21,103&within=NaN",
                "?near=EG03&within=10",
                "?within=3",
                "?lunarMonth=13",
                "?from=yesterday",
                "?from=1800-01-01",
                "?from=2026-02-01&to=2026-01-01",
                "?validOn=2026",
                "?people=XX",
                "?people=EG99",
                "?place=EG03",
                "?colour=red",
                "?dated_names=Thổ",
                "?sort=colour",
                "?columns=colour",
                "?size=-1",
                "?cursor=%00",
                "?sort=distance"
            })
    void badParametersAreNamed(String query) {
        var answer = running.get("/api/v1/entities" + query.replace("ổ", "%E1%BB%95"));
        assertEquals(400, answer.statusCode(), answer::body);
        assertTrue(answer.body().contains("want "), answer::body);
    }

    @Test
    void hugeAndStrangeNamesCostLittle() {
        assertEquals(400, running.get("/api/v1/entities?q=" + "a".repeat(3000)).statusCode());
        for (var strange : List.of("%00", "%F0%9F%8E%8B", "%22%27%3C%3E%5C", "(((((", "*%3F", "%CC%81%CC%81"))
            assertEquals(200, running.get("/api/v1/entities?q=" + strange).statusCode(), strange);
        assertEquals(404, running.get("/api/v1/entities/..%2e").statusCode());
        assertEquals(404, running.get("/api/v1/entities/%3Cscript%3E").statusCode());
    }

    @Test
    void anEditIsSeenAtOnceAndStaysInTheHistory() {
        var made = change(
                "POST",
                "/api/v1/entities?note=" + escaped("thử"),
                "{\"entityKind\":\"custom\",\"domain\":\"marriage\",\"name_vi\":\"Tục thử nghiệm\",\"peoples\":[\"EG03\"],\"sources\":[\"https://example.org/\"]}");
        assertEquals(201, made.statusCode(), made::body);
        var address = Running.header(made, "Location");
        var path = java.net.URI.create(address).getPath();
        assertTrue(path.matches("/api/v1/entities/CU[0-9]{3}"), path);
        var id = path.substring(path.lastIndexOf('/') + 1);
        assertEquals(
                id,
                get("/api/v1/entities?q=" + escaped("tuc thu nghiem"))
                        .at("/items/0/id")
                        .asText());
        assertEquals(428, change("PATCH", path, "{\"domain\":\"body\"}").statusCode());
        assertEquals(
                412,
                change("PATCH", path, "{\"domain\":\"body\"}", "If-Match", "\"x\"")
                        .statusCode());
        var tag = tag(path);
        var dry = change("PATCH", path + "?dryRun=true", "{\"domain\":\"body\"}", "If-Match", tag);
        assertEquals(200, dry.statusCode(), dry::body);
        assertEquals(tag, tag(path));
        assertEquals(
                200,
                change("PATCH", path, "{\"domain\":\"body\"}", "If-Match", tag).statusCode());
        assertEquals(
                412,
                change("PATCH", path, "{\"domain\":\"law\"}", "If-Match", tag).statusCode());
        assertEquals("body", get(path).at("/record/domain").asText());
        var row = get(path).get("record").toString();
        assertEquals(
                200, change("PUT", path, row, "If-Match", tag(path)).statusCode(), "what was read can be sent back");
        assertEquals(404, running.get("/api/v1/entities/" + id + "x").statusCode());
        var graph = running.get("/sparql?query=" + escaped("ASK { <http://library.example/id/" + id + "> ?p ?o }"));
        assertTrue(graph.body().contains("true"), graph::body);

        assertEquals(
                422,
                change("DELETE", path + "?replacedBy=CU999", null, "If-Match", tag(path))
                        .statusCode());
        assertEquals(
                204,
                change("DELETE", path + "?replacedBy=CU001", null, "If-Match", tag(path))
                        .statusCode());
        var gone = running.get(path);
        assertEquals(410, gone.statusCode());
        assertEquals("CU001", Running.json(gone).path("replacedBy").asText());
        assertEquals(410, running.get("/id/" + id).statusCode());
        assertEquals(410, running.get("/entities/" + id).statusCode());
        var history = get(path + "/history").path("items");
        assertEquals("delete", history.at("/0/action").asText());
        assertEquals("thử", history.at("/2/note").asText());
        assertEquals("domain", history.at("/1/changes/0/column").asText());
        assertEquals(410, change("PUT", path, row).statusCode());
        var another = change(
                "POST",
                "/api/v1/entities?dryRun=true",
                "{\"entityKind\":\"custom\",\"domain\":\"marriage\",\"name_vi\":\"x\",\"sources\":[\"a\"]}");
        assertFalse(Running.json(another).path("id").asText().equals(id), "an id is not given again");
    }

    @Test
    void faultsNameShapeColumnAndValue() {
        var answer = change(
                "PATCH",
                "/api/v1/entities/FE001",
                "{\"peoples\":[\"EG99\"],\"date_rule\":\"L:99\"}",
                "If-Match",
                tag("/api/v1/entities/FE001"));
        assertEquals(422, answer.statusCode(), answer::body);
        assertEquals(
                "/problems/invalid-entity", Running.json(answer).path("type").asText());
        var errors = Running.json(answer).path("errors").toString();
        assertTrue(errors.contains("\"path\":\"peoples\"") || errors.contains("\"path\":\"date_rule\""), errors);
        assertTrue(errors.contains("shape"), errors);
        assertTrue(errors.contains("\"detailVi\":\"cần "), errors);
        assertEquals(
                422,
                change("PATCH", "/api/v1/entities/FE001", "{\"colour\":\"red\"}", "If-Match", "*")
                        .statusCode());
        assertEquals(422, change("POST", "/api/v1/entities", "[]").statusCode());
        assertEquals(
                409, change("POST", "/api/v1/entities", "{\"id\":\"FE001\"}").statusCode());
        assertEquals(
                422,
                change("DELETE", "/api/v1/entities/EG03", null, "If-Match", "*").statusCode(),
                "others name it");
    }

    @Test
    void theIdsOfEntitiesAreNoItems() {
        for (var id : List.of("reference", "FE777", "EG03")) {
            var answer = running.post("/api/v1/items", "{\"id\":\"" + id + "\",\"title\":\"x\"}", Role.ADMIN);
            assertEquals(409, answer.statusCode(), answer::body);
        }
        var answer = running.ask(
                "DELETE",
                "/api/v1/items/reference",
                null,
                "If-Match",
                "*",
                "Authorization",
                "Bearer " + running.token.get(Role.ADMIN));
        assertEquals(409, answer.statusCode());
    }

    @Test
    void aTextNamesEntitiesAndACuratorDecides() {
        var text = "🎋 Đồng bào dân tộc Thái ở Sơn La hát Khắp. Người Thái dệt thổ cẩm.";
        running.library.take(ItemJson.MAPPER
                .createObjectNode()
                .put("id", "weaving")
                .put("title", "Dệt")
                .put("language", "vi")
                .put("text", text)
                .toString());
        var mentions = get("/api/v1/items/weaving/mentions");
        var people = find(mentions.path("items"), "EG03");
        assertFalse(people.isEmpty(), mentions::toString);
        for (var one : mentions.path("items")) {
            int from = text.offsetByCodePoints(0, one.path("start").asInt());
            int to = text.offsetByCodePoints(0, one.path("end").asInt());
            assertEquals(text.substring(from, to), one.path("text").asText());
            assertFalse(one.path("reasons").isEmpty());
        }
        var first = people.get(0);
        var path = "/api/v1/items/weaving/mentions";
        var reject = "{\"verdict\":\"reject\",\"entity\":\"EG03\",\"start\":%d,\"end\":%d}"
                .formatted(first.path("start").asInt(), first.path("end").asInt());
        assertEquals(428, change("POST", path, reject).statusCode());
        var done = change("POST", path, reject, "If-Match", tag("/api/v1/items/weaving"));
        assertEquals(201, done.statusCode(), done::body);
        assertEquals(people.size() - 1, find(get(path).path("items"), "EG03").size());
        var add = "{\"verdict\":\"add\",\"entity\":\"CR001\",\"surface\":\"thổ cẩm\"}";
        assertEquals(412, change("POST", path, add, "If-Match", "\"v1\"").statusCode());
        assertEquals(
                201,
                change("POST", path, add, "If-Match", Running.header(done, "ETag"))
                        .statusCode());
        assertEquals(
                "added",
                find(get(path).path("items"), "CR001").get(0).path("review").asText());
        assertEquals(2, get(path).path("decisions").size());

        assertEquals(
                200,
                change("PATCH", "/api/v1/items/weaving", "{\"date\":\"1998\"}", "If-Match", "*")
                        .statusCode());
        assertEquals(text, running.get("/api/v1/items/weaving/text").body());
        assertTrue(running.get("/items/weaving").body().contains("/entities/CR001"));
        for (var bad : List.of(
                "{\"verdict\":\"maybe\",\"entity\":\"EG03\",\"start\":0,\"end\":1}",
                "{\"verdict\":\"add\",\"entity\":\"EG99\",\"start\":0,\"end\":1}",
                "{\"verdict\":\"add\",\"entity\":\"EG03\",\"start\":5,\"end\":5}",
                "{\"verdict\":\"add\",\"entity\":\"EG03\",\"start\":0,\"end\":999999}",
                "{\"verdict\":\"add\",\"entity\":\"EG03\",\"surface\":\"nowhere\"}",
                "{\"verdict\":\"add\",\"entity\":\"EG03\",\"field\":\"title@xx\",\"start\":0,\"end\":1}",
                "[]"))
            assertEquals(422, change("POST", path, bad, "If-Match", "*").statusCode(), bad);
        var back = change("DELETE", path + "?entity=CR001&surface=" + escaped("thổ cẩm"), null, "If-Match", "*");
        assertEquals(200, back.statusCode(), back::body);
        assertEquals(1, get(path).path("decisions").size());
        assertEquals(
                404,
                change("DELETE", path + "?entity=CR001&surface=x", null, "If-Match", "*")
                        .statusCode());
        assertEquals(403, running.post(path, add, Role.DEPOSITOR).statusCode());
    }

    private static List<JsonNode> find(JsonNode items, String entity) {
        var found = new ArrayList<JsonNode>();
        items.forEach(item -> {
            if (item.path("entity").asText().equals(entity)) found.add(item);
        });
        return found;
    }

    @Test
    void whatIsHiddenCountsForNobody() {
        var text = "Người La Chí ở Hà Giang.";
        var record = "{\"id\":\"%s\",\"title\":\"x\",\"language\":\"vi\",\"text\":\"" + text + "\"%s}";
        running.library.take(record.formatted("open1", ""));
        var before = seen("EG38");
        assertTrue(before.contains("open1"), before);
        running.library.take(record.formatted("closed1", ",\"access\":\"restricted\""));
        running.library.take(
                record.formatted("muong1", ",\"access\":{\"level\":\"restricted\",\"communities\":[\"muong\"]}"));
        running.library.take(record.formatted("turned", ""));
        running.library.take(record.formatted("turned", ",\"access\":\"restricted\""));
        running.library.take(record.formatted("withdrawn", ""));
        OaiSample.withdraw(running.library, "withdrawn");
        assertEquals(before, seen("EG38"));
        assertEquals(404, running.get("/api/v1/items/closed1/mentions").statusCode());
        var member = get("/api/v1/entities/EG38/mentions", "Authorization", "Bearer " + running.member);
        assertTrue(member.toString().contains("muong1") && !member.toString().contains("closed1"));
        var admin = running.get("/api/v1/entities/EG38/mentions", Role.ADMIN).body();
        assertTrue(admin.contains("closed1") && admin.contains("turned") && !admin.contains("withdrawn"), admin);
    }

    private static String seen(String entity) {
        var node = (ObjectNode) get("/api/v1/entities/" + entity);
        return node.at("/derived/mentionedIn")
                + running.get("/api/v1/entities/" + entity + "/mentions").body()
                + running.get("/entities/" + entity).body();
    }

    @Test
    void mentionsPage() {
        for (int i = 0; i < 5; i++)
            running.library.take(
                    "{\"id\":\"pa%d\",\"title\":\"x\",\"language\":\"vi\",\"text\":\"Người Pu Péo ở Hà Giang.\"}"
                            .formatted(i));
        var first = get("/api/v1/entities/EG51/mentions?size=2");
        var page = first;
        int all = 0;
        while (true) {
            all += page.path("items").size();
            if (page.path("next").isNull()) break;
            page = get("/api/v1/entities/EG51/mentions?size=2&cursor="
                    + page.path("next").asText());
        }
        assertEquals(first.path("total").asInt(), all);
        assertEquals(5, all);
    }

    @Test
    void itIsToldWhyAPlaceLiesInAnother() {
        var why = get("/api/v1/entities/P63-02/why?within=P34-08");
        assertTrue(why.path("holds").asBoolean());
        assertEquals("merged_into", why.at("/steps/0/column").asText());
        assertFalse(
                get("/api/v1/entities/P63-02/why?within=P34-01").path("holds").asBoolean());
        assertEquals(
                "peoples",
                get("/api/v1/entities/FE001/why?linkedTo=EG02")
                        .at("/steps/0/column")
                        .asText());
        assertEquals(400, running.get("/api/v1/entities/P63-02/why").statusCode());
    }
}
