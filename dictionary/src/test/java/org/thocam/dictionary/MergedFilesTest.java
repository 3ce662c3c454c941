package org.thocam.dictionary;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** Files that come again and again, with edits in between. */
class MergedFilesTest {
    private static final ItemId RAD = new ItemId("rad");
    private static final EntryId G1 = new EntryId("g1");
    private static final EntryId G2 = new EntryId("g2");
    private static final String ONE =
            "<entry id=\"a\" guid=\"g1\"><lexical-unit><form lang=\"rad\"><text>êa</text></form></lexical-unit>"
                    + "<sense id=\"s1\"><gloss lang=\"vi\"><text>nước</text></gloss></sense></entry>";
    private static final String TWO =
            "<entry id=\"b\" guid=\"g2\"><lexical-unit><form lang=\"rad\"><text>ƀuôn</text></form></lexical-unit>"
                    + "<sense id=\"s2\"><gloss lang=\"vi\"><text>buôn</text></gloss></sense></entry>";

    @TempDir
    Path home;

    private Desk desk;

    @BeforeEach
    void open() throws Exception {
        desk = new Desk(home);
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    private static String lift(String... entries) {
        return "<?xml version=\"1.0\"?>\n<lift version=\"0.13\">\n" + String.join("\n", entries) + "\n</lift>\n";
    }

    private LexiconImport.Outcome take(String... entries) throws Exception {
        return desk.take("rad", desk.file("rad.lift", lift(entries)));
    }

    private Edited edit(EntryId id, EntryTag on, Consumer<ObjectNode> change) {
        return desk.lexicons.edit(new Lexicons.Edit(RAD, id, on, "H'Linh", false), tree -> {
            change.accept(tree);
            return tree;
        });
    }

    private static Consumer<ObjectNode> gloss(String text) {
        return tree -> ((ObjectNode) tree.at("/senses/0/glosses/0")).put("text", text);
    }

    private KeptEntry now(EntryId id) {
        return desk.store.entry(RAD, id).orElseThrow();
    }

    private String glossOf(EntryId id) {
        return now(id).tree().at("/senses/0/glosses/0/text").asText();
    }

    @Test
    void anEditOnATagOfBeforeAFileThatLeftTheEntryAloneIsMerged() throws Exception {
        take(ONE, TWO);
        edit(G1, now(G1).tag(), gloss("nước uống"));
        take(ONE, TWO.replace("<text>buôn<", "<text>làng<"));
        var read = now(G1).tag();
        assertEquals("f2.e1", read.toString());
        edit(G1, read, tree -> tree.putObject("citation").put("rad", "êa mñum"));
        var done = assertInstanceOf(Edited.Done.class, edit(G1, read, gloss("nước để uống")));
        assertEquals(
                "nước để uống",
                done.entry().tree().at("/senses/0/glosses/0/text").asText());
        assertEquals(
                "nước uống",
                LiftEntry.kept(desk.lexicons.past(RAD, G1, read).xml())
                        .tree()
                        .at("/senses/0/glosses/0/text")
                        .asText());
        // one that nobody edited, over two files
        var unedited = new EntryTag(new Version(1), Version.NONE);
        take(
                ONE,
                TWO.replace("<text>buôn<", "<text>làng<"),
                TWO.replace("g2", "g3").replace("s2", "s3"));
        take(ONE, TWO.replace("<text>buôn<", "<text>làng<"));
        edit(G2, new EntryTag(new Version(3), Version.NONE), gloss("làng xóm"));
        assertEquals("làng xóm", glossOf(G2));
        assertThrows(
                LexiconProblem.class, () -> desk.lexicons.past(RAD, G2, new EntryTag(new Version(1), new Version(1))));
        assertEquals(unedited, desk.lexicons.history(RAD, G2).get(0).tag());
    }

    @Test
    void namesThatLookLikeOursForASecondOneAreTakenIn() throws Exception {
        var first = ONE;
        var second = ONE.replace("id=\"a\"", "id=\"a2\"");
        var third = ONE.replace("id=\"a\"", "id=\"a3\"").replace("\"g1\"", "\"g1~2\"");
        take(first, second, third);
        assertEquals(3, desk.entries("rad").size());
        assertEquals("unchanged", take(first, second, third).receipt().state());
        desk.take("other", desk.file("other.lift", lift(third, first, second)));
        assertEquals(3, desk.entries("other").size());
    }

    @Test
    void aGuidIsNotEditedAway() throws Exception {
        take(ONE, TWO);
        edit(G1, now(G1).tag(), tree -> {
            gloss("nước uống").accept(tree);
            tree.remove("guid");
        });
        edit(G2, now(G2).tag(), tree -> tree.put("guid", "g9"));
        take(ONE, TWO, TWO.replace("g2", "g3").replace("s2", "s3"));
        assertEquals("nước uống", glossOf(G1));
        assertEquals(
                List.of("g1", "g2", "g3"),
                desk.entries("rad").stream().map(entry -> entry.id().value()).toList());
    }

    @Test
    void anEntryWithoutIdsKeepsItsNameWhenItsFormIsEdited() throws Exception {
        var bare = "<entry><lexical-unit><form lang=\"rad\"><text>êa</text></form></lexical-unit></entry>";
        take(bare);
        var id = desk.entries("rad").get(0).id();
        edit(id, now(id).tag(), tree -> ((ObjectNode) tree.get("lexicalUnit")).put("rad", "ia"));
        take(bare, TWO);
        assertEquals(
                List.of(id, G2), desk.entries("rad").stream().map(KeptEntry::id).toList());
        take(bare, TWO.replace("<text>buôn<", "<text>làng<"));
        assertEquals(
                List.of(id, G2), desk.entries("rad").stream().map(KeptEntry::id).toList());
        assertEquals("ia", now(id).tree().at("/lexicalUnit/rad").asText());
    }

    @Test
    void tombstonesOfTheFileKeepTheirBytes() throws Exception {
        var gone = "<entry dateDeleted='2020-01-01T00:00:00Z' guid=\"g9\" id=\"x\"><!-- was here --></entry>";
        take(ONE, gone);
        take(ONE, gone, TWO);
        assertEquals(lift(ONE, gone, TWO), desk.text("rad"));
        desk.lexicons.comment(RAD, new EntryId("g9"), "why?", "", "x");
        assertEquals(lift(ONE, gone, TWO), desk.text("rad"));
    }

    @Test
    void whatOnlyAFileMaySayDoesNotStopMerging() throws Exception {
        var odd = ONE.replace("<text>nước<", "<text>nư<b>ớc</b><")
                .replace("<sense id=\"s1\">", "<sense id=\"s1\" ghi-chú='x'>")
                .replace(
                        "<lexical-unit>",
                        "<lexical-unit><form lang=\"en\"><text>" + "x".repeat(100_001) + "</text></form>");
        take(odd);
        edit(G1, now(G1).tag(), tree -> tree.putObject("citation").put("rad", "êa"));
        take(odd.replace("ghi-chú='x'", "ghi-chú='y'"));
        assertEquals("êa", now(G1).tree().at("/citation/rad").asText());
        assertTrue(now(G1).xml().contains("ghi-chú='y'"));
        desk.lexicons.delete(new Lexicons.Edit(RAD, G1, now(G1).tag(), "x", false));
    }

    @Test
    void aMergeWaitsForAViewThatIsBehind() throws Exception {
        take(ONE, TWO);
        try (var behind = LexiconStore.open(home.resolve("behind.sqlite"), desk.archive, desk.log)) {
            behind.show((Item) desk.archive.head(RAD).orElseThrow().holding(), new Version(1));
            edit(G1, now(G1).tag(), gloss("nước uống"));
            var other = new Lexicons(desk.archive, desk.depositor, () -> behind, Clock.systemUTC());
            var request = new LexiconImport.Request(
                    RAD,
                    desk.file("rad.lift", lift(ONE, TWO, TWO.replace("g2", "g3"))),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false,
                    LexiconSources.Options.NONE,
                    "x");
            assertThrows(LexiconImport.RefusedException.class, () -> new LexiconImport(
                            desk.archive, desk.depositor, desk.log, other, home.resolve("incoming"))
                    .run(request, (name, line, code, error, message) -> {}));
        }
        assertEquals("nước uống", glossOf(G1));
    }

    @Test
    void aViewNeverGoesBackToAnOlderFile() throws Exception {
        take(ONE);
        var first = (Item) desk.archive.head(RAD).orElseThrow().holding();
        take(ONE, TWO);
        desk.store.load(Lexicon.of(first).orElseThrow(), new Version(1), new Version(1));
        assertEquals(2, desk.store.shown(RAD).orElseThrow().file().number());
        assertEquals(2, desk.entries("rad").size());
    }

    @Test
    void theBaseOfAPointHasTheEditsThatWereOverItsFile() throws Exception {
        take(ONE);
        edit(G1, now(G1).tag(), gloss("b"));
        // its description changes, its file does not
        var item = (Item) desk.archive.head(RAD).orElseThrow().holding();
        desk.depositor
                .keep(
                        item.withLanguages(List.of(item.languages().get(0), new org.thocam.ontology.LanguageTag("vi"))),
                        java.util.Map.of("files/rad.lift", new org.thocam.ontology.Content.Kept()),
                        Optional.of(new Version(1)),
                        "x")
                .join();
        desk.catchUp.await(desk.log.last(), java.time.Duration.ofMinutes(1));
        var export = desk.export("rad");
        var given = desk.text("rad");
        Instant point = export.point();
        take(ONE.replace("<text>êa<", "<text>ia<"));
        assertEquals("b", glossOf(G1));
        // the other side goes back on purpose
        desk.take("rad", desk.file("other.lift", given.replace("<text>b<", "<text>nước<")), Optional.of(point), false);
        assertEquals("nước", glossOf(G1));
    }

    @Test
    void thePublishedPackageTakesNoDraftBack() throws Exception {
        take(ONE);
        desk.lexicons.settings(
                RAD, LexiconSettings.of(JsonNodeFactory.instance.objectNode().put("review", true), Version.NONE), "x");
        edit(G1, now(G1).tag(), gloss("draft"));
        var zip = home.resolve("given.zip");
        LexiconExport.of(desk.archive, desk.lexicons, Clock.systemUTC(), RAD, true)
                .write("lift", zip, java.net.URI.create("http://127.0.0.1/"));
        desk.take("rad", zip);
        assertEquals("draft", glossOf(G1));
    }

    @Test
    void aFileInUtf8AfterOneThatWasNotComesBackInUtf8() throws Exception {
        var path = home.resolve("rad.lift");
        Files.write(
                path,
                ("\uFEFF" + lift(ONE).replace("?>", " encoding=\"UTF-16\"?>")).getBytes(StandardCharsets.UTF_16LE));
        desk.take("rad", path);
        take(ONE, TWO);
        assertEquals(lift(ONE, TWO), desk.text("rad"));
    }

    @Test
    void aFileThatCannotBeReadIsReplacedByOneThatCan() throws Exception {
        take(ONE);
        // by another door
        var broken = home.resolve("broken");
        Files.writeString(broken, "<lift version=\"0.13\">");
        var item = (Item) desk.archive.head(RAD).orElseThrow().holding();
        var bits = new org.thocam.ontology.Bitstream(
                "rad.lift",
                "application/xml",
                Files.size(broken),
                LexiconSources.sha512(broken),
                org.thocam.ontology.TextState.EMPTY,
                "");
        desk.depositor
                .keep(
                        item.withFiles(List.of(bits)),
                        java.util.Map.of("files/rad.lift", new org.thocam.ontology.Content.OfPath(broken)),
                        Optional.of(new Version(1)),
                        "x")
                .join();
        desk.catchUp.await(desk.log.last(), java.time.Duration.ofMinutes(1));
        take(ONE, TWO);
        assertEquals(2, desk.entries("rad").size());
    }

    @Test
    void revertingToTheStateThatIsThereChangesNothing() throws Exception {
        var nameless = ONE.replace(" id=\"s1\"", "");
        take(nameless);
        var tag = now(G1).tag();
        var done = assertInstanceOf(
                Edited.Done.class, desk.lexicons.revert(new Lexicons.Edit(RAD, G1, tag, "x", false), tag, List.of()));
        assertFalse(done.changed());
        var problem = assertThrows(
                LexiconProblem.class,
                () -> desk.lexicons.revert(new Lexicons.Edit(RAD, G1, tag, "x", false), tag, List.of("nothing")));
        assertEquals(LexiconProblem.Kind.INVALID, problem.kind());
    }

    @Test
    void aSecondRequestOfOneKeyIsCheckedToo() throws Exception {
        take(ONE);
        var json = JsonNodeFactory.instance;
        desk.lexicons.create(RAD, json.objectNode(), Optional.of("k"), "x", false);
        var wrong = json.objectNode();
        wrong.put("senses", 1);
        var problem = assertThrows(
                LexiconProblem.class, () -> desk.lexicons.create(RAD, wrong, Optional.of("k"), "x", false));
        assertEquals(LexiconProblem.Kind.INVALID, problem.kind());
        for (var list : List.of("senses", "pronunciations")) {
            var other = json.objectNode();
            other.putArray(list).add(1);
            assertThrows(LexiconProblem.class, () -> desk.lexicons.create(RAD, other, Optional.of("k"), "x", false));
        }
    }

    @Test
    void entriesOfADictionaryWithoutAFileOutliveItsFirst() throws Exception {
        take(ONE);
        var item = (Item) desk.archive.head(RAD).orElseThrow().holding();
        desk.depositor
                .keep(item.withFiles(List.of()), java.util.Map.of(), Optional.of(new Version(1)), "x")
                .join();
        desk.catchUp.await(desk.log.last(), java.time.Duration.ofMinutes(1));
        Edited made;
        try {
            made = desk.lexicons.create(
                    RAD,
                    JsonNodeFactory.instance
                            .objectNode()
                            .set(
                                    "lexicalUnit",
                                    JsonNodeFactory.instance.objectNode().put("rad", "mnuih")),
                    Optional.empty(),
                    "x",
                    false);
        } catch (LexiconProblem e) {
            return; // refused: nothing to lose
        }
        take(ONE, TWO);
        assertTrue(desk.store.entry(RAD, made.entry().id()).isPresent());
    }

    @Test
    void namesOfMediaThatNoArchiveLikes() throws Exception {
        var folder = Files.createDirectories(home.resolve("bundle/audio"));
        Files.writeString(home.resolve("bundle/rad.lift"), lift(ONE));
        for (var name : List.of("a\nb.wav", "c\\d.wav", "e:f.wav", " g .wav", "h\u0001.wav", "..i.wav", "CON.wav"))
            Files.writeString(folder.resolve(name), "x");
        assertDoesNotThrow(() -> desk.take("rad", home.resolve("bundle")));
        assertEquals(1, desk.entries("rad").size());
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLargeEntryIsMergedInTime() throws Exception {
        int n = 20_000;
        var mine = new StringBuilder("<entry guid=\"g1\">");
        var theirs = new StringBuilder("<entry guid=\"g1\">");
        for (int i = 0; i < n; i++) {
            mine.append("<relation type=\"a\" ref=\"m" + i + "\"/><sense id=\"s" + i + "\"/>");
            theirs.append("<relation type=\"a\" ref=\"t" + i + "\"/><sense id=\"t" + i + "\"/>");
        }
        take(mine + "</entry>");
        edit(G1, now(G1).tag(), tree -> tree.putObject("citation").put("rad", "êa"));
        take(theirs + "</entry>");
        assertEquals(
                2,
                desk.lexicons.history(RAD, G1).stream()
                        .map(s -> s.tag().file())
                        .distinct()
                        .count());
    }
}
