package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thocam.ontology.graph.Made.item;
import static org.thocam.ontology.graph.Made.shown;
import static org.thocam.ontology.graph.Made.withdrawn;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.jena.graph.Node;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.exec.QueryExec;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Access;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/** What every knowledge graph does, wherever its store is. */
abstract class KnowledgeGraphContract {
    static final URI BASE = URI.create("http://127.0.0.1:8080/");
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    static final Viewer MEMBER = new Viewer(false, Set.of("thai"));
    static final Access TO_THAI = new Access.Restricted(List.of("thai"));

    /** The graph of this name, each time anew: what was written to it is there. */
    abstract KnowledgeGraph open(String name, URI base);

    @Test
    void anItemIsShownAndWithdrawn() {
        try (var graph = open("graph", BASE)) {
            assertEquals(Watermark.NONE, graph.watermark());
            graph.apply(List.of(shown(1, item("a")), shown(1, item("b"))), new Watermark("g", 2));
            assertEquals(2 * graph.itemGraph(new ItemId("a")).size(), graph.triples());
            graph.apply(List.of(withdrawn(2, "a")), new Watermark("g", 3));
            assertEquals(Map.of("b", 1L), held(graph));
            assertTrue(graph.itemGraph(new ItemId("a")).isEmpty());
            assertEquals(graph.itemGraph(new ItemId("b")).size(), graph.triples());
            assertEquals(new Watermark("g", 3), graph.watermark());
            graph.clear();
            assertEquals(Watermark.NONE, graph.watermark());
            assertEquals(0, graph.triples());
            assertEquals("", dump(graph));
        }
    }

    @Test
    void theSameChangesAgainMakeNoDifference() {
        try (var graph = open("graph", BASE)) {
            var batch = List.of(shown(1, item("a")), withdrawn(2, "a"), shown(1, item("b")), shown(2, item("b")));
            graph.apply(batch, new Watermark("g", 4));
            var once = dump(graph);
            graph.apply(batch, new Watermark("g", 4));
            assertEquals(once, dump(graph));
            assertEquals(Map.of("b", 2L), held(graph));
        }
    }

    @Test
    void everyTripleBelongsToOneItemAndNoneIsBlank() {
        try (var graph = open("graph", BASE)) {
            graph.apply(List.of(shown(1, item("a"))), new Watermark("g", 1));
            graph.itemGraph(new ItemId("a")).find().forEachRemaining(triple -> {
                assertTrue(
                        triple.getSubject().getURI().matches("http://127.0.0.1:8080/id/a([#/].*)?"), triple.toString());
                assertTrue(!triple.getObject().isBlank());
            });
        }
    }

    @Test
    void whatWasWrittenByDifferenceIsWhatTheLastStatesAloneWouldGive() {
        long seed = System.nanoTime();
        System.out.println("KnowledgeGraphContract seed " + seed);
        var random = new Random(seed);
        var last = new TreeMap<String, Snapshot>();
        try (var edited = open("edited", BASE);
                var fresh = open("fresh", BASE)) {
            for (int batch = 1; batch <= 30; batch++) {
                var changes = new ArrayList<Snapshot>();
                for (int i = 0; i < 1 + random.nextInt(12); i++) {
                    var id = "item" + random.nextInt(25);
                    long version = last.containsKey(id)
                            ? last.get(id).change().version().number() + 1
                            : 1;
                    var change = random.nextInt(5) == 0
                            ? withdrawn(version, id)
                            : shown(version, item(id, "title " + random.nextInt(3), anyAccess(random)));
                    changes.add(change);
                    last.put(id, change);
                }
                edited.apply(changes, new Watermark("g", batch));
            }
            fresh.apply(List.copyOf(last.values()), new Watermark("g", 30));
            assertEquals(dump(fresh), dump(edited), "seed " + seed);
            assertEquals(fresh.triples(), edited.triples(), "seed " + seed);
            assertEquals(dump(edited).lines().count(), edited.triples(), "seed " + seed);
            assertEquals(held(fresh), held(edited), "seed " + seed);
            for (var viewer : List.of(Viewer.ANYBODY, MEMBER, Viewer.EVERYTHING))
                assertEquals(visible(fresh, viewer, NOW), visible(edited, viewer, NOW), "seed " + seed);
        }
    }

