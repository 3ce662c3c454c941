package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;

/** Walks every door with every role: what is hidden is hidden as if it did not exist. */
class DoorsTest {
    @TempDir
    private static Path folder;

    private static RunningHome running;

    /** The word each item has and no other, and who may see it. */
    private static final Map<String, List<String>> SEEN_BY = new LinkedHashMap<>();

    private static final Map<String, String> CALLERS = new LinkedHashMap<>();

    @BeforeAll
    static void open() throws Exception {
        running = RunningHome.start(folder.resolve("home"));
        var files = Files.createDirectories(folder.resolve("in"));
        Files.writeString(files.resolve("f.txt"), "tepmat noi dung");
        Files.writeString(
                files.resolve("records.jsonl"),
                String.join(
                        "\n",
                        record("open-1", "tumo", "\"open\""),
                        record("embargoed-past", "tuhethan", "{\"level\":\"embargoed\",\"until\":\"2020-01-01\"}"),
                        record(
                                "embargoed-future",
                                "tucamvan",
                                "{\"level\":\"embargoed\",\"until\":\"2990-01-01\",\"communities\":[\"ede\"]}"),
                        record(
                                "restricted-ede",
                                "tukin",
                                "{\"level\":\"restricted\",\"communities\":[\"ede\",\"jarai\"]}"),
                        record("restricted-none", "turieng", "\"restricted\"")));
        for (var line : running.ingest(files.resolve("records.jsonl")))
            assertFalse("failed".equals(line.path("state").asText()), line.toString());
        running.caughtUp();
        CALLERS.put("anybody", null);
        for (var role : Role.values()) CALLERS.put(role.word(), running.token(role));
        for (var role : Role.values()) CALLERS.put(role.word() + " of ede", running.token(role, "ede"));
        CALLERS.put("reader of cham", running.token(Role.READER, "cham"));
        var everybody = List.copyOf(CALLERS.keySet());
        var ofEde = everybody.stream()
                .filter(caller -> caller.endsWith("of ede") || caller.equals("admin"))
                .toList();
        var admins =
                everybody.stream().filter(caller -> caller.startsWith("admin")).toList();
        SEEN_BY.put("open-1", everybody);
        SEEN_BY.put("embargoed-past", everybody);
        SEEN_BY.put("embargoed-future", ofEde);
        SEEN_BY.put("restricted-ede", ofEde);
        SEEN_BY.put("restricted-none", admins);
    }

    private static String record(String id, String word, String access) {
        return "{\"id\":\"" + id + "\",\"title\":\"Tieude" + word + "\",\"text\":\"" + word
                + " chung\",\"language\":\"vi\",\"people\":[\"EG-" + word + "\"],\"place\":{\"name\":\"Noi" + word
                + "\",\"lat\":13,\"lon\":108},\"sets\":[\"set-" + word + "\"],\"files\":[\"f.txt\"],\"access\":"
                + access + "}";
    }

    @AfterAll
    static void close() throws Exception {
        if (running != null) running.close();
    }

    private interface Door {
        boolean shows(String id, String word, String token) throws Exception;
    }

    private static void walk(String door, Door opened) throws Exception {
        var words = Map.of(
                "open-1",
                "tumo",
                "embargoed-past",
                "tuhethan",
                "embargoed-future",
                "tucamvan",
                "restricted-ede",
                "tukin",
                "restricted-none",
                "turieng");
        var wrong = new ArrayList<String>();
        for (var item : SEEN_BY.entrySet())
            for (var caller : CALLERS.entrySet()) {
                boolean wanted = item.getValue().contains(caller.getKey());
                if (opened.shows(item.getKey(), words.get(item.getKey()), caller.getValue()) != wanted)
                    wrong.add(door + ": " + caller.getKey() + (wanted ? " does not see " : " sees ") + item.getKey());
            }
        assertEquals(List.of(), wrong);
    }

    private static boolean status(String path, String token, String... headers) throws Exception {
        int status = running.get(path, token, headers).statusCode();
        assertTrue(
                status == 200 || status == 206 || status == 404,
                path + " answered " + status + ": what is hidden is not there, never forbidden");
        return status != 404;
    }

