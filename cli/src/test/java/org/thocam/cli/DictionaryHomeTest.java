package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;

/** Dictionaries in a real home: imported from the shell, looked up over HTTP, and made again from the archive alone. */
class DictionaryHomeTest {
    @TempDir
    private static Path folder;

    private static RunningHome running;

    @BeforeAll
    static void open() throws Exception {
        running = RunningHome.start(folder.resolve("home"));
    }

    @AfterAll
    static void close() throws Exception {
        if (running != null) running.close();
    }

    private record Said(int exit, String out, String err) {
        JsonNode json() {
            return ItemJson.parse(out);
        }
    }

    private static Said thocam(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var all = new java.util.ArrayList<>(List.of(arguments));
        if (!all.contains("--home"))
            all.addAll(List.of("--home", running.home().root().toString()));
        all.addAll(List.of("--lang", "en"));
        int exit = Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(all.toArray(String[]::new));
        return new Said(exit, out.toString(), err.toString());
    }

    private static Path words(String name, String... rows) throws Exception {
        return Files.writeString(folder.resolve(name), "id,headword,gloss@vi\n" + String.join("\n", rows) + "\n");
    }

    private static Said importing(String id, Path file, String... more) {
        var arguments = new java.util.ArrayList<>(List.of("dictionary", "import", "--json", "--id", id));
        arguments.addAll(List.of(more));
        arguments.add(file.toString());
        return thocam(arguments.toArray(String[]::new));
    }

    private static String entries(String id) throws Exception {
        return running.get("/api/v1/dictionaries/" + id + "/entries?size=200", null)
                .body();
    }

    private static List<String> found(String id, String q) throws Exception {
        return running.json("/api/v1/dictionaries/" + id + "/entries?by=headword&q=" + RunningHome.encoded(q), null)
                .path("items")
                .findValuesAsText("id");
    }

    @Test
    void theSameFileAgainIsNoChangeAndAnotherIsMerged() throws Exception {
        var file = words("a.csv", "b1,hơnâng,bình đẳng", "b2,kon,con");
        var first = importing("a", file, "--language", "bdq-Latn");
        assertEquals(Exit.DONE, first.exit(), first.err());
        assertEquals("ok 1 2", outcome(first));
        assertEquals(List.of("b1"), found("a", "honang"));
        long last = running.engine().log().last();
        var again = importing("a", file);
        assertEquals("unchanged 1 2", outcome(again));
        assertEquals(last, running.engine().log().last());
        assertTrue(again.err().contains("unchanged"), again.err());
        words("a.csv", "b2,kon,con cái", "b3,yang,thần");
        assertEquals("ok 2 2", outcome(importing("a", file)));
        assertEquals(List.of("b1"), found("a", "honang"), "what the file lacks stays");
        assertEquals(List.of("b3"), found("a", "yang"));
        words("a.csv", "b2,kon,con cái", "b3,yang,thần linh");
        assertEquals("ok 3 2", outcome(importing("a", file, "--deletions")));
        assertEquals(List.of(), found("a", "honang"));
        assertEquals(
                "bdq-Latn",
                running.json("/api/v1/dictionaries/a/entries/b3", null)
                        .path("language")
                        .asText());
        var before = running.get("/api/v1/items/a/files/source/a.csv?version=1", null)
                .body();
        assertTrue(before.contains("hơnâng"), before);
    }

    private static String outcome(Said said) {
        var json = said.json();
        return json.path("state").asText() + " " + json.path("version").asLong() + " "
                + json.path("entries").asLong();
    }

    @Test
    void whatWasSaidOfTheItemMeanwhileStays() throws Exception {
        var file = words("titled.csv", "b1,kon,con");
        importing("titled", file, "--language", "bdq-Latn");
        var patch = running.request(
                        "/api/v1/items/titled",
                        running.token(Role.DEPOSITOR),
                        "Content-Type",
                        "application/merge-patch+json",
                        "If-Match",
                        "*")
                .method(
                        "PATCH",
                        java.net.http.HttpRequest.BodyPublishers.ofString("{\"title\":{\"vi\":\"Từ điển Ba Na\"}}"));
        assertEquals(200, running.send(patch).statusCode());
        assertEquals("unchanged 2 1", outcome(importing("titled", file)));
        words("titled.csv", "b1,kon,con", "b2,yang,thần");
        assertEquals("ok 3 2", outcome(importing("titled", file)));
        assertEquals(
                "Từ điển Ba Na",
                running.json("/api/v1/items/titled", null).at("/title/vi").asText());
    }

    @Test
    void aWrongRowIsNamedAndTheOthersAreTakenIn() throws Exception {
        var said = importing("rows", words("rows.csv", "b1,kon,con", "b2,,x", "b1,yang,x", "b3,yang,x"));
        assertEquals(Exit.SOME_FAILED, said.exit());
        assertEquals("ok 1 2", outcome(said));
        assertTrue(said.err().contains("line 3: missing-headword: want a headword, found none"), said.err());
        assertTrue(said.err().contains("line 4: duplicate-id: "), said.err());
        assertEquals(List.of("b3"), found("rows", "yang"));
    }

