package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemJson;

/** Handing in, working and looking, over HTTP and from the shell, with all rooms of a home. */
class QueueHomeTest {
    @TempDir
    private Path folder;

    private record Said(int exit, String out, String err) {}

    private Said run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    private JsonNode jobs(String home) throws Exception {
        var said = run("jobs", "--home", home, "--json");
        assertEquals(0, said.exit(), said.err());
        return ItemJson.MAPPER.readTree(said.out());
    }

    @Test
    void whatIsHandedInIsTakenInWhetherSomebodyServesOrNot() throws Exception {
        var inputs = Files.createDirectories(folder.resolve("in"));
        Files.writeString(inputs.resolve("khen.txt"), "tiếng khèn Mông");
        var lines = new StringBuilder();
        for (int n = 0; n < 130; n++)
            lines.append("{\"id\":\"bai-")
                    .append(n)
                    .append("\",\"title\":\"Bài ")
                    .append(n)
                    .append("\"}\n");
        lines.append("{\"id\":\"EG99\",\"title\":\"dành riêng\"}\n{\"title\":\"không có id\"}\n");
        Files.writeString(inputs.resolve("bai.jsonl"), lines);
        var home = folder.resolve("home").toString();
        try (var running = RunningHome.start(folder.resolve("home"))) {
            var depositor = running.token(Role.DEPOSITOR);
            var answer = running.send(running.request(
                            "/api/v1/items", depositor, "Content-Type", "application/json", "Prefer", "respond-async")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"tu-web\",\"title\":\"Từ web\"}")));
            assertEquals(202, answer.statusCode(), answer.body());
            var address = ItemJson.parse(answer.body()).path("href").asText();
            for (int tries = 0;
                    !running.json(address, depositor).path("state").asText().equals("done");
                    tries++) {
                assertTrue(tries < 600, "it is not taken in");
                Thread.sleep(50);
            }
            assertEquals(200, running.get("/api/v1/items/tu-web", null).statusCode());

            // over the server that holds the home
            var said = run(
                    "ingest",
                    "--queue",
                    "--home",
                    home,
                    "--ndjson",
                    inputs.resolve("khen.txt").toString());
            assertEquals(0, said.exit(), said.err());
            assertTrue(ItemJson.parse(said.out()).hasNonNull("job"), said.out());
            for (int tries = 0; jobs(home).path("done").asInt() < 2; tries++) {
                assertTrue(tries < 600, "it is not taken in");
                Thread.sleep(50);
            }
        }
        // nobody serves: into the file, and out of it by a worker
        var report = folder.resolve("report.jsonl");
        var said = run("ingest", "--queue", "--home", home, "--report", report.toString(), "--json", inputs.toString());
        assertEquals(1, said.exit(), said.err());
        assertEquals(132, ItemJson.parse(said.out()).path("queued").asInt(), said.out());
        assertEquals(1, ItemJson.parse(said.out()).path("failed").asInt());
        assertEquals(133, Files.readAllLines(report).size());
        assertEquals(132, jobs(home).path("queued").asInt());
        var worked = run("work", "--home", home, "--workers", "2", "--until-empty", "--lang", "en");
        assertEquals(1, worked.exit(), worked.err());
        assertTrue(worked.err().contains("131 taken in, 1 failed, 0 still wait"), worked.err());
        var after = jobs(home);
        assertEquals(133, after.path("done").asInt());
        assertEquals("EG99", after.path("failures").path(0).path("id").asText());
        assertEquals("refused", after.path("failures").path(0).path("fault").asText());
        assertTrue(run("jobs", "--home", home, "--lang", "vi").out().contains("EG99"));
        assertEquals(4, run("jobs", "--home", folder.resolve("none").toString()).exit());
        assertEquals(
                2,
                run("ingest", "--queue", "--ocr", "--home", home, inputs.toString())
                        .exit());
    }
}
