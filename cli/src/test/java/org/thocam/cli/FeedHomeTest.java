package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ontology.ItemId;

/** The feed of a whole home. */
class FeedHomeTest {
    private static final String LIST = "/oai?verb=ListRecords&metadataPrefix=oai_dc";

    @TempDir
    private Path folder;

    @Test
    void oneDamagedRecordIsLeftOutAndToldToTheOperatorUntilItIsWell() throws Exception {
        var records = new StringBuilder();
        for (int i = 0; i < 5; i++) records.append("{\"id\":\"it-%d\",\"title\":\"Mục %d\"}%n".formatted(i, i));
        var file = Files.writeString(folder.resolve("items.jsonl"), records);
        try (var home = RunningHome.start(folder.resolve("home"))) {
            home.ingest(file);
            var admin = home.token(Role.ADMIN);
            assertEquals(5, count(home.get(LIST, null).body()));
            assertEquals(List.of(), leftOut(home, admin));
            var archive = (OcflArchive) home.engine().archive();
            var description = archive.objectRoot(new ItemId("it-3")).resolve("v1/content/item.json");
            var whole = Files.readAllBytes(description);
            Files.writeString(description, "{\"id\":");
            home.shut();
            home.open();
            var page = home.get(LIST, null).body();
            assertEquals(4, count(page), page);
            assertFalse(page.contains("<error"), page);
            assertTrue(home.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.example.vn:it-3", null)
                    .body()
                    .contains("cannotDisseminateFormat"));
            assertTrue(home.get("/oai?verb=ListMetadataFormats&identifier=oai:thocam.example.vn:it-3", null)
                    .body()
                    .contains("noMetadataFormats"));
            assertEquals(List.of("it-3"), leftOut(home, admin));
            assertFalse(home.json("/api/v1/status", null).has("leftOut"), "only the operator is told");
            Files.write(description, whole);
            assertEquals(5, count(home.get(LIST, null).body()));
            assertEquals(List.of(), leftOut(home, admin));
        }
    }

    @Test
    void aChangeIsInTheFeedAsSoonAsItIsAcknowledged() throws Exception {
        var file = Files.writeString(folder.resolve("items.jsonl"), "{\"id\":\"it\",\"title\":\"Mục\"}\n");
        try (var home = RunningHome.start(folder.resolve("home"))) {
            home.ingest(file);
            var editor = home.token(Role.EDITOR);
            for (int i = 0; i < 20; i++) {
                var patch = HttpRequest.BodyPublishers.ofString("{\"title\":\"Lần " + i + "\"}");
                var answer = home.send(home.request(
                                "/api/v1/items/it",
                                editor,
                                "If-Match",
                                "*",
                                "Content-Type",
                                "application/merge-patch+json")
                        .method("PATCH", patch));
                assertEquals(200, answer.statusCode(), answer.body());
                assertTrue(home.get(LIST, null).body().contains(">Lần " + i + "<"));
            }
        }
    }

    @Test
    void whatAnOlderThocamSaidInOtherWordsIsAnnouncedAnew() throws Exception {
        var file = Files.writeString(folder.resolve("items.jsonl"), "{\"id\":\"it\",\"title\":\"Mục\"}\n");
        try (var home = RunningHome.start(folder.resolve("home"))) {
            home.ingest(file);
            var harvested = stamp(home.get(LIST, null).body(), "responseDate");
            home.shut();
            var views = home.home().views();
            var log = views.resolve(Files.readString(views.resolve("current")).strip())
                    .resolve("log.sqlite");
            // as it was before logs had a format and an edition
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + log);
                    var statement = connection.createStatement()) {
                assertTrue(statement.executeUpdate("DELETE FROM meta WHERE key <> 'generation'") > 0);
            }
            Thread.sleep(1100);
            home.open();
            var announced = stamp(home.get(LIST, null).body(), "datestamp");
            assertTrue(announced.compareTo(harvested) > 0, announced + " after " + harvested);
            home.shut();
            Thread.sleep(1100);
            home.open();
            assertEquals(announced, stamp(home.get(LIST, null).body(), "datestamp"), "once is enough");
        }
    }

    private static String stamp(String page, String element) {
        int at = page.indexOf("<" + element + ">") + element.length() + 2;
        return page.substring(at, page.indexOf('<', at));
    }

    private static int count(String page) {
        return page.split("<record>", -1).length - 1;
    }

    private static List<String> leftOut(RunningHome home, String token) throws Exception {
        return StreamSupport.stream(
                        home.json("/api/v1/status", token).path("leftOut").spliterator(), false)
                .map(fault -> fault.path("id").asText())
                .toList();
    }
}