    @Test
    void item() throws Exception {
        walk("item", (id, word, token) -> status("/api/v1/items/" + id, token));
    }

    @Test
    void itemInEveryFormat() throws Exception {
        for (var format : List.of("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"))
            walk("item as " + format, (id, word, token) -> status("/api/v1/items/" + id, token, "Accept", format));
    }

    @Test
    void earlierVersions() throws Exception {
        walk("version", (id, word, token) -> status("/api/v1/items/" + id + "?version=1", token));
        walk("versions", (id, word, token) -> status("/api/v1/items/" + id + "/versions", token));
    }

    @Test
    void textAndFiles() throws Exception {
        walk("text", (id, word, token) -> status("/api/v1/items/" + id + "/text", token));
        walk("file", (id, word, token) -> status("/api/v1/items/" + id + "/files/f.txt", token));
        walk("range", (id, word, token) -> status("/api/v1/items/" + id + "/files/f.txt", token, "Range", "bytes=0-1"));
    }

    @Test
    void listOfItems() throws Exception {
        walk("list", (id, word, token) -> running.get("/api/v1/items?size=100", token)
                .body()
                .contains("\"" + id + "\""));
    }

    @Test
    void search() throws Exception {
        walk("search", (id, word, token) -> running.total(word, token) == 1);
        walk("everything", (id, word, token) -> running.get("/api/v1/search?q=*&size=100", token)
                .body()
                .contains(id));
        walk(
                "filter",
                (id, word, token) -> running.json("/api/v1/search?people=EG-" + word, token)
                                .path("total")
                                .asLong()
                        == 1);
        walk("box", (id, word, token) -> running.get("/api/v1/search?bbox=107,12,109,14&size=100", token)
                .body()
                .contains(id));
    }

    @Test
    void countsAndSuggestions() throws Exception {
        walk(
                "total",
                (id, word, token) -> running.total("chung", token)
                                == SEEN_BY.values().stream()
                                        .filter(seen -> seen.contains(nameOf(token)))
                                        .count()
                        ? SEEN_BY.get(id).contains(nameOf(token))
                        : !SEEN_BY.get(id).contains(nameOf(token)));
        for (var facet : List.of("people", "place", "set"))
            walk("facet " + facet, (id, word, token) -> running.get("/api/v1/search?q=*&size=0&facet=" + facet, token)
                    .body()
                    .contains(word));
        walk("suggest", (id, word, token) -> running.get("/api/v1/suggest?q=Tieude" + word.substring(0, 3), token)
                .body()
                .contains("Tieude" + word));
    }

