package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.api.rdf.EntryRdf;
import org.thocam.dictionary.EntryId;
import org.thocam.dictionary.Lexicons;
import org.thocam.ontology.ItemId;

/** A dictionary's entries in the graph of a real home, linked with its texts. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EntryGraphHomeTest {
    private static final ItemId RAD = new ItemId("rad");
    private static final EntryId G1 = new EntryId("g1");
    private static final String ENTRY = "/api/v1/dictionaries/rad/entries/g1";
    private static final String COUNT =
            "PREFIX ontolex: <http://www.w3.org/ns/lemon/ontolex#> SELECT (COUNT(?x) AS ?n) { ?x a ontolex:%s }";

    @TempDir
    private static Path folder;

    private static RunningHome running;

    @BeforeAll
    static void open() throws Exception {
        running = RunningHome.start(folder.resolve("home"));
        var records = Files.writeString(
                folder.resolve("texts.jsonl"),
                """
                {"id":"ben-nuoc","title":"Bến nước","language":"rad","text":"Hlăk anăn phung gơ̆ nao êa. Čhai êa kơ mnuih.","about":["rad/g1#sense-s1"]}
                {"id":"khac","title":"Khác","language":"vi","text":"êa là nước"}
                {"id":"kin","title":"Kín","language":"rad","text":"êa","about":["rad/g1"],"access":"restricted"}
                """);
        running.ingest(records);
        var lift = Files.writeString(
                folder.resolve("rad.lift"),
                """
                <lift version="0.13">
                <entry id="êa" guid="g1"><lexical-unit><form lang="rad"><text>êa</text></form></lexical-unit>
                <sense id="s1"><gloss lang="vi"><text>nước</text></gloss>
                <example source="ben-nuoc"><form lang="rad"><text>Čhai êa</text></form></example></sense>
                <sense id="s2"><gloss lang="vi"><text>sông</text></gloss></sense></entry>
                <entry id="b" guid="g2"><lexical-unit><form lang="rad"><text>ƀuôn</text></form></lexical-unit>
                <sense id="s3"><gloss lang="vi"><text>buôn</text></gloss></sense></entry>
                </lift>
                """);
        thocam("dictionary", "import", "--id", "rad", "--language", "rad", lift.toString());
        running.caughtUp();
    }

    @AfterAll
    static void close() throws Exception {
        if (running != null) running.close();
    }

    private static void thocam(String... arguments) {
        var out = new StringWriter();
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", running.home().root().toString()));
        int exit = Main.commandLine(new PrintWriter(out), new PrintWriter(out)).execute(all.toArray(String[]::new));
        assertEquals(Exit.DONE, exit, out.toString());
    }

    private static JsonNode sparql(String query, String token) throws Exception {
        var answer = running.get(
                "/sparql?query=" + RunningHome.encoded(query), token, "Accept", "application/sparql-results+json");
        assertEquals(200, answer.statusCode(), answer.body());
        return org.thocam.ontology.ItemJson.parse(answer.body()).at("/results/bindings");
    }

    private static String counts(String token) throws Exception {
        var counts = new StringBuilder();
        for (var kind : List.of("LexicalEntry", "LexicalSense", "Form"))
            counts.append(' ')
                    .append(sparql(COUNT.formatted(kind), token)
                            .at("/0/n/value")
                            .asText());
        return counts.toString().strip();
    }

    private static String dump() {
        var dump = new ByteArrayOutputStream();
        running.engine().graph().dump(dump);
        return dump.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Order(1)
    void anIdentityLeadsToItsEntry() throws Exception {
        var answer = running.get("/id/rad/g1", null);
        assertEquals(303, answer.statusCode());
        assertEquals(ENTRY, answer.headers().firstValue("Location").orElse(""));
        assertEquals(404, running.get("/id/rad/g9", null).statusCode());
        assertEquals(404, running.get("/id/nothing/g1", null).statusCode());
        assertEquals(303, running.get("/id/rad", null).statusCode());
    }

    @Test
    @Order(2)
    void anEntryIsWrittenInEverySyntax() throws Exception {
        var entry = running.engine().lexicons().entry(RAD, G1).orElseThrow();
        for (var ending : List.of("ttl", "nt", "rdf", "jsonld")) {
            var out = new ByteArrayOutputStream();
            EntryRdf.write(running.engine().graph(), entry, ending, out);
            var text = out.toString(StandardCharsets.UTF_8);
            assertTrue(text.contains("nước") && text.contains("sense-s1"), text);
        }
    }

    @Test
    @Order(3)
    void itemsPointToSensesAndBack() throws Exception {
        var about = running.json(ENTRY + "/items", null).path("items");
        assertEquals(
                "ben-nuoc sense-s1",
                about.at("/0/id").asText() + " " + about.at("/0/sense").asText());
        assertEquals(1, about.size());
        assertEquals(
                2,
                running.json(ENTRY + "/items", running.token(Role.ADMIN))
                        .path("items")
                        .size());
        var item = running.json("/api/v1/items/ben-nuoc", null);
        assertEquals("rad/g1#sense-s1", item.at("/about/0").asText());
        assertTrue(item.at("/@context/1/@base").asText().endsWith("/id/"), item.toString());
        var words = sparql(
                "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX ontolex: <http://www.w3.org/ns/lemon/ontolex#>"
                        + " SELECT ?w { ?item dcterms:subject ?sense . ?entry ontolex:sense ?sense ; ontolex:canonicalForm/ontolex:writtenRep ?w }",
                null);
        assertEquals("êa", words.at("/0/w/value").asText());
        var wrong = running.request("/api/v1/items", running.token(Role.DEPOSITOR), "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"w\",\"title\":\"w\",\"about\":[\"a b\"]}"));
        var refused = running.send(wrong);
        assertEquals(422, refused.statusCode());
        assertTrue(refused.body().contains("/about"), refused.body());
    }

    @Test
    @Order(4)
    void passagesAreTextsOfTheFormsLanguage() throws Exception {
        var found = running.json(ENTRY + "/passages", null);
        assertEquals(1, found.path("items").size(), found.toString());
        assertEquals("ben-nuoc êa exact", text(found.at("/items/0"), "id", "form", "match"));
        assertTrue(found.at("/items/0/highlights/0").asText().contains("<em>êa</em>"), found.toString());
        assertEquals("Čhai êa ben-nuoc source", text(found.at("/examples/0"), "example", "item", "by"));
        assertTrue(found.at("/examples/0/highlights").size() > 0, found.toString());
        assertEquals(
                0, running.json(ENTRY + "/passages?size=0", null).path("items").size());
        assertEquals(
                404,
                running.get("/api/v1/dictionaries/rad/entries/g9/passages", null)
                        .statusCode());
    }

    private static String text(JsonNode node, String... fields) {
        return String.join(
                " ",
                java.util.Arrays.stream(fields)
                        .map(field -> node.path(field).asText())
                        .toList());
    }

    @Test
    @Order(5)
    void anEditIsThereAndMadeAgainFromTheArchiveAllIsTheSame() throws Exception {
        assertEquals("2 3 2", counts(null));
        var entry = running.engine().lexicons().entry(RAD, G1).orElseThrow();
        running.engine().editing().edit(new Lexicons.Edit(RAD, G1, entry.tag(), "test", false), tree -> {
            ((ObjectNode) tree.at("/senses/1/glosses/0")).put("text", "sông suối");
            return tree;
        });
        running.engine()
                .editing()
                .delete(new Lexicons.Edit(
                        RAD,
                        new EntryId("g2"),
                        running.engine()
                                .lexicons()
                                .entry(RAD, new EntryId("g2"))
                                .orElseThrow()
                                .tag(),
                        "test",
                        false));
        running.caughtUp();
        assertEquals("1 2 1", counts(null));
        assertEquals(List.of(), running.engine().verify(false, n -> {}).faults());
        var before = dump();
        assertTrue(before.contains("sông suối"), before);
        running.engine().rebuild(n -> {});
        assertEquals(before, dump());
        assertEquals(List.of(), running.engine().verify(false, n -> {}).faults());
        assertEquals("1 2 1", counts(null));
    }

    @Test
    @Order(6)
    void aRestrictionHidesTheEntriesAtEveryDoor() throws Exception {
        long open = running.json("/api/v1/status", null).path("triples").asLong();
        var patch = running.request(
                        "/api/v1/items/rad",
                        running.token(Role.DEPOSITOR),
                        "Content-Type",
                        "application/merge-patch+json",
                        "If-Match",
                        "*")
                .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString(
                                "{\"access\":{\"level\":\"restricted\",\"communities\":[\"ede\"]}}"));
        var answer = running.send(patch);
        assertEquals(200, answer.statusCode(), answer.body());
        for (var path : List.of("/id/rad/g1", ENTRY + "/items", ENTRY + "/passages"))
            assertEquals(404, running.get(path, null).statusCode(), path);
        running.caughtUp();
        assertEquals("0 0 0", counts(null));
        assertEquals("1 2 1", counts(running.token(Role.READER, "ede")));
        assertTrue(running.json("/api/v1/status", null).path("triples").asLong() < open - 10);
        var data = "/sparql/data?graph="
                + RunningHome.encoded(running.engine().graph().iri(RAD, "g1"));
        assertEquals(404, running.get(data, null).statusCode());
        assertEquals(200, running.get(data, running.token(Role.READER, "ede")).statusCode());
    }
}
