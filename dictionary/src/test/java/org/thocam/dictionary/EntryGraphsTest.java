package org.thocam.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.exec.QueryExec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.dictionary.entry.Sense;
import org.thocam.ontology.Change;
import org.thocam.ontology.Content;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.graph.KnowledgeGraph;

/** A real store and a real graph: SPARQL counts what the dictionary says, for whoever may see it. */
class EntryGraphsTest {
    private static final Path SHARED =
            Path.of(System.getProperty("thocam.root", ".."), "../shared/data/dictionary/lift");
    private static final String BASE = "http://library.example/";
    private static final ItemId RAD = new ItemId("rad");
    private static final EntryId G1 = new EntryId("g1");
    private static final Viewer MEMBER = new Viewer(false, Set.of("ede"));
    private static final String ONTOLEX = "PREFIX ontolex: <http://www.w3.org/ns/lemon/ontolex#>"
            + " PREFIX lime: <http://www.w3.org/ns/lemon/lime#> PREFIX dcterms: <http://purl.org/dc/terms/>"
            + " PREFIX skos: <http://www.w3.org/2004/02/skos/core#> ";

    @TempDir
    Path home;

    private Desk desk;
    private KnowledgeGraph graph;

    @BeforeEach
    void open() throws Exception {
        desk = new Desk(home);
        graph = opened("graph");
    }

    private KnowledgeGraph opened(String name) {
        return KnowledgeGraph.open(home.resolve(name), URI.create(BASE), new EntryGraphs(desk.store, desk.log, BASE));
    }

    @AfterEach
    void close() throws Exception {
        graph.close();
        desk.close();
    }

    private static String entry(String id, String word, String... senses) {
        var text = new StringBuilder("<entry id='" + word + "' guid='" + id + "'><lexical-unit><form lang='rad'><text>"
                + word + "</text></form></lexical-unit>");
        for (var sense : senses)
            text.append("<sense id='" + sense + "'><gloss lang='vi'><text>nghĩa " + sense + "</text></gloss></sense>");
        return text.append("</entry>").toString();
    }

    private Path lift(String... entries) throws Exception {
        return desk.file("rad.lift", "<lift version='0.13'>" + String.join("\n", entries) + "</lift>");
    }

    private void caughtUp() throws Exception {
        caughtUp(graph);
    }

    /** As the engine does it: the store first, then what it shows. */
    private void caughtUp(KnowledgeGraph view) throws Exception {
        assertTrue(desk.catchUp.await(desk.log.last(), Duration.ofSeconds(30)), desk.catchUp.fault());
        var batch = new ArrayList<Snapshot>();
        for (var change : desk.log.after(view.watermark().seq(), 1000))
            if (!view.passesBy(change))
                batch.add(new Snapshot(
                        change,
                        desk.archive
                                .read(change.id(), change.version())
                                .orElseThrow()
                                .holding(),
                        ""));
        view.apply(batch, new Watermark("g", desk.log.last()));
    }

    private long count(String pattern, Viewer viewer) {
        var visible = graph.visibleTo(viewer, Instant.now());
        visible.begin(TxnType.READ);
        try (var query = QueryExec.dataset(visible)
                .query(ONTOLEX + "SELECT (COUNT(DISTINCT ?x) AS ?n) {" + pattern + "}")
                .build()) {
            return Long.parseLong(query.select().next().get("n").getLiteralLexicalForm());
        } finally {
            visible.end();
        }
    }

    private String counted(String lexicon, Viewer viewer) {
        var in = "<" + BASE + "id/" + lexicon + "> lime:entry ?e . ";
        return count(in + "?e a ontolex:LexicalEntry . BIND(?e AS ?x)", viewer) + " "
                + count(in + "?e ontolex:sense ?x . ?x a ontolex:LexicalSense", viewer) + " "
                + count(in + "?e ontolex:canonicalForm|ontolex:otherForm ?x . ?x a ontolex:Form", viewer);
    }

    private String said(String lexicon) throws Exception {
        long entries = 0;
        long senses = 0;
        long forms = 0;
        for (var kept : desk.entries(lexicon)) {
            var shown = kept.asPublished();
            if (shown.isEmpty()) continue;
            var entry = shown.get().entry();
            entries++;
            senses += entry.senses().stream().mapToLong(EntryGraphsTest::senses).sum();
            forms += entry.variants().size()
                    + (entry.citation().isEmpty() ? 0 : 1)
                    + (entry.lexicalUnit().isEmpty() && entry.pronunciations().isEmpty() ? 0 : 1);
        }
        return entries + " " + senses + " " + forms;
    }

    private static long senses(Sense sense) {
        return 1 + sense.subsenses().stream().mapToLong(EntryGraphsTest::senses).sum();
    }

