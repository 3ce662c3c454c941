package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thocam.api.access.Role;
import org.thocam.ontology.Content;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Version;

/** No door of items knows parts, not even for the administrator. */
class PartsTest {
    private static final ItemId PART = new ItemId("bahnar/note.1");

    private Running running;

    @BeforeEach
    void start(@TempDir Path dir) throws IOException {
        running = new Running(dir);
        running.library.take("{\"id\":\"bahnar\",\"title\":\"Bahnar\",\"sets\":[\"dictionary\"]}");
        running.library
                .intake
                .keep(
                        new Part(PART, Map.of("action", "edit"), "d"),
                        Map.of("text/entry.txt", new Content.OfBytes("tơdrong".getBytes(StandardCharsets.UTF_8))),
                        Optional.of(Version.NONE),
                        "tester")
                .join();
        assertEquals(2, running.library.log.last());
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/items/bahnar%2Fnote.1",
                "/api/v1/items/bahnar/note.1",
                "/api/v1/items/bahnar%2Fnote.1/text",
                "/api/v1/items/bahnar%2Fnote.1/versions",
                "/api/v1/items/bahnar%2Fnote.1/files/text/entry.txt",
                "/id/bahnar%2Fnote.1",
                "/items/bahnar%2Fnote.1",
                "/items/bahnar/note.1"
            })
    void noAddressNamesAPart(String path) {
        int status = running.get(path, Role.ADMIN).statusCode();
        assertTrue(status == 404 || status == 400, path + ": " + status);
    }

    @Test
    void nobodyWritesAPartAsAnItem() {
        var record = "{\"id\":\"bahnar/note.2\",\"title\":\"a\"}";
        assertEquals(422, running.post("/api/v1/items", record, Role.ADMIN).statusCode());
        var bearer = "Bearer " + running.token.get(Role.ADMIN);
        for (var method : List.of("PUT", "DELETE")) {
            int status = running.ask(
                            method,
                            "/api/v1/items/bahnar%2Fnote.1",
                            method.equals("PUT") ? "{\"title\":\"a\"}" : null,
                            "Content-Type",
                            "application/json",
                            "If-Match",
                            "*",
                            "Authorization",
                            bearer)
                    .statusCode();
            assertTrue(status >= 400 && status < 500, method + ": " + status);
        }
        assertEquals(2, running.library.log.last());
    }

    @Test
    void listsGoOnFromItemsOnly() {
        var list = running.get("/api/v1/items", Role.ADMIN);
        assertEquals(1, Running.json(list).path("items").size(), list.body());
        assertFalse(list.body().contains("note.1"), list.body());
        var cursor = Base64.getUrlEncoder().encodeToString(PART.value().getBytes(StandardCharsets.UTF_8));
        assertEquals(
                400, running.get("/api/v1/items?cursor=" + cursor, Role.ADMIN).statusCode());
    }

    @Test
    void harvestersHearNothingOfParts() {
        var all = running.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").body();
        assertTrue(all.contains("oai:thocam.local:bahnar<"), all);
        assertFalse(all.contains("note.1"), all);
        var one = running.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.local:bahnar/note.1");
        assertTrue(one.body().contains("idDoesNotExist"), one.body());
    }

    @Test
    void theGraphAndTheCountOfItemsHaveNoParts() {
        var dump = new java.io.ByteArrayOutputStream();
        running.library.graph.dump(dump);
        assertFalse(dump.toString(StandardCharsets.UTF_8).contains("note.1"));
        assertEquals(
                1,
                Running.json(running.get("/api/v1/status", Role.ADMIN))
                        .path("items")
                        .asInt());
    }
}
