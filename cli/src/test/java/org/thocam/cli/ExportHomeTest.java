package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.exchange.file.ExportFormat;

/** The verb export against a home that serves. */
class ExportHomeTest {
    @TempDir
    private Path folder;

    private final StringWriter told = new StringWriter();

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home").toString()));
        var to = new PrintWriter(told, true);
        return Main.commandLine(to, to).execute(all.toArray(String[]::new));
    }

    @Test
    void itemsLeaveAsPackagesAndClosedOnesOnlyWhenAsked() throws Exception {
        try (var running = RunningHome.start(folder.resolve("home"))) {
            var records = Files.createDirectories(folder.resolve("records"));
            Files.writeString(
                    records.resolve("r.jsonl"),
                    """
                    {"id":"open","title":{"vi":"Khèn"},"language":"vi","text":"tiếng khèn","sets":["craft:music"]}
                    {"id":"closed","title":{"vi":"Kín"},"language":"vi","access":"restricted","sets":["craft:music"]}
                    """);
            running.ingest(records);
            running.caughtUp();
            var some = folder.resolve("some").toString();
            assertEquals(Exit.DONE, run("export", "bag", "--set", "craft", "--output", some), told.toString());
            assertTrue(Files.exists(folder.resolve("some/data/items/open/item.json")));
            assertFalse(Files.exists(folder.resolve("some/data/items/closed")));
            assertTrue(told.toString().contains("--include-restricted"), told.toString());
            assertEquals(Exit.CONFLICT, run("export", "bag", "open", "--output", some));
            var crate = folder.resolve("crate").toString();
            assertEquals(
                    Exit.DONE, run("export", "crate", "open", "closed", "--include-restricted", "--output", crate));
            assertTrue(Files.exists(folder.resolve("crate/items/closed/item.json")));
            assertEquals(
                    Exit.DONE,
                    run(
                            "export",
                            "bag",
                            "--query",
                            "khèn",
                            "--output",
                            folder.resolve("q.zip").toString()));
            assertTrue(Files.size(folder.resolve("q.zip")) > 0);
            var none = folder.resolve("none").toString();
            assertEquals(Exit.NOT_FOUND, run("export", "bag", "unknown", "--output", none));
            assertEquals(Exit.USAGE, run("export", "bag", "--output", none));
            assertEquals(Exit.CONFLICT, run("export", "mets", "closed", "--output", none));
            assertFalse(Files.exists(Path.of(none)));
            assertEquals(Exit.DONE, run("export", "mets", "open", "--fixity", "--output", none));
            assertTrue(Files.readString(Path.of(none)).contains("fixity check"));
            for (var line : running.ingest(folder.resolve("q.zip")))
                if (line.has("state"))
                    assertEquals("unchanged", line.path("state").asText(), line.toString());
            for (var format : ExportFormat.values()) {
                var file = folder.resolve(format.word() + format.ending());
                assertEquals(
                        Exit.DONE,
                        run(
                                "export",
                                "records",
                                "--query",
                                "*",
                                "--format",
                                format.word(),
                                "--output",
                                file.toString()),
                        told.toString());
                var taken = new ArrayList<String>();
                for (var line : running.ingest(file))
                    if (line.has("state")) taken.add(line.path("state").asText());
                assertFalse(taken.isEmpty(), format + " gave nothing back");
                assertFalse(taken.contains("failed"), format + " " + taken);
            }
            assertEquals(
                    Exit.USAGE,
                    run(
                            "export",
                            "records",
                            "open",
                            "--output",
                            folder.resolve("a.doc").toString()));
        }
    }
}