    private void agree(String expected) throws Exception {
        caughtUp();
        assertEquals(expected, said("rad"));
        assertEquals(expected, counted("rad", Viewer.ANYBODY));
        assertEquals(dump(graph).lines().count(), graph.triples());
        try (var fresh = opened("fresh" + System.nanoTime())) {
            caughtUp(fresh);
            assertEquals(dump(fresh), dump(graph));
            assertEquals(fresh.triples(), graph.triples());
            assertEquals(held(fresh), held(graph));
            assertEquals(fresh.triples(Viewer.ANYBODY, Instant.now()), graph.triples(Viewer.ANYBODY, Instant.now()));
        }
        assertEquals(expectedHeld(), held(graph));
    }

    private static String dump(KnowledgeGraph graph) {
        var out = new ByteArrayOutputStream();
        graph.dump(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Set<String> held(KnowledgeGraph graph) {
        var held = new TreeSet<String>();
        graph.forEachHeld((id, version) -> held.add(id + " " + version.number()));
        return held;
    }

    /** What a verification asks for. */
    private Set<String> expectedHeld() {
        var held = new TreeSet<String>();
        var heads = new ArrayList<>(desk.log.heads(null, 1000));
        heads.addAll(desk.log.parts(null, 1000));
        for (var head : heads)
            if (head.kind() == Change.Kind.DEPOSITED && graph.holds(head))
                held.add(head.id() + " " + head.version().number());
        return held;
    }

    private Edited edit(EntryId id, Consumer<ObjectNode> change) {
        return desk.lexicons.edit(
                new Lexicons.Edit(
                        RAD, id, desk.store.entry(RAD, id).orElseThrow().tag(), "H'Linh", false),
                tree -> {
                    change.accept(tree);
                    return tree;
                });
    }

    @Test
    void countsEqualTheDictionarysWhateverBecomesOfIt() throws Exception {
        desk.take("rad", lift(entry("g1", "êa", "s1", "s2"), entry("g2", "ƀuôn", "s3")));
        agree("2 3 2");
        var gloss = "?s a ontolex:LexicalSense ; ?p ?x . FILTER(STR(?x) = 'nước')";
        assertInstanceOf(
                Edited.Done.class, edit(G1, tree -> ((ObjectNode) tree.at("/senses/0/glosses/0")).put("text", "nước")));
        agree("2 3 2");
        assertEquals(1, count(gloss, Viewer.ANYBODY));
        edit(G1, tree -> tree.withArray("/senses").remove(1));
        agree("2 2 2");
        desk.lexicons.delete(new Lexicons.Edit(
                RAD, G1, desk.store.entry(RAD, G1).orElseThrow().tag(), "H'Linh", false));
        agree("1 1 1");
        desk.take("rad", lift(entry("g2", "ƀuôn", "s3"), entry("g4", "čư̆", "s5", "s6"), entry("g5", "kdiê")));
        agree(said("rad"));
        assertEquals(said("rad"), counted("rad", Viewer.ANYBODY));
        withdraw();
        caughtUp();
        assertEquals("0 0 0", counted("rad", Viewer.EVERYTHING));
        assertEquals("", dump(graph));
        assertEquals(0, graph.triples());
        assertEquals(Set.of(), held(graph));
    }

    private void withdraw() {
        desk.depositor.withdraw(RAD, Optional.empty(), "test", "tester").join();
    }

    @Test
    void aDraftUnderReviewIsNotThere() throws Exception {
        desk.take("rad", lift(entry("g1", "êa", "s1"), entry("g2", "ƀuôn", "s3")));
        desk.lexicons.settings(
                RAD, LexiconSettings.of(new ObjectMapper().readTree("{\"review\":true}"), Version.NONE), "admin");
        edit(G1, tree -> ((ObjectNode) tree.at("/senses/0/glosses/0")).put("text", "nháp"));
        var fresh = desk.lexicons.create(
                RAD,
                (ObjectNode) new ObjectMapper().readTree("{\"lexicalUnit\":{\"rad\":\"mơ̆ng\"}}"),
                Optional.empty(),
                "H'Linh",
                false);
        agree("2 2 2");
        assertEquals(0, count("?x ?p ?o FILTER(STR(?o) = 'nháp')", Viewer.EVERYTHING));
        for (var state : List.of(ReviewState.PROPOSED, ReviewState.REVIEWED, ReviewState.PUBLISHED))
            for (var id : List.of(G1, fresh.entry().id()))
                desk.lexicons.review(
                        new Lexicons.Edit(
                                RAD, id, desk.store.entry(RAD, id).orElseThrow().tag(), "r", false),
                        state);
        agree("3 2 3");
        assertTrue(count("?x ?p ?o FILTER(STR(?o) = 'nháp')", Viewer.ANYBODY) > 0);
    }

    private void restrict(String access) throws Exception {
        var item = (Item) desk.archive.head(RAD).orElseThrow().holding();
        var json = ItemJson.json(item);
        json.remove("files");
        json.remove("digest");
        json.remove("source");
        json.set("access", new ObjectMapper().readTree(access));
        var contents = new HashMap<String, Content>();
        item.files().forEach(file -> contents.put("files/" + file.name(), new Content.Kept()));
        var changed = ItemJson.entry(json).item().withFiles(item.files());
        desk.depositor.keep(changed, contents, Optional.empty(), "tester").join();
    }

    @Test
    void whoMayNotSeeTheDictionarySeesNothingOfItsEntries() throws Exception {
        desk.take("rad", lift(entry("g1", "êa", "s1", "s2"), entry("g2", "ƀuôn", "s3")));
        agree("2 3 2");
        restrict("{\"level\":\"restricted\",\"communities\":[\"ede\"]}");
        caughtUp();
        assertEquals("0 0 0", counted("rad", Viewer.ANYBODY));
        assertEquals(0, count("?x ?p ?o", Viewer.ANYBODY));
        assertEquals("2 3 2", counted("rad", MEMBER));
        var iri = graph.iri(RAD, "g1");
        assertTrue(graph.itemGraph(iri, Viewer.ANYBODY, Instant.now()).isEmpty());
        assertTrue(graph.itemGraph(iri, MEMBER, Instant.now()).isPresent());
        edit(G1, tree -> ((ObjectNode) tree.at("/senses/0/glosses/0")).put("text", "nước"));
        caughtUp();
        assertEquals(0, count("?x ?p ?o", Viewer.ANYBODY));
        graph.close();
        graph = opened("graph");
        assertEquals(0, count("?x ?p ?o", Viewer.ANYBODY));
        assertEquals("2 3 2", counted("rad", MEMBER));
        restrict("\"open\"");
        caughtUp();
        assertEquals(said("rad"), counted("rad", Viewer.ANYBODY));
    }

    /** What was written under a restriction that the graph has not reached yet is not shown under the access of before. */
    @Test
    void anEditMadeAfterARestrictionWaitsForIt() throws Exception {
        desk.take("rad", lift(entry("g1", "êa", "s1")));
        caughtUp();
        edit(G1, tree -> ((ObjectNode) tree.at("/senses/0/glosses/0")).put("text", "trước"));
        long before = desk.log.last();
        restrict("{\"level\":\"restricted\",\"communities\":[\"ede\"]}");
        edit(G1, tree -> ((ObjectNode) tree.at("/senses/0/glosses/0")).put("text", "sau"));
        assertTrue(desk.catchUp.await(desk.log.last(), Duration.ofSeconds(30)));
        var first = desk.log.after(graph.watermark().seq(), 1000).get(0);
        assertTrue(first.seq() <= before && first.isPart());
        var holding =
                desk.archive.read(first.id(), first.version()).orElseThrow().holding();
        graph.apply(List.of(new Snapshot(first, holding, "")), new Watermark("g", first.seq()));
        assertEquals(0, count("?x ?p ?o FILTER(STR(?o) = 'sau')", Viewer.EVERYTHING));
        assertEquals("1 1 1", counted("rad", Viewer.ANYBODY));
        caughtUp();
        assertTrue(count("?x ?p ?o FILTER(STR(?o) = 'sau')", MEMBER) > 0);
        assertEquals(0, count("?x ?p ?o", Viewer.ANYBODY));
    }

    @Test
    void itemsPointToSensesAndAreFoundFromThem() throws Exception {
        desk.take("rad", lift(entry("g1", "êa", "s1"), entry("g2", "ƀuôn", "s3")));
        for (var record : List.of(
                "{\"id\":\"fest\",\"title\":\"Lễ cúng bến nước\",\"about\":[\"rad/g1#sense-s1\"]}",
                "{\"id\":\"secret\",\"title\":\"x\",\"about\":[\"http://library.example/id/rad/g1\"],\"access\":\"restricted\"}"))
            desk.depositor
                    .take(
                            new Submission(
                                    ItemJson.entry(ItemJson.parse(record)).item(), Optional.empty(), List.of(), "t"),
                            Optional.empty(),
                            "tester")
                    .join();
        caughtUp();
        var iri = graph.iri(RAD, "g1");
        assertEquals(
                List.of(new KnowledgeGraph.Pointer(new ItemId("fest"), iri + "#sense-s1")),
                graph.about(iri, Viewer.ANYBODY, Instant.now(), 10));
        assertEquals(2, graph.about(iri, Viewer.EVERYTHING, Instant.now(), 10).size());
        assertEquals(1, graph.about(iri, Viewer.EVERYTHING, Instant.now(), 1).size());
        assertEquals(
                1, count("?x dcterms:subject ?s . ?s a ontolex:LexicalSense . ?e ontolex:sense ?s", Viewer.ANYBODY));
    }

    @Test
    void realDictionariesCountTheSame() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(SHARED));
        int n = 0;
        for (var folder : List.of("biatah", "tuwari", "AllFLExFields", "small"))
            try (var files = Files.walk(SHARED.resolve(folder))) {
                for (var file : files.filter(path -> path.toString().endsWith(".lift")
                                && !path.toString().contains("InvalidXml"))
                        .toList()) desk.take("d" + n++, file);
            }
        caughtUp();
        for (int i = 0; i < n; i++) assertEquals(said("d" + i), counted("d" + i, Viewer.ANYBODY), "d" + i);
        assertEquals(dump(graph).lines().count(), graph.triples());
    }
}