    @Test
    void whoMaySeeWhatSurvivesClosing() {
        try (var graph = open("graph", BASE)) {
            graph.apply(threeItems(), new Watermark("g", 7));
        }
        try (var graph = open("graph", BASE)) {
            assertEquals(new Watermark("g", 7), graph.watermark());
            assertEquals(Set.of("open"), visible(graph, Viewer.ANYBODY, NOW));
            assertEquals(Set.of("open", "thai"), visible(graph, MEMBER, NOW));
            assertEquals(Set.of("open", "thai", "later"), visible(graph, Viewer.EVERYTHING, NOW));
        }
    }

    @Test
    void anEmbargoEndsByItselfWhenTheDayBeginsInVietNam() {
        try (var graph = open("graph", BASE)) {
            graph.apply(threeItems(), new Watermark("g", 7));
            var end = Instant.parse("2029-12-31T17:00:00Z");
            assertEquals(Set.of("open"), visible(graph, Viewer.ANYBODY, end.minusSeconds(1)));
            assertEquals(Set.of("open", "later"), visible(graph, Viewer.ANYBODY, end));
            assertTrue(graph.itemGraph(BASE + "id/later", Viewer.ANYBODY, end.minusSeconds(1))
                    .isEmpty());
            assertTrue(graph.itemGraph(BASE + "id/later", Viewer.ANYBODY, end).isPresent());
            assertTrue(graph.itemGraph("urn:x-thocam:graph", Viewer.EVERYTHING, end)
                    .isEmpty());
        }
    }

    @Test
    void anAbortedBatchChangesNothing() {
        try (var graph = open("graph", BASE)) {
            graph.apply(threeItems(), new Watermark("g", 7));
            var before = dump(graph);
            var changes = new ArrayList<>(List.of(shown(2, item("thai")), withdrawn(2, "open")));
            changes.add(new Snapshot(changes.get(0).change().at(9), null, ""));
            assertThrows(RuntimeException.class, () -> graph.apply(changes, new Watermark("g", 9)));
            var failing = List.of(shown(2, item("thai")), withdrawn(2, "open"));
            assertThrows(RuntimeException.class, () -> graph.apply(failing, new Watermark(null, 9)));
            assertEquals(before, dump(graph));
            assertEquals(new Watermark("g", 7), graph.watermark());
            assertEquals(Set.of("open"), visible(graph, Viewer.ANYBODY, NOW));
        }
        try (var graph = open("graph", BASE)) {
            assertEquals(new Watermark("g", 7), graph.watermark());
            assertEquals(Set.of("open", "thai"), visible(graph, MEMBER, NOW));
        }
    }

    @Test
    void anotherBaseEmptiesTheGraphSoThatItIsMadeAgain() {
        try (var graph = open("graph", BASE)) {
            graph.apply(threeItems(), new Watermark("g", 7));
        }
        try (var graph = open("graph", URI.create("https://archive.example/"))) {
            assertEquals(Watermark.NONE, graph.watermark());
            assertEquals(Set.of(), visible(graph, Viewer.EVERYTHING, NOW));
        }
    }

