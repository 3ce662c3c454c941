package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.ItemJson;

/** What {@code ingest --report} says of files inside files. */
class ReportTest {
    @TempDir
    private Path folder;

    @Test
    void everyFileInAFileHasALineBeforeThatOfItsContainer() throws Exception {
        var inputs = Files.createDirectories(folder.resolve("in"));
        var box = inputs.resolve("hộp.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(box))) {
            zip.putNextEntry(new ZipEntry("một.txt"));
            zip.write("tiếng khèn".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("sâu/hỏng.docx"));
            zip.write("PK\u0003\u0004 no zip".getBytes(StandardCharsets.US_ASCII));
        }
        var report = folder.resolve("report.jsonl");
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(
                        "ingest",
                        "--home",
                        folder.resolve("home").toString(),
                        "--ndjson",
                        "--report",
                        report.toString(),
                        inputs.toString());
        assertEquals(0, exit, err.toString());
        assertEquals(1, out.toString().lines().count(), "one record: " + out);
        var place = box.toRealPath().toString();
        var sources = new ArrayList<String>();
        for (var text : Files.readAllLines(report)) {
            var line = ItemJson.parse(text);
            sources.add(line.path("source").asText());
            assertEquals(List.of("source", "id", "version", "state", "reason"), names(line));
            assertEquals(1, line.path("version").asInt());
            // a broken one is told and fails nothing else
            boolean broken = line.path("source").asText().endsWith("hỏng.docx");
            assertEquals(broken ? "failed" : "ok", line.path("state").asText(), text);
            if (broken) assertFalse(line.path("reason").asText().isEmpty());
        }
        assertEquals(List.of(place + "!/một.txt", place + "!/sâu/hỏng.docx", place), sources);
    }

    private static List<String> names(JsonNode line) {
        var names = new ArrayList<String>();
        line.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
