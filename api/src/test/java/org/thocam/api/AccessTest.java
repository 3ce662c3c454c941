package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thocam.api.access.Role;
import org.thocam.ontology.Submission;

/** Every door with every role. */
class AccessTest {
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        running = new Running(dir, Settings.Bounds.GENEROUS, (verb, arguments, lines) -> {});
        var photo = dir.resolve("photo.png");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
        var file = new Submission.Upload[] {
            new Submission.Upload("file.txt", Files.writeString(dir.resolve("file.txt"), "bytes")),
            new Submission.Upload("photo.png", photo)
        };
        var library = running.library;
        library.take("{\"id\":\"open\",\"title\":\"Open\",\"text\":\"t\"}", file);
        library.take("{\"id\":\"admin\",\"title\":\"Hiddenword\",\"text\":\"t\",\"access\":\"restricted\"}", file);
        library.take(
                "{\"id\":\"muong\",\"title\":\"Hiddenword\",\"text\":\"t\",\"access\":{\"level\":\"restricted\",\"communities\":[\"muong\"]}}",
                file);
        library.take(
                "{\"id\":\"later\",\"title\":\"Hiddenword\",\"text\":\"t\",\"access\":{\"level\":\"embargoed\",\"until\":\"2999-01-01\",\"communities\":[\"muong\"]}}",
                file);
        library.take(
                "{\"id\":\"since\",\"title\":\"Since\",\"text\":\"t\",\"access\":{\"level\":\"embargoed\",\"until\":\"2001-01-01\"}}",
                file);
        library.take("{\"id\":\"closed\",\"title\":\"Hiddenword\",\"text\":\"t\"}", file);
        library.take("{\"id\":\"closed\",\"title\":\"Hiddenword\",\"text\":\"t\",\"access\":\"restricted\"}", file);
        library.take("{\"id\":\"opened\",\"title\":\"Hiddenword\",\"text\":\"t\",\"access\":\"restricted\"}", file);
        library.take("{\"id\":\"opened\",\"title\":\"Opened\",\"text\":\"t\"}", file);
        library.take("{\"id\":\"removed\",\"title\":\"Hiddenword\",\"access\":\"restricted\"}", file);
        OaiSample.withdraw(library, "removed");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    static List<Route> routes() {
        return Route.all();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyRouteHasOneRuleAndKeepsIt(Route route) {
        var needs = route.handler().getAnnotation(Needs.class);
        boolean everybody = route.handler().isAnnotationPresent(ForEverybody.class);
        assertTrue(everybody ^ needs != null, route + " has to be @ForEverybody or @Needs(role), and not both");
        assertTrue(!everybody || route.method().equals("GET"), route + ": what changes something is not for everybody");
        if (everybody) {
            assertNotEquals(401, ask(route, null), route.toString());
            return;
        }
        assertEquals(401, ask(route, null), route.toString());
        for (var role : Role.values()) {
            int status = ask(route, role);
            if (role.mayDoAs(needs.value()))
                assertTrue(status != 401 && status != 403, route + " " + role + " " + status);
            else assertEquals(403, status, route + " " + role);
        }
    }

    private static int ask(Route route, Role role) {
        var consumes = route.handler().getAnnotation(jakarta.ws.rs.Consumes.class);
        var type = consumes == null ? "application/json" : consumes.value()[0];
        if (type.startsWith("multipart")) type += "; boundary=x";
        var body = route.method().equals("GET") ? null : type.startsWith("multipart") ? "--x--\r\n" : "{}";
        return role == null
                ? running.ask(route.method(), route.at("nothing"), body, "Content-Type", type)
                        .statusCode()
                : running.ask(
                                route.method(),
                                route.at("nothing"),
                                body,
                                "Content-Type",
                                type,
                                "Authorization",
                                "Bearer " + running.token.get(role))
                        .statusCode();
    }

    /**
     * Those of dictionaries need words and an index: {@link DictionaryTest} walks them; those of passages an index and a transcript:
     * {@link IiifTest} does.
     */
    static Stream<Route> itemRoutes() {
        return Route.all().stream()
                .filter(route -> route.method().equals("GET") && route.path().contains("/items/{id}"))
                .filter(route ->
                        !route.path().contains("/segments") && !route.path().contains("/transcripts/{format}"));
    }

    @ParameterizedTest
    @MethodSource("itemRoutes")
    void whatIsHiddenIsNotThere(Route route) {
        var bearer = "Bearer " + running.member;
        for (var hidden : List.of("admin", "muong", "later", "closed", "removed")) {
            assertEquals(404, running.get(route.at(hidden)).statusCode(), route + " " + hidden);
            assertEquals(404, running.get(route.at(hidden) + "?version=1").statusCode(), route + " " + hidden);
            for (var role : List.of(Role.READER, Role.DEPOSITOR, Role.EDITOR, Role.REVIEWER))
                assertEquals(404, running.get(route.at(hidden), role).statusCode(), route + " " + hidden + " " + role);
        }
        for (var shown : List.of("open", "since", "opened"))
            assertEquals(200, running.get(route.at(shown)).statusCode(), route + " " + shown);
        for (var members : List.of("muong", "later"))
            assertEquals(
                    200, running.get(route.at(members), "Authorization", bearer).statusCode(), route + " " + members);
        assertEquals(
                404, running.get(route.at("admin"), "Authorization", bearer).statusCode());
        assertEquals(200, running.get(route.at("admin"), Role.ADMIN).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items/", "/id/"})
    void pagesAndIdentitiesHideItToo(String door) {
        for (var hidden : List.of("admin", "muong", "later", "closed", "removed", "nothing"))
            assertEquals(404, running.get(door + hidden).statusCode(), hidden);
    }

    @Test
    void anEarlierVersionThatWasRestrictedStaysHidden() {
        assertEquals(404, running.get("/api/v1/items/opened?version=1").statusCode());
        assertEquals(
                404,
                running.get("/api/v1/items/opened/files/file.txt?version=1").statusCode());
        assertEquals(200, running.get("/api/v1/items/opened?version=2").statusCode());
        assertEquals(
                1,
                Running.json(running.get("/api/v1/items/opened/versions"))
                        .path("items")
                        .size());
        assertEquals(
                2,
                Running.json(running.get("/api/v1/items/opened/versions", Role.ADMIN))
                        .path("items")
                        .size());
    }

    @Test
    void listsAndCountsAreOfWhatTheViewerSees() {
        assertEquals(3, Running.json(running.get("/api/v1/items")).path("total").asInt());
        assertEquals(3, Running.json(running.get("/api/v1/items")).path("items").size());
        assertEquals(
                5,
                Running.json(running.get("/api/v1/items", "Authorization", "Bearer " + running.member))
                        .path("items")
                        .size());
        assertEquals(
                7,
                Running.json(running.get("/api/v1/items", Role.ADMIN))
                        .path("total")
                        .asInt());
        var anybody = Running.json(running.get("/api/v1/status"));
        var all = Running.json(running.get("/api/v1/status", Role.ADMIN));
        assertEquals(3, anybody.path("items").asInt());
        assertEquals(7, all.path("items").asInt());
        assertTrue(anybody.path("triples").asLong() < all.path("triples").asLong());
        assertTrue(anybody.path("log").isMissingNode() && !all.path("log").isMissingNode());
    }

    @Test
    void noDoorForEverybodySaysTheHiddenWord() {
        for (var path : List.of(
                "/",
                "/api/v1/items?size=200",
                "/api/v1/status",
                "/oai?verb=ListRecords&metadataPrefix=oai_dc",
                "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc",
                "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.local:closed",
                "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D",
                "/metrics")) {
            var response = running.get(path);
            assertEquals(200, response.statusCode(), path);
            assertFalse(response.body().contains("Hiddenword"), path);
        }
    }

    @Test
    void harvestersHearOfWhatWasPublicOnly() {
        var list =
                running.get("/oai?verb=ListIdentifiers&metadataPrefix=oai_dc").body();
        for (var never : List.of("admin", "muong", "later", "removed"))
            assertFalse(list.contains(":" + never + "<"), never);
        assertTrue(running.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.local:closed")
                .body()
                .contains("status=\"deleted\""));
        assertTrue(running.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.local:muong")
                .body()
                .contains("idDoesNotExist"));
    }

    @Test
    void whoeverMayNotSeeAnItemMayNotChangeItEither() {
        var token = "Bearer " + running.token.get(Role.EDITOR);
        var json = "{\"title\":\"taken over\"}";
        assertEquals(
                409,
                running.ask(
                                "PUT",
                                "/api/v1/items/admin",
                                json,
                                "Content-Type",
                                "application/json",
                                "Authorization",
                                token,
                                "If-Match",
                                "*")
                        .statusCode());
        assertEquals(
                404,
                running.ask(
                                "PATCH",
                                "/api/v1/items/admin",
                                json,
                                "Content-Type",
                                "application/merge-patch+json",
                                "Authorization",
                                token,
                                "If-Match",
                                "*")
                        .statusCode());
        assertEquals(
                404,
                running.ask("DELETE", "/api/v1/items/admin", null, "Authorization", token, "If-Match", "*")
                        .statusCode());
    }

    @Test
    void aBadTokenIsRefusedAndSaysHow() {
        for (var bad : List.of("Bearer thocam_nope", "Bearer", "Basic eDp5", "thocam_x")) {
            var response = running.get("/api/v1/items", "Authorization", bad);
            assertEquals(401, response.statusCode(), bad);
            assertTrue(Running.header(response, "WWW-Authenticate").startsWith("Bearer"));
        }
        assertEquals(
                200,
                running.get("/api/v1/status", "Authorization", "bearer " + Running.SECRET)
                        .statusCode());
        assertEquals(200, running.get("/health/live").statusCode());
    }

    @Test
    void otherOriginsMayReadAndNotWrite() {
        var read = running.ask("OPTIONS", "/api/v1/items", null, "Access-Control-Request-Method", "GET");
        assertEquals(204, read.statusCode());
        assertEquals("*", Running.header(read, "Access-Control-Allow-Origin"));
        assertFalse(Running.header(read, "Access-Control-Allow-Methods").contains("PUT"));
        assertEquals(
                "", Running.header(running.post("/api/v1/items", "{}", Role.DEPOSITOR), "Access-Control-Allow-Origin"));
    }
}
