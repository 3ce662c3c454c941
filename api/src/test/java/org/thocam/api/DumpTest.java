package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.jena.query.QueryFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;

/** Whole files, and what says what there is. */
class DumpTest {
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        running = new Running(dir);
        running.library.loadEntities();
        running.library.take("{\"id\":\"open\",\"title\":\"Open\",\"text\":\"Người Thái\",\"language\":\"vi\"}");
        running.library.take(
                "{\"id\":\"shut\",\"title\":\"Shutword\",\"text\":\"Người Thái\",\"access\":\"restricted\"}");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void everyFileThatIsListedIsThere() {
        var list = Running.json(running.get("/api/v1/dumps")).path("items");
        assertTrue(list.size() > 10);
        for (var file : list) {
            var path = URI.create(file.path("href").asText()).getPath();
            var answer = running.get(path);
            assertEquals(200, answer.statusCode(), path);
            assertTrue(answer.body().length() > 100, path);
        }
    }

    @Test
    void aTableIsTheOneThatWasLoaded() throws IOException {
        var folder = Path.of(System.getProperty("thocam.root", ".."), "fixtures", "reference");
        assertEquals(
                Files.readString(folder.resolve("festivals.tsv")),
                running.get("/api/v1/dumps/reference/festivals.tsv").body());
        assertEquals(404, running.get("/api/v1/dumps/reference/secrets.tsv").statusCode());
    }

    @Test
    void nobodysTokenPutsMoreIntoTheDump() {
        var open = running.get("/api/v1/dumps/everything.nt").body();
        assertTrue(open.contains("id/open>") && open.contains("id/FE001>"));
        assertFalse(open.contains("Shutword") || open.contains("id/shut"));
        var admin = running.get("/api/v1/dumps/everything.nt", Role.ADMIN).body();
        assertFalse(admin.contains("Shutword"));
    }

    @Test
    void theDatasetIsDescribed() {
        var turtle = running.get("/api/v1/dataset").body();
        assertTrue(turtle.contains("void:Dataset") && turtle.contains("everything.nt"), turtle);
        for (var format : new String[] {"jsonld", "nt", "rdf"})
            assertEquals(200, running.get("/api/v1/dataset?format=" + format).statusCode());
    }

    @Test
    void everyQuestionIsSparqlThatIsAnswered() {
        var questions = Running.json(running.get("/api/v1/questions")).path("items");
        assertEquals(26, questions.size());
        for (var question : questions) {
            QueryFactory.create(question.path("sparql").asText());
            assertFalse(question.path("vi").asText().isBlank());
        }
        var first = running.get(questions.at("/1/href").asText());
        assertTrue(first.body().contains("P63-02"), first::body);
    }

    @Test
    void theVocabularyIsAPageAndTurtle() {
        assertTrue(running.get("/ns").body().startsWith("<!DOCTYPE html>"));
        assertTrue(running.get("/ns", "Accept", "text/turtle").body().contains("thocam"));
        assertTrue(running.get("/ns/picture.svg").body().contains("<svg"));
        assertEquals(200, running.get("/ns/shapes.ttl").statusCode());
        assertEquals(404, running.get("/ns/nothing").statusCode());
        // the IRI of the shapes, and of this version of the vocabulary
        assertTrue(running.get("/shapes").body().contains("NodeShape"));
        assertTrue(running.get("/ns/1.0.0", "Accept", "application/n-triples")
                .body()
                .contains("<https://thocam.org/ns/1.0.0>"));
        assertTrue(running.get("/ns", "Accept", "text/html;q=0.5, application/rdf+xml")
                .body()
                .contains("rdf:RDF"));
        assertTrue(running.get("/ns", "Accept", "text/turtle;q=0, */*").body().startsWith("<!DOCTYPE html>"));
        assertEquals(406, running.get("/ns", "Accept", "image/png").statusCode());
    }

    @Test
    void anIdentityLeadsToWhatIsWantedMost() {
        for (var accept : List.of("text/html;q=0.5, text/turtle", "text/turtle, text/html", "*/*", "application/json"))
            assertEquals(
                    "/api/v1/entities/EG03",
                    Running.header(running.get("/id/EG03", "Accept", accept), "Location"),
                    accept);
        for (var accept : List.of(
                "text/html",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/turtle;q=0.1, text/html"))
            assertEquals(
                    "/entities/EG03", Running.header(running.get("/id/EG03", "Accept", accept), "Location"), accept);
        assertEquals("/api/v1/statistics?people=TOTAL", Running.header(running.get("/id/TOTAL"), "Location"));
    }
}