    private static String nameOf(String token) {
        return CALLERS.entrySet().stream()
                .filter(e -> java.util.Objects.equals(e.getValue(), token))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    @Test
    void sparql() throws Exception {
        for (var query : List.of(
                "SELECT ?t { ?s <http://purl.org/dc/terms/title> ?t }",
                "SELECT ?t { ?s (<http://purl.org/dc/terms/title>|<urn:x>)+ ?t }",
                "SELECT ?t { ?s !<urn:x> ?t }",
                "SELECT (GROUP_CONCAT(STR(?t)) AS ?all) { ?s ?p ?t }",
                "CONSTRUCT { ?s <urn:p> ?t } { ?s <http://purl.org/dc/terms/title> ?t }",
                "DESCRIBE ?s { ?s <http://purl.org/dc/terms/title> ?t }"))
            walk(query, (id, word, token) -> running.get("/sparql?query=" + RunningHome.encoded(query), token)
                    .body()
                    .contains("Tieude" + word));
        walk("graph store", (id, word, token) -> running.get(
                        "/sparql/data?default", token, "Accept", "application/n-triples")
                .body()
                .contains("Tieude" + word));
    }

    /** Harvesters are anybody: a token opens no more of the feed. */
    @Test
    void harvest() throws Exception {
        for (var caller : CALLERS.values()) {
            var listed = running.get("/oai?verb=ListRecords&metadataPrefix=oai_dc", caller)
                    .body();
            for (var id : SEEN_BY.keySet())
                assertEquals(SEEN_BY.get(id).contains("anybody"), listed.contains(":" + id + "<"), id);
            assertTrue(running.get(
                            "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.example.vn:restricted-ede",
                            caller)
                    .body()
                    .contains("idDoesNotExist"));
            assertFalse(running.get("/oai?verb=ListSets", caller).body().contains("set-tukin"));
        }
    }

    @Test
    void whoMayWrite() throws Exception {
        for (var caller : CALLERS.entrySet()) {
            var body = java.net.http.HttpRequest.BodyPublishers.ofString("{\"id\":\"by-"
                    + caller.getKey().replace(' ', '-') + "\",\"title\":\"x\",\"access\":\"restricted\"}");
            int status = running.send(
                            running.request("/api/v1/items", caller.getValue(), "Content-Type", "application/json")
                                    .POST(body))
                    .statusCode();
            assertEquals(
                    caller.getValue() == null ? 401 : caller.getKey().startsWith("reader") ? 403 : 201,
                    status,
                    caller.getKey());
            int operation = running.send(running.request(
                                    "/api/v1/operations/verify", caller.getValue(), "Content-Type", "application/json")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")))
                    .statusCode();
            assertEquals(
                    caller.getValue() == null ? 401 : caller.getKey().startsWith("admin") ? 200 : 403,
                    operation,
                    caller.getKey());
        }
        assertEquals(
                401, running.get("/api/v1/items/open-1", "thocam_no-such-token").statusCode());
    }

    /** Who might not see an item need not know that it was there and was withdrawn, not even after the log was made anew. */
    @Test
    void aWithdrawnRestrictedItemIsNotThere() throws Exception {
        running.engine()
                .intake()
                .take(
                        new org.thocam.ontology.Submission(
                                org.thocam.ontology.ItemJson.entry(org.thocam.ontology.ItemJson.parse(
                                                "{\"id\":\"once\",\"title\":\"x\",\"access\":\"restricted\"}"))
                                        .item(),
                                java.util.Optional.empty(),
                                List.of(),
                                "once"),
                        java.util.Optional.empty(),
                        "tester")
                .join();
        running.engine()
                .intake()
                .withdraw(new org.thocam.ontology.ItemId("once"), java.util.Optional.empty(), "asked", "tester")
                .join();
        for (int round = 0; round < 2; round++) {
            assertEquals(404, running.get("/api/v1/items/once", null).statusCode());
            assertEquals(
                    410, running.get("/api/v1/items/once", CALLERS.get("admin")).statusCode());
            running.engine().rebuild(n -> {});
        }
    }

    @Test
    void whatTurnsRestrictedLeavesEveryDoorAndIsAnnouncedAsDeleted() throws Exception {
        var records = Files.createDirectories(folder.resolve("later"));
        Files.writeString(
                records.resolve("r.jsonl"), "{\"id\":\"turns\",\"title\":\"Tieudetudoi\",\"text\":\"tudoi\"}\n");
        running.ingest(records);
        running.caughtUp();
        assertEquals(1, running.total("tudoi", null));
        Files.writeString(
                records.resolve("r.jsonl"),
                "{\"id\":\"turns\",\"title\":\"Tieudetudoi\",\"text\":\"tudoi\",\"access\":\"restricted\"}\n");
        running.ingest(records);
        running.caughtUp();
        assertEquals(0, running.total("tudoi", null));
        assertEquals(404, running.get("/api/v1/items/turns", null).statusCode());
        assertEquals(404, running.get("/api/v1/items/turns?version=1", null).statusCode());
        assertFalse(running.get("/sparql?query=" + RunningHome.encoded("SELECT * { ?s ?p ?o }"), null)
                .body()
                .contains("tudoi"));
        var record = running.get(
                        "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.example.vn:turns", null)
                .body();
        assertTrue(record.contains("status=\"deleted\"") && !record.contains("Tieudetudoi"), record);
    }
}
