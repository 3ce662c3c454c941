package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemJson;

/** The verb, asked of the server that holds the home; what a harvest does is shown in module ingest. */
class HarvestHomeTest {
    private static final String IDENTIFY =
            "<Identify><granularity>YYYY-MM-DDThh:mm:ssZ</granularity><earliestDatestamp>2026-01-01T00:00:00Z</earliestDatestamp><deletedRecord>persistent</deletedRecord></Identify>";
    private static final String DELETED =
            "<ListRecords><record><header status=\"deleted\"><identifier>oai:lib.vn:1</identifier><datestamp>2026-01-01T00:00:00Z</datestamp></header></record></ListRecords>";

    @TempDir
    private static Path folder;

    private static RunningHome running;
    private static HttpServer partner;

    @BeforeAll
    static void open() throws Exception {
        running = RunningHome.start(folder.resolve("home"));
        partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        partner.createContext("/oai", exchange -> {
            var body = exchange.getRequestURI().getQuery().contains("Identify") ? IDENTIFY : DELETED;
            var page =
                    ("<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>2026-02-03T04:05:06Z</responseDate>"
                                    + body + "</OAI-PMH>")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        partner.start();
    }

    @AfterAll
    static void close() throws Exception {
        if (partner != null) partner.stop(0);
        if (running != null) running.close();
    }

    private record Said(int exit, String out, String err) {}

    private static Said harvest(String... arguments) {
        var all = new ArrayList<>(
                List.of("harvest", "--home", running.home().root().toString(), "--lang", "vi"));
        all.addAll(List.of(arguments));
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(all.toArray(String[]::new));
        return new Said(exit, out.toString(), err.toString());
    }

    private static String base() {
        return "http://localhost:" + partner.getAddress().getPort() + "/oai";
    }

    @Test
    void aHarvestIsToldLineByLineAndRemembered() throws Exception {
        var report = folder.resolve("report.jsonl");
        var said = harvest(base(), "--prefix", "oai_dc", "--ndjson", "--report", report.toString());
        assertEquals(Exit.DONE, said.exit(), said.err());
        var line = ItemJson.MAPPER.readTree(said.out());
        assertEquals("unchanged", line.path("state").asText());
        assertTrue(line.path("id").isNull() && line.path("version").isNull(), said.out());
        assertTrue(
                line.path("source")
                        .asText()
                        .contains("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai%3Alib.vn%3A1"),
                said.out());
        assertEquals(said.out().strip(), Files.readString(report).strip());
        assertTrue(said.err().contains("0 đã nhận, 1 không đổi"), said.err());
        var list = ItemJson.MAPPER.readTree(harvest("--list", "--json").out());
        assertEquals(base(), list.path(0).path("base").asText());
        assertEquals("2026-02-03T04:05:06Z", list.path(0).path("since").asText());
        assertTrue(harvest("--list").out().contains("đã xong"));
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingIsAsked() {
        assertEquals(Exit.USAGE, harvest().exit());
        assertEquals(Exit.USAGE, harvest(base(), "--list").exit());
        assertEquals(Exit.USAGE, harvest(base(), "--withdraw-missing").exit());
        assertEquals(Exit.USAGE, harvest(base(), "--access", "secret").exit());
        var said = harvest("file:///etc/passwd");
        assertEquals(Exit.USAGE, said.exit());
        assertTrue(said.err().contains("want http or https"), said.err());
        assertEquals(Exit.USAGE, harvest(base(), "--from", "hôm qua").exit());
    }

    @Test
    void anAdministratorElsewhereCannotSendTheServerOut() throws Exception {
        var arguments = ItemJson.MAPPER.createObjectNode().put("base", base());
        assertEquals(
                403,
                running.send(running.request(
                                        "/api/v1/operations/harvest",
                                        running.token(Role.ADMIN),
                                        "Content-Type",
                                        "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(arguments.toString())))
                        .statusCode());
    }
}
