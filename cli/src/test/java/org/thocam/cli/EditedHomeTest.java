package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemJson;

/** Entries edited over HTTP in a real home. */
class EditedHomeTest {
    private static final int EDITS = Integer.getInteger("thocam.edits", 20);
    private static final int ENTRIES = Integer.getInteger("thocam.entries", 200);

    /** Edit after edit, each is found by the very next lookup, long before the rests of a catch-up would be over. */
    @Test
    void whoeverEditsFindsTheEditInTheNextLookup(@TempDir Path folder) throws Exception {
        var lift = new StringBuilder("<lift version=\"0.13\">");
        for (int i = 0; i < ENTRIES; i++)
            lift.append(
                    "<entry id='e%d'><lexical-unit><form lang='rad'><text>êa %s</text></form></lexical-unit></entry>"
                            .formatted(i, Integer.toString(i, 36)));
        Files.writeString(folder.resolve("rad.lift"), lift.append("</lift>"));
        var record = Files.writeString(
                folder.resolve("d.jsonl"),
                "{\"id\":\"rad\",\"title\":\"x\",\"language\":\"rad-Latn\",\"sets\":[\"dictionary\"],\"files\":[\"rad.lift\"]}\n");
        try (var running = RunningHome.start(folder.resolve("home"))) {
            running.ingest(record);
            running.caughtUp();
            var token = running.token(Role.EDITOR);
            var edits = new long[EDITS];
            var lookups = new long[EDITS];
            for (int i = 0; i < EDITS; i++) {
                var word = "kruih" + "abcdefghiklmnopqrstu".charAt(i % 20) + (i / 20);
                long start = System.nanoTime();
                var edited =
                        ask(running, token, "PATCH", "/e" + i % ENTRIES, "{\"citation\":{\"rad\":\"" + word + "\"}}");
                edits[i] = System.nanoTime() - start;
                assertEquals(200, edited.statusCode(), edited.body());
                start = System.nanoTime();
                var found = ask(running, token, "GET", "?match=exact&by=headword&q=" + word, null);
                lookups[i] = System.nanoTime() - start;
                assertEquals("e" + i % ENTRIES, json(found).at("/items/0/id").asText(), found.body());
            }
            System.err.println("edit " + shown(edits) + "; lookup after it " + shown(lookups));
            var plain = new long[EDITS];
            for (int i = 0; i < EDITS; i++) {
                long start = System.nanoTime();
                ask(running, null, "GET", "?match=exact&by=headword&q=kruiha0", null);
                plain[i] = System.nanoTime() - start;
            }
            System.err.println("lookup by a reader " + shown(plain));
            assertTrue(median(lookups) < 1_500_000_000L, shown(lookups));
        }
    }

    private static long median(long[] nanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String shown(long[] nanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return "median %.1f ms, p95 %.1f ms, most %.1f ms"
                .formatted(
                        median(nanos) / 1e6, sorted[sorted.length * 95 / 100] / 1e6, sorted[sorted.length - 1] / 1e6);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return ItemJson.parse(answer.body());
    }

    private static HttpResponse<String> ask(RunningHome running, String token, String method, String where, String body)
            throws Exception {
        var request = running.request("/api/v1/dictionaries/rad/entries" + where, token);
        if (body == null) return running.send(request.GET());
        return running.send(request.header("Content-Type", "application/merge-patch+json")
                .header("If-Match", "*")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }
}