    @Test
    void aReaderNeverSeesAnItemBetweenTwoStates() throws Exception {
        try (var graph = open("graph", BASE)) {
            // The title "secret" stands in restricted states only: whoever sees it as anybody sees a state with
            // another's list.
            graph.apply(List.of(shown(1, item("a", "secret", TO_THAI))), new Watermark("g", 1));
            var leaks = new ArrayList<String>();
            var reading = new AtomicBoolean(true);
            var reader = new Thread(() -> {
                while (reading.get()) {
                    var titles = visibleTitles(graph, Viewer.ANYBODY);
                    if (titles.contains("secret")) leaks.add(titles.toString());
                }
            });
            reader.start();
            for (int i = 2; i < 60; i++)
                graph.apply(
                        List.of(shown(i, i % 2 == 0 ? item("a", "public", Access.OPEN) : item("a", "secret", TO_THAI))),
                        new Watermark("g", i));
            reading.set(false);
            reader.join();
            assertEquals(List.of(), leaks);
        }
    }

    @Test
    void theVisibleDatasetCannotBeWritten() {
        try (var graph = open("graph", BASE)) {
            graph.apply(threeItems(), new Watermark("g", 7));
            var visible = graph.visibleTo(Viewer.EVERYTHING, NOW);
            assertThrows(RuntimeException.class, () -> visible.begin(TxnType.WRITE));
            visible.begin(TxnType.READ);
            try {
                assertThrows(
                        RuntimeException.class, () -> visible.getDefaultGraph().delete(null, null, null));
                assertThrows(RuntimeException.class, visible::clear);
                assertThrows(RuntimeException.class, () -> visible.deleteAny(Node.ANY, Node.ANY, Node.ANY, Node.ANY));
            } finally {
                visible.end();
            }
        }
    }

    @Test
    void whatTheGraphSaysOfItselfCannotBeAsked() {
        try (var graph = open("graph", BASE)) {
            graph.apply(threeItems(), new Watermark("g", 7));
            for (var where :
                    List.of("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }", "GRAPH <urn:x-arq:DefaultGraph> { ?s ?p ?o }"))
                assertTrue(answers(graph, Viewer.EVERYTHING, NOW, "SELECT (str(?o) AS ?x) { " + where + " }").stream()
                        .noneMatch(value -> value.contains("x-thocam")));
        }
    }

    static List<Snapshot> threeItems() {
        return List.of(
                shown(1, item("open")),
                shown(1, item("thai", "t", TO_THAI)),
                shown(1, item("later", "l", new Access.Embargoed(LocalDate.of(2030, 1, 1), List.of()))));
    }

    static Access anyAccess(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Access.Restricted(List.of());
            case 1 -> new Access.Restricted(random.nextBoolean() ? List.of("thai", "ede") : List.of("ede"));
            case 2 -> new Access.Embargoed(LocalDate.of(2020 + random.nextInt(20), 1, 1), List.of("thai"));
            default -> Access.OPEN;
        };
    }

    static Map<String, Long> held(KnowledgeGraph graph) {
        var held = new TreeMap<String, Long>();
        graph.forEachHeld((id, version) -> held.put(id.value(), version.number()));
        return held;
    }

    static Set<String> visible(KnowledgeGraph graph, Viewer viewer, Instant now) {
        return Set.copyOf(
                answers(
                        graph,
                        viewer,
                        now,
                        """
                SELECT ?x { ?item a <http://www.europeana.eu/schemas/edm/ProvidedCHO>
                            BIND(strafter(str(?item), "/id/") AS ?x) }"""));
    }

    static Set<String> visibleTitles(KnowledgeGraph graph, Viewer viewer) {
        return Set.copyOf(answers(graph, viewer, NOW, "SELECT ?x { ?s <http://purl.org/dc/terms/title> ?x }"));
    }

    static List<String> answers(KnowledgeGraph graph, Viewer viewer, Instant now, String query) {
        var dataset = graph.visibleTo(viewer, now);
        dataset.begin(TxnType.READ);
        try (var execution = QueryExec.dataset(dataset).query(query).build()) {
            var found = new ArrayList<String>();
            execution.select().forEachRemaining(row -> found.add(row.get("x").getLiteralLexicalForm()));
            return found;
        } finally {
            dataset.end();
        }
    }

    static String dump(KnowledgeGraph graph) {
        var out = new ByteArrayOutputStream();
        graph.dump(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
