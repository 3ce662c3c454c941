package org.thocam.dictionary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.ItemId;

class LexiconsTest {
    private static final Path SHARED =
            Path.of(System.getProperty("thocam.root", ".."), "../shared/data/dictionary/lift");
    private static final String LIFT =
            "\uFEFF<?xml version='1.0'?>\r\n<!-- Ê Đê -->\n<lift version=\"0.13\" xmlns:x=\"urn:x\">\n"
                    + "<entry id='êa_1' guid=\"g1\"><lexical-unit><form lang=\"rad\"><text>êa</text></form></lexical-unit>\n"
                    + " <x:foo a='1'>?</x:foo><sense id=\"s1\"><gloss lang=\"vi\"><text>nước</text></gloss></sense></entry>\n"
                    + "<!-- between --><entry id=\"b\" guid=\"g2\"\n\tdateModified=\"2020-01-01T00:00:00Z\"><lexical-unit><form lang=\"rad\"><text>ƀuôn</text></form></lexical-unit>"
                    + "<sense id=\"s2\"><gloss lang='vi'><text>buôn &amp; làng</text></gloss></sense></entry>\n</lift>\n\n";
    private static final ItemId RAD = new ItemId("rad");
    private static final EntryId G1 = new EntryId("g1");
    private static final EntryId G2 = new EntryId("g2");

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

