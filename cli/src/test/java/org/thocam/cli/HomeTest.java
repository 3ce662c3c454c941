package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;

/** The sample collection in a real home: found in every script, rebuilt to the byte, and what happens when parts break. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HomeTest {
    @TempDir
    private static Path folder;

    private static RunningHome running;

    @BeforeAll
    static void open() throws Exception {
        running = RunningHome.start(folder.resolve("home"));
        var lines = running.ingest(Installation.here().fixtures());
        assertEquals(
                List.of(),
                lines.stream()
                        .filter(line -> line.path("state").asText().equals("failed"))
                        .toList());
        running.caughtUp();
    }

    @AfterAll
    static void close() throws Exception {
        if (running != null) running.close();
    }

    private static List<String> found(String q) throws Exception {
        return running.json("/api/v1/search?size=50&q=" + RunningHome.encoded(q), null)
                .path("items")
                .findValuesAsText("id");
    }

    @Test
    @Order(1)
    void aSearcherFindsTheRightItemsInEveryScript() throws Exception {
        assertTrue(
                found("thổ cẩm").containsAll(List.of("tc-cr001", "tc-khan-pieu")),
                found("thổ cẩm").toString());
        assertTrue(found("tho cam").containsAll(found("thổ cẩm")));
        assertTrue(found("ꪋ꫁ꪱꪉ").contains("tc-tu-blt-voi"), "Tai Viet: elephant");
        assertTrue(found("ទន្លេ").contains("tc-tu-km-song"), "Khmer: river");
        assertTrue(found("ꨚꨣꨳꩀ").contains("tc-tu-cjm-bac"), "Cham: silver");
        assertTrue(found("ᦩᦻ").contains("tc-tu-khb-trau"), "New Tai Lue: buffalo");
        assertTrue(found("𖬌𖬣𖬵").contains("tc-chu-hmong"), "Pahawh Hmong");
        assertTrue(found("𠊛").contains("tc-tu-vi-nguoi"), "chữ Nôm: person");
        assertTrue(found("dliê").contains("tc-tu-rad-rung"), "Ê Đê: forest");
    }

    @Test
    @Order(2)
    void composedAndDecomposedQueriesAnswerTheSame() throws Exception {
        for (var q : List.of("thổ cẩm", "lễ hội", "Ê Đê", "cồng chiêng")) {
            var nfd = java.text.Normalizer.normalize(q, java.text.Normalizer.Form.NFD);
            assertEquals(answers(q), answers(nfd), q);
        }
    }

    private static String answers(String q) throws Exception {
        return running.get("/api/v1/search?size=50&facet=people,script&q=" + RunningHome.encoded(q), null)
                .body()
                // the place in the list holds the question as it was typed
                .replaceAll("\"next\":.*", "");
    }

    @Test
    @Order(3)
    void theSameCollectionAgainChangesNothing() throws Exception {
        long last = running.engine().log().last();
        var lines = running.ingest(Installation.here().fixtures());
        assertEquals(
                212,
                lines.stream()
                        .filter(line -> line.path("state").asText().equals("unchanged"))
                        .count());
        assertEquals(last, running.engine().log().last());
    }

    @Test
    @Order(4)
    void everyViewAgreesWithTheArchive() throws Exception {
        var result = running.engine().verify(true, n -> {});
        assertEquals(List.of(), result.faults());
        assertEquals(212, result.items());
    }

    /** Everything but the archive is thrown away and made again: feed, graph and answers are the same to the byte. */
    @Test
    @Order(5)
    void aRebuildChangesNotAByte() throws Exception {
        edits();
        running.engine().index().tidy();
        var before = state();
        running.engine().rebuild(n -> {});
        running.caughtUp();
        var after = state();
        for (var part : before.keySet()) assertEquals(before.get(part), after.get(part), part);
        assertEquals(List.of(), running.engine().verify(true, n -> {}).faults());
    }

    /** Stopped after its walk, gone on after an edit: the edit is neither walked nor lost. */
    @Test
    @Order(5)
    void aRebuildThatWasStoppedKnowsOfWhatChangedSince() throws Exception {
        assertThrows(IllegalStateException.class, () -> running.engine().rebuild(n -> {
            throw new IllegalStateException("stopped");
        }));
        var records = Files.createDirectories(folder.resolve("since"));
        Files.writeString(
                records.resolve("r.jsonl"),
                "{\"id\":\"edited\",\"title\":\"Sau khi dừng\",\"text\":\"saukhidung\"}\n{\"id\":\"fresh\",\"title\":\"Mới\"}\n");
        running.ingest(records);
        running.engine().rebuild(n -> {});
        running.caughtUp();
        assertEquals(1, running.total("saukhidung", null));
        assertEquals(List.of(), running.engine().verify(true, n -> {}).faults());
        Files.writeString(records.resolve("r.jsonl"), "{\"id\":\"edited\",\"title\":\"Lại sửa\"}\n");
        assertEquals("ok", running.ingest(records).get(0).path("state").asText());
    }

    private static void edits() throws Exception {
        var records = Files.createDirectories(folder.resolve("edits"));
        for (int round = 0; round < 3; round++) {
            Files.writeString(
                    records.resolve("r.jsonl"),
                    "{\"id\":\"edited\",\"title\":\"Lần " + round + "\",\"text\":\"thổ cẩm lần " + round
                            + "\",\"sets\":[\"a:b\"]}\n{\"id\":\"gone\",\"title\":\"Sẽ thu hồi " + round + "\"}\n");
            running.ingest(records);
        }
        running.engine()
                .intake()
                .withdraw(new ItemId("gone"), java.util.Optional.empty(), "test", "tester")
                .join();
        running.caughtUp();
    }

    private static Map<String, String> state() throws Exception {
        var dump = new ByteArrayOutputStream();
        running.engine().graph().dump(dump);
        var answers = new StringBuilder();
        for (var q : List.of("*", "thổ cẩm", "tho cam", "lễ hội", "ꪋ꫁ꪱꪉ", "ទន្លេ", "khèn", "festival", "lần"))
            answers.append(running.get(
                                    "/api/v1/search?size=100&facet=people,language,script,type,set,year&q="
                                            + RunningHome.encoded(q),
                                    null)
                            .body())
                    .append('\n');
        return Map.of(
                "feed", running.feed(), "graph", dump.toString(StandardCharsets.UTF_8), "answers", answers.toString());
    }

    @Test
    @Order(6)
    void aKilledSolrNodeComesBackAndNothingIsMissed() throws Exception {
        ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("SolrNode"))
                .forEach(ProcessHandle::destroyForcibly);
        var records = Files.createDirectories(folder.resolve("meanwhile"));
        Files.writeString(
                records.resolve("r.jsonl"),
                "{\"id\":\"meanwhile\",\"title\":\"Trong khi đó\",\"text\":\"khongmatgi\"}\n");
        assertEquals("ok", running.ingest(records).get(0).path("state").asText());
        running.caughtUp();
        assertEquals(1, running.total("khongmatgi", null));
    }

    @Test
    @Order(7)
    void aSecondProcessOnTheSameHomeAsksTheOneThatHoldsIt() throws Exception {
        var said = new StringWriter();
        var told = new StringWriter();
        int code = Main.commandLine(new PrintWriter(said), new PrintWriter(told))
                .execute("search", "--home", running.home().root().toString(), "--json", "khăn piêu");
        assertEquals(0, code, told.toString());
        assertTrue(ItemJson.MAPPER.readTree(said.toString()).path("total").asLong() > 0);
        told.getBuffer().setLength(0);
        assertEquals(
                Exit.CONFLICT,
                Main.commandLine(new PrintWriter(said), new PrintWriter(told))
                        .execute("serve", "--home", running.home().root().toString(), "--lang", "en"));
        assertTrue(
                told.toString()
                        .contains("is held by 'serve' (process "
                                + ProcessHandle.current().pid()),
                told.toString());
    }

    @Test
    @Order(8)
    void aProcessOfItsOwnIsToldWhoHoldsTheHome() throws Exception {
        var lock = HomeLock.acquire(new Home(folder.resolve("held")), "ingest").orElseThrow();
        var process = new ProcessBuilder(
                        Installation.here().java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dthocam.root=" + System.getProperty("thocam.root"),
                        "org.thocam.cli.Main",
                        "verify",
                        "--home",
                        folder.resolve("held").toString(),
                        "--lang",
                        "vi")
                .redirectErrorStream(true)
                .start();
        var text = new String(RunningHome.all(process.getInputStream()), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(Exit.CONFLICT, process.exitValue(), text);
        assertTrue(text.contains("đang được 'ingest' giữ"), text);
        lock.close();
    }

    @Test
    @Order(9)
    void aDamagedByteIsNamedAndNotServed() throws Exception {
        var id = new ItemId("tc-cr001");
        try (var walk = Files.walk(running.home().root().resolve("archive"))) {
            var victim = walk.filter(p -> p.toString().contains("0-record.txt"))
                    .filter(p -> read(p).contains("thổ cẩm") || read(p).contains("Thổ cẩm"))
                    .findFirst()
                    .orElseThrow();
            var bytes = Files.readAllBytes(victim);
            bytes[bytes.length / 2] ^= 0x20;
            Files.write(victim, bytes);
        }
        var result = running.engine().verify(true, n -> {});
        assertEquals(1, result.faults().size(), result.faults().toString());
        assertEquals("archive", result.faults().get(0).where());
        assertTrue(
                result.faults().get(0).found().contains("0-record.txt"),
                result.faults().toString());
        var answer = running.get("/api/v1/items/" + result.faults().get(0).id() + "/text", null);
        assertEquals(500, answer.statusCode(), answer.body());
        assertTrue(running.total("thổ cẩm", null) > 0);
        assertFalse(id.value().isEmpty());
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @Order(10)
    void aHomeWhoseViewsAreGoneMakesThemAgain() throws Exception {
        running.shut();
        Generation.remove(running.home().views());
        Generation.remove(running.home().solr());
        running.open();
        assertTrue(found("thổ cẩm").size() > 3);
        assertEquals(1, running.total("khongmatgi", null));
    }
}