    @Test
    void whatCannotBeTakenInIsRefusedWhole() throws Exception {
        var file = words("x.csv", "b1,kon,x");
        assertEquals(Exit.USAGE, importing("no id", file).exit());
        assertEquals(Exit.USAGE, importing("x", file, "--language", "!").exit());
        assertEquals(
                Exit.NOT_FOUND, importing("x", folder.resolve("nothing.csv")).exit());
        var text = Files.writeString(folder.resolve("x.txt"), "x");
        assertEquals(Exit.USAGE, importing("x", text).exit());
        var broken = Files.writeString(folder.resolve("broken.csv"), "id,word\nb1,kon\n");
        var said = importing("x", broken);
        assertEquals(Exit.USAGE, said.exit());
        assertTrue(said.err().contains("line 1: missing-column: want a header with headword"), said.err());
        assertTrue(said.err().contains("nothing was taken in"), said.err());
        assertEquals(404, running.get("/api/v1/items/x", null).statusCode());
        var record = Files.writeString(folder.resolve("r.jsonl"), "{\"id\":\"text\",\"title\":\"x\"}\n");
        running.ingest(record);
        assertEquals(Exit.CONFLICT, importing("text", file).exit());
        importing("withdrawn", file);
        running.engine()
                .intake()
                .withdraw(new ItemId("withdrawn"), Optional.empty(), "test", "tester")
                .join();
        assertEquals(Exit.CONFLICT, importing("withdrawn", file).exit());
        assertEquals(
                410, running.get("/api/v1/dictionaries/withdrawn/entries", null).statusCode());
    }

    @Test
    void onlyTheShellOfThisMachineMayNameAFile() throws Exception {
        var arguments = "{\"id\":\"stolen\",\"file\":\"/etc/passwd\"}";
        int status = running.send(running.request(
                                "/api/v1/operations/dictionary-import",
                                running.token(Role.ADMIN),
                                "Content-Type",
                                "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(arguments)))
                .statusCode();
        assertEquals(403, status);
    }

    @Test
    void lookupPrintsATableOrJson() throws Exception {
        importing("look", words("look.csv", "b1,kon,con", "b2,kon nai,con nai"), "--language", "bdq-Latn");
        assertEquals(0, running.total("\"kon nai\"", null), "its words are entries, and no text of the library");
        assertEquals(1, running.total("look", null), "its title is found");
        var table = thocam("dictionary", "lookup", "look", "kôn");
        assertEquals("  b1  kon      con\n  b2  kon nai  con nai\n", table.out());
        var json = thocam("dictionary", "lookup", "look", "con", "nai", "--by", "gloss", "--match", "exact", "--json");
        assertEquals("b2", json.json().at("/items/0/id").asText());
        assertEquals(
                Exit.NOT_FOUND, thocam("dictionary", "lookup", "nothing", "kon").exit());
        assertEquals(
                Exit.USAGE,
                thocam("dictionary", "lookup", "look", "kon", "--match", "near").exit());
    }

    /** An item with a word list may come by any door: the set alone makes it a dictionary, and a restriction hides it. */
    @Test
    void aDictionaryThatWasDepositedIsOneToo() throws Exception {
        words("deposited.csv", "b1,kon,con");
        var record = Files.writeString(
                folder.resolve("d.jsonl"),
                "{\"id\":\"deposited\",\"title\":\"x\",\"language\":\"bdq-Latn\",\"sets\":[\"dictionary:bahnar\"],\"files\":[\"deposited.csv\"],\"access\":{\"level\":\"restricted\",\"communities\":[\"bana\"]}}\n{\"id\":\"wordless\",\"title\":\"x\",\"sets\":[\"dictionary\"]}\n");
        running.ingest(record);
        running.caughtUp();
        var path = "/api/v1/dictionaries/deposited/entries";
        assertEquals(404, running.get(path, null).statusCode());
        assertEquals(404, running.get(path + "/b1", running.token(Role.READER)).statusCode());
        assertEquals(
                1,
                running.json(path, running.token(Role.READER, "bana"))
                        .path("total")
                        .asInt());
        var listed = running.get("/api/v1/dictionaries?size=200", null).body();
        assertTrue(!listed.contains("deposited") && listed.contains("has no file of a lexicon's format"), listed);
    }

    @Test
    void madeAgainFromTheArchiveTheAnswersAreTheSame() throws Exception {
        var rows = IntStream.range(0, 2500)
                .mapToObj(n -> "w" + n + ",từ " + Integer.toString(n, 36) + ",nghĩa " + n)
                .collect(Collectors.joining("\n"));
        importing("large", words("large.csv", rows), "--language", "vi");
        var before = entries("large");
        assertEquals(2500, ItemJson.parse(before).path("total").asInt());
        assertEquals(List.of(), running.engine().verify(false, n -> {}).faults());
        running.engine().rebuild(n -> {});
        assertEquals(before, entries("large"));
        assertEquals(List.of(), running.engine().verify(false, n -> {}).faults());
    }

    @Test
    void aClosedHomeTakesADictionaryInAndServesItAfterwards() throws Exception {
        var home = folder.resolve("closed").toString();
        var file = words("closed.tsv");
        Files.writeString(file, "id\theadword\tgloss@vi\nb1\tkon\tcon\n");
        var first = thocam("dictionary", "import", "--home", home, "--id", "closed", "--json", file.toString());
        assertEquals(Exit.DONE, first.exit(), first.err());
        assertEquals("ok 1 1", outcome(first));
        var found = thocam("dictionary", "lookup", "--home", home, "closed", "kon", "--json");
        assertEquals("b1", found.json().at("/items/0/id").asText(), found.err());
    }
}