    private void taken() throws Exception {
        desk.take("rad", desk.file("rad.lift", LIFT));
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

    @Test
    void aFileThatNobodyChangedComesBackToTheByte() throws Exception {
        taken();
        assertEquals(LIFT, desk.text("rad"));
        var again = desk.take("rad", desk.file("rad.lift", LIFT));
        assertEquals("unchanged", again.receipt().state());
        assertEquals(1, again.receipt().version().number());
        assertEquals(LIFT, desk.text("rad"));
    }

    @Test
    void everyRealFileComesBackToTheByte() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(SHARED));
        int n = 0;
        for (var folder : List.of("biatah", "tuwari", "AllFLExFields", "small", "spec-0.13"))
            try (Stream<Path> files = Files.walk(SHARED.resolve(folder))) {
                for (var file : files.filter(path -> path.toString().endsWith(".lift")
                                && !path.toString().contains("InvalidXml"))
                        .toList()) {
                    var id = "d" + n++;
                    desk.take(id, file);
                    assertArrayEquals(Files.readAllBytes(file), desk.bytes(id), file.toString());
                    assertEquals("unchanged", desk.take(id, file).receipt().state(), file.toString());
                }
            }
        assertTrue(n > 20);
    }

    @Test
    void oneEditLeavesAllOtherBytes() throws Exception {
        taken();
        var done = assertInstanceOf(Edited.Done.class, edit(G1, now(G1).tag(), gloss("nước uống")));
        assertEquals("f1.e1", done.entry().tag().toString());
        var modified = done.entry().tree().path("dateModified").asText();
        assertEquals(
                LIFT.replace("nước<", "nước uống<")
                        .replace("guid=\"g1\"", "guid=\"g1\" dateModified=\"" + modified + "\""),
                desk.text("rad"));
    }

    @Test
    void anEditOutlivesClosingAndALostView() throws Exception {
        taken();
        edit(G1, now(G1).tag(), gloss("nước uống"));
        var before = desk.text("rad");
        desk.close();
        for (var name : List.of("lexicons.sqlite", "lexicons.sqlite-wal", "lexicons.sqlite-shm"))
            Files.deleteIfExists(home.resolve(name));
        desk = new Desk(home);
        assertEquals(before, desk.text("rad"));
        assertEquals("f1.e1", now(G1).tag().toString());
    }

    @Test
    void staleEditsOfOtherFieldsMeet() throws Exception {
        taken();
        var read = now(G1).tag();
        edit(G1, read, gloss("nước uống"));
        var second = assertInstanceOf(Edited.Done.class, edit(G1, read, tree -> tree.withObject("/lexicalUnit")
                .put("rad-fonipa", "ea")));
        assertTrue(second.merged());
        assertEquals(
                "nước uống",
                second.entry().tree().at("/senses/0/glosses/0/text").asText());
        assertEquals("ea", second.entry().tree().at("/lexicalUnit/rad-fonipa").asText());
    }

    @Test
    void oneFieldTwiceIsRefusedAndKept() throws Exception {
        taken();
        var read = now(G1).tag();
        edit(G1, read, gloss("nước uống"));
        var refused = assertInstanceOf(Edited.Refused.class, edit(G1, read, gloss("sông")));
        assertEquals("nước uống", refused.mine().at("/senses/0/glosses/0/text").asText());
        assertEquals("sông", refused.theirs().at("/senses/0/glosses/0/text").asText());
        assertEquals("nước", refused.base().at("/senses/0/glosses/0/text").asText());
        assertEquals(1, now(G1).conflicts());
        var talk = desk.lexicons.talkOf(RAD, G1);
        assertEquals(
                "sông", talk.at("/conflicts/0/theirs/senses/0/glosses/0/text").asText());
        edit(G1, read, gloss("sông")); // the same again is kept once
        assertEquals(1, desk.lexicons.talkOf(RAD, G1).at("/conflicts").size());
        desk.lexicons.settle(RAD, G1, refused.conflict(), "Y Bhăm");
        assertEquals(0, now(G1).conflicts());
    }

    @Test
    void anEditOutlivesADeletion() throws Exception {
        taken();
        var read = now(G1).tag();
        desk.lexicons.delete(new Lexicons.Edit(RAD, G1, read, "a", false));
        assertTrue(now(G1).deleted());
        assertTrue(now(G1).asPublished().isEmpty());
        assertTrue(desk.text("rad").contains("dateDeleted="));
        var back = assertInstanceOf(Edited.Done.class, edit(G1, read, gloss("nước uống")));
        assertTrue(!back.entry().deleted());
        assertEquals(1, back.kept().size());
        assertTrue(!desk.text("rad").contains("dateDeleted="));
        var other = now(G2).tag();
        edit(G2, other, gloss("làng"));
        assertEquals(
                LexiconProblem.Kind.STALE,
                assertThrows(
                                LexiconProblem.class,
                                () -> desk.lexicons.delete(new Lexicons.Edit(RAD, G2, other, "a", false)))
                        .kind());
    }

    @Test
    void everyStateCanBeShownComparedAndBroughtBack() throws Exception {
        taken();
        var first = now(G1);
        edit(G1, first.tag(), gloss("nước uống"));
        edit(G1, now(G1).tag(), tree -> tree.withObject("/citation").put("rad", "Êa"));
        var history = desk.lexicons.history(RAD, G1);
        assertEquals(
                List.of("f1.e0", "f1.e1", "f1.e2"),
                history.stream().map(state -> state.tag().toString()).toList());
        assertEquals(
                List.of("dateModified", "senses/s1/glosses/vi/text"),
                history.get(1).changes().stream().map(change -> change.path()).toList());
        assertEquals("H'Linh", history.get(1).agent());
        desk.lexicons.revert(new Lexicons.Edit(RAD, G1, now(G1).tag(), "b", false), first.tag(), List.of());
        assertEquals("nước", now(G1).tree().at("/senses/0/glosses/0/text").asText());
        assertTrue(!now(G1).tree().has("citation"));
        assertEquals(4, desk.lexicons.history(RAD, G1).size());
    }

    @Test
    void theSameKeyMakesOneEntry() throws Exception {
        taken();
        var tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("lexicalUnit").put("rad", "čư̆");
        var one = desk.lexicons.create(RAD, tree, Optional.of("k1"), "a", false);
        var two = desk.lexicons.create(RAD, tree, Optional.of("k1"), "a", false);
        assertEquals(one.entry().id(), two.entry().id());
        tree.putObject("citation").put("rad", "Čư̆");
        assertEquals(
                LexiconProblem.Kind.TAKEN,
                assertThrows(LexiconProblem.class, () -> desk.lexicons.create(RAD, tree, Optional.of("k1"), "a", false))
                        .kind());
        var text = desk.text("rad");
        assertTrue(text.contains("<text>čư̆</text>"), text);
        assertTrue(text.endsWith("</entry>\n</lift>\n\n"), text);
        assertEquals(LIFT, text.replaceFirst("(?s)\n<entry dateCreated.*?</entry>", ""));
        // and it is taken back as it was given
        assertEquals(
                "ok", desk.take("rad", desk.file("rad.lift", text)).receipt().state());
        assertEquals(text, desk.text("rad"));
        assertEquals(3, desk.entries("rad").size());
    }

    @Test
    void readersSeeWhatWasPublishedLast() throws Exception {
        taken();
        desk.lexicons.settings(
                RAD,
                LexiconSettings.of(
                        new com.fasterxml.jackson.databind.ObjectMapper().readTree("{\"review\":true}"),
                        org.thocam.ontology.Version.NONE),
                "a");
        edit(G1, now(G1).tag(), gloss("nước uống"));
        assertEquals(ReviewState.DRAFT, now(G1).state());
        assertTrue(now(G1).asPublished().orElseThrow().xml().contains("nước<"));
        for (var state : List.of(ReviewState.PROPOSED, ReviewState.REVIEWED)) {
            desk.lexicons.review(new Lexicons.Edit(RAD, G1, now(G1).tag(), "r", false), state);
            assertTrue(now(G1).asPublished().orElseThrow().xml().contains("nước<"));
        }
        desk.lexicons.review(new Lexicons.Edit(RAD, G1, now(G1).tag(), "r", false), ReviewState.PUBLISHED);
        assertTrue(now(G1).asPublished().orElseThrow().xml().contains("nước uống<"));
        var tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("lexicalUnit").put("rad", "čư̆");
        var fresh =
                desk.lexicons.create(RAD, tree, Optional.empty(), "a", false).entry();
        assertTrue(fresh.asPublished().isEmpty());
        assertEquals(2, desk.store.shown(RAD).orElseThrow().published());
        assertEquals(3, desk.store.shown(RAD).orElseThrow().entries());
    }

    @Test
    void aBundleThatWasEditedElsewhereMergesOnceAndForAll() throws Exception {
        taken();
        var export = desk.export("rad");
        var away = desk.text("rad")
                .replace("nước<", "nước (chung)<")
                .replace("buôn &amp; làng", "làng")
                .replace("<!-- between -->", "<!-- between --><entry id='c' guid='g3'><sense id='s3'/></entry>");
        edit(G1, now(G1).tag(), tree -> tree.withObject("/citation").put("rad", "Êa"));
        edit(G2, now(G2).tag(), gloss("buôn"));
        var outcome = desk.take("rad", desk.file("away.lift", away), Optional.of(export.point()), false);
        assertEquals(1, outcome.added());
        assertEquals(1, outcome.conflicts());
        assertEquals(
                "nước (chung)", now(G1).tree().at("/senses/0/glosses/0/text").asText());
        assertEquals("Êa", now(G1).tree().at("/citation/rad").asText());
        assertEquals("buôn", now(G2).tree().at("/senses/0/glosses/0/text").asText());
        assertEquals(
                "làng",
                desk.lexicons
                        .talkOf(RAD, G2)
                        .at("/conflicts/0/theirs/senses/0/glosses/0/text")
                        .asText());
        assertTrue(desk.text("rad").contains("<x:foo a='1'>?</x:foo>"));
        var merged = desk.text("rad");
        desk.take("rad", desk.file("away.lift", away), Optional.of(export.point()), false);
        assertEquals(merged, desk.text("rad"));
        assertEquals(1, desk.lexicons.talkOf(RAD, G2).at("/conflicts").size());
        assertEquals(3, desk.entries("rad").size());
    }

    @Test
    void aFileThatLacksSomethingDeletesNothingUnlessAsked() throws Exception {
        taken();
        var less = LIFT.replaceFirst("(?s)<!-- between --><entry.*?</entry>", "")
                .replace("<sense id=\"s1\"><gloss lang=\"vi\"><text>nước</text></gloss></sense>", "");
        var outcome = desk.take("rad", desk.file("less.lift", less));
        assertEquals(1, outcome.missing());
        assertEquals("nước", now(G1).tree().at("/senses/0/glosses/0/text").asText());
        assertEquals(2, desk.entries("rad").size());
        desk.take("rad", desk.file("rad.lift", LIFT));
        desk.take("rad", desk.file("less.lift", less), Optional.empty(), true);
        assertEquals(1, desk.entries("rad").size());
        assertTrue(!now(G1).tree().has("senses"));
    }

    @Test
    void ordersOfOneLanguageLiveAtOnce() throws Exception {
        taken();
        desk.lexicons.settings(
                RAD,
                LexiconSettings.of(
                        new com.fasterxml.jackson.databind.ObjectMapper()
                                .readTree("{\"orders\":{\"nguoc\":\"ƀ ê a\"}}"),
                        org.thocam.ontology.Version.NONE),
                "a");
        assertEquals(List.of("ƀuôn", "êa"), words(""));
        assertEquals(List.of("ƀuôn", "êa"), words("nguoc"));
        desk.lexicons.settings(
                RAD,
                LexiconSettings.of(
                        new com.fasterxml.jackson.databind.ObjectMapper()
                                .readTree("{\"orders\":{\"nguoc\":\"ê ƀ a\"}}"),
                        desk.store.settings(RAD).version()),
                "a");
        assertEquals(List.of("êa", "ƀuôn"), words("nguoc"));
        assertEquals(
                List.of("Ê 1", "Ƀ 1"),
                desk.store.heads(RAD, "nguoc", true).stream()
                        .map(head -> head.letter() + " " + head.entries())
                        .toList());
    }

    private List<String> words(String order) {
        return desk.store.listed(RAD, order, true, Optional.empty(), 10).stream()
                .map(placed -> placed.entry().tree().at("/lexicalUnit/rad").asText())
                .toList();
    }

    @Test
    void whatIsNoLiftIsRefusedWithItsLine() throws Exception {
        var bad = desk.file("bad.lift", LIFT.replace("</sense></entry>\n<!--", "</entry>\n<!--"));
        var refused = assertThrows(LexiconSources.NotALexiconException.class, () -> desk.take("bad", bad));
        assertTrue(refused.getMessage().startsWith("line 5: not-well-formed"), refused.getMessage());
        assertEquals(Optional.empty(), desk.archive.head(new ItemId("bad")));
        var old = desk.file("old.lift", LIFT.replace("0.13", "0.9"));
        assertTrue(assertThrows(LexiconSources.NotALexiconException.class, () -> desk.take("old", old))
                .getMessage()
                .contains("unsupported-version"));
    }

    @Test
    void aRecordingIsHeardWithTheSpeakersConsentAlone() throws Exception {
        taken();
        edit(G1, now(G1).tag(), tree -> {
            var spoken = tree.withArray("/pronunciations").addObject();
            spoken.putArray("media").addObject().put("href", "audio\\ea.wav");
            spoken.putArray("traits").addObject().put("name", "speaker").put("value", "H'Linh Niê");
        });
        assertTrue(!desk.store.isForReaders(RAD, "audio/ea.wav"));
        edit(G1, now(G1).tag(), tree -> ((com.fasterxml.jackson.databind.node.ArrayNode)
                        tree.at("/pronunciations/0/traits"))
                .addObject()
                .put("name", "consent")
                .put("value", "yes"));
        assertTrue(desk.store.isForReaders(RAD, "audio/ea.wav"));
        assertTrue(!desk.store.isForReaders(RAD, "audio/other.wav"));
        assertTrue(!desk.store.isForReaders(RAD, "consent/ea.txt"));
        assertTrue(desk.store.isForReaders(RAD, "pictures/ea.png"));
        assertTrue(desk.store.isForReaders(RAD, "rad.lift"));
        // one entry without it is enough
        edit(G2, now(G2).tag(), tree -> tree.withArray("/pronunciations")
                .addObject()
                .putArray("media")
                .addObject()
                .put("href", "ea.wav"));
        assertTrue(!desk.store.isForReaders(RAD, "audio/ea.wav"));
    }

    @Test
    void aDryRunKeepsNothing() throws Exception {
        taken();
        var text = new String(desk.bytes("rad"), StandardCharsets.UTF_8);
        var dry = desk.lexicons.edit(new Lexicons.Edit(RAD, G1, now(G1).tag(), "a", true), tree -> {
            gloss("khác").accept(tree);
            return tree;
        });
        assertTrue(dry.entry().xml().contains("khác"));
        assertEquals(text, desk.text("rad"));
        assertEquals("f1.e0", now(G1).tag().toString());
    }

    @Test
    void aTableComesInAsEntriesThatCanBeEditedAndGoesOut() throws Exception {
        var csv = "id,headword,gloss@vi,gloss@en\nw1,êa,nước,water\nw2,ƀuôn,buôn,village\n";
        var outcome = desk.take("t", desk.file("words.csv", csv));
        assertEquals(2, outcome.added());
        assertEquals(
                "unchanged",
                desk.take("t", desk.file("words.csv", csv)).receipt().state());
        var t = new ItemId("t");
        var w1 = desk.store.entry(t, new EntryId("w1")).orElseThrow();
        desk.lexicons.edit(new Lexicons.Edit(t, w1.id(), w1.tag(), "a", false), tree -> {
            for (var gloss : tree.at("/senses/0/glosses"))
                if (gloss.path("lang").asText().equals("vi")) ((ObjectNode) gloss).put("text", "nước uống");
            return tree;
        });
        // the next edition of the table changes another field: both stay
        desk.take(
                "t", desk.file("words.csv", csv.replace("water", "fresh water").replace("w2,ƀuôn,buôn,village\n", "")));
        var now = desk.store.entry(t, w1.id()).orElseThrow().entry();
        assertEquals(
                java.util.Set.of("nước uống", "fresh water"),
                now.senses().get(0).glosses().stream()
                        .map(gloss -> gloss.text())
                        .collect(java.util.stream.Collectors.toSet()));
        assertEquals(2, desk.entries("t").size());
        var report = desk.export("t").write("tsv", home.resolve("out.tsv"), java.net.URI.create("http://x/"));
        assertEquals("[]", report.path("lost").toString());
        assertTrue(Files.readString(home.resolve("out.tsv")).contains("nước uống"));
    }

    @Test
    void everyFormatIsWrittenWithItsReport() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(SHARED));
        desk.take("all", SHARED.resolve("AllFLExFields/AllFLExFields.lift"));
        for (var format : LexiconExport.FORMATS) {
            var target = home.resolve("out-" + format + (format.equals("lift") ? ".zip" : ""));
            var report = desk.export("all").write(format, target, java.net.URI.create("http://x/"));
            assertTrue(Files.exists(target), format);
            assertEquals(
                    report.path("lost").isEmpty(),
                    Files.notExists(target.resolveSibling(target.getFileName() + ".loss.json")),
                    format);
            if (format.equals("lift")) assertEquals("[]", report.path("lost").toString());
        }
        try (var zip = new java.util.zip.ZipFile(home.resolve("out-lift.zip").toFile())) {
            assertTrue(zip.getEntry("AllFLExFields.lift-ranges") != null);
            assertTrue(zip.getEntry("WritingSystems/th.ldml") != null);
        }
        // a package of ours says itself what it was made from
        assertEquals(
                "unchanged",
                desk.take("all", home.resolve("out-lift.zip")).receipt().state());
    }

    @Test
    void aFileInAnotherEncodingComesBackInIt() throws Exception {
        var text = LIFT.replace("<?xml version='1.0'?>", "<?xml version='1.0' encoding='UTF-16'?>");
        var path = home.resolve("u16.lift");
        Files.write(path, text.getBytes(StandardCharsets.UTF_16LE));
        desk.take("u", path);
        assertArrayEquals(Files.readAllBytes(path), desk.bytes("u"));
        assertEquals("unchanged", desk.take("u", path).receipt().state());
    }

    @Test
    void cldfComesInWholeAndGoesOutWithItsIds() throws Exception {
        var cldf = SHARED.resolve("../dictionaria/daakaka");
        Assumptions.assumeTrue(Files.isDirectory(cldf));
        var outcome = desk.take("daakaka", cldf);
        assertEquals(2167, outcome.entries());
        assertEquals(0, outcome.failed());
        var out = home.resolve("daakaka-out");
        assertEquals(
                "[]",
                desk.export("daakaka")
                        .write("cldf", out, java.net.URI.create("http://x/"))
                        .path("lost")
                        .toString());
        for (var table : List.of("entries.csv", "senses.csv", "examples.csv"))
            assertEquals(ids(cldf.resolve(table)), ids(out.resolve(table)), table);
    }

    private static java.util.Set<String> ids(Path table) throws Exception {
        try (var lines = Files.lines(table)) {
            return lines.skip(1)
                    .filter(line -> line.matches("[A-Z]+[0-9]+,.*"))
                    .map(line -> line.substring(0, line.indexOf(',')))
                    .collect(java.util.stream.Collectors.toSet());
        }
    }
}
