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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/** What items consist of: brought in several transactions, and stopped between them. */
abstract class PartGraphsContract {
    private static final URI BASE = URI.create("http://127.0.0.1:8080/");
    private static final ItemId D = new ItemId("d");
    private static final Access CLOSED = new Access.Restricted(List.of("thai"));
    private static final Viewer MEMBER = new Viewer(false, Set.of("thai"));

    /** The graph of this name, which brings three parts at a time. */
    abstract KnowledgeGraph open(String name, URI base, PartGraphs parts);

    private final Words words = new Words();

    /** Words by name, as a dictionary would tell them. */
    private static final class Words implements PartGraphs {
        final TreeMap<String, String> now = new TreeMap<>();
        int stopAfter = Integer.MAX_VALUE;
        int currentFor = Integer.MAX_VALUE;

        void say(int from, int to, String text) {
            for (int i = from; i < to; i++) now.put("w" + i, text + i);
        }

        @Override
        public boolean shows(Change change) {
            return change.id().whole().equals(D) && change.kind() == Change.Kind.DEPOSITED;
        }

        @Override
        public boolean isCurrent(ItemId whole, Version version) {
            return currentFor-- > 0;
        }

        @Override
        public String name(ItemId part) {
            return part.partName().substring("entry.".length());
        }

        @Override
        public void forEach(ItemId whole, Predicate<PartGraph> more) {
            int told = 0;
            for (var name : now.keySet()) {
                if (told++ == stopAfter) throw new IllegalStateException("pulled the plug");
                if (!more.test(one(D.part("entry." + name)).orElseThrow())) return;
            }
        }

        @Override
        public Optional<PartGraph> one(ItemId part) {
            var text = now.get(name(part));
            if (text == null) return Optional.empty();
            var self = NodeFactory.createURI(BASE + "id/d/" + name(part));
            var says = NodeFactory.createURI("urn:says");
            return Optional.of(new PartGraph(
                    part,
                    new Version(text.startsWith("edited") ? 1 : 0),
                    List.of(
                            Triple.create(self, says, NodeFactory.createLiteralString(text)),
                            Triple.create(self, says, NodeFactory.createLiteralString("always")))));
        }
    }

    private KnowledgeGraph open(String name) {
        return open(name, BASE, words);
    }

    private static String dump(KnowledgeGraph graph) {
        var out = new ByteArrayOutputStream();
        graph.dump(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean sees(KnowledgeGraph graph, String name, Viewer viewer) {
        return graph.itemGraph(graph.iri(D, name), viewer, Instant.now()).isPresent();
    }

    private void likeFresh(KnowledgeGraph graph, Access access, long version) {
        try (var fresh = open("fresh" + System.nanoTime())) {
            fresh.apply(List.of(shown(version, item("d", "words", access))), new Watermark("g", 9));
            assertEquals(dump(fresh), dump(graph));
            assertEquals(dump(graph).lines().count(), graph.triples());
            assertEquals(graph.triples(), graph.triples(Viewer.EVERYTHING, Instant.now()));
            assertEquals(
                    access.equals(Access.OPEN) ? graph.triples() : 0, graph.triples(Viewer.ANYBODY, Instant.now()));
        }
    }

    @Test
    void theDifferenceIsWrittenAndWhatIsGoneGoes() {
        try (var graph = open("graph")) {
            words.say(0, 10, "first");
            graph.apply(List.of(shown(1, item("d", "words", Access.OPEN))), new Watermark("g", 1));
            likeFresh(graph, Access.OPEN, 1);
            words.now.clear();
            words.say(5, 17, "second");
            words.now.put("w6", "edited");
            graph.apply(List.of(shown(2, item("d", "words", Access.OPEN))), new Watermark("g", 2));
            likeFresh(graph, Access.OPEN, 2);
            var held = new TreeMap<String, Long>();
            graph.forEachHeld((id, version) -> held.put(id.value(), version.number()));
            assertEquals("{d=2, d/entry.w6=1}", held.toString());
            words.now.clear();
            graph.apply(List.of(withdrawn(3, "d")), new Watermark("g", 3));
            assertEquals("", dump(graph));
            assertEquals(0, graph.triples());
        }
    }

    @Test
    void whatWasStoppedGoesOnAndShowsNobodyMoreMeanwhile() {
        words.say(0, 10, "secret");
        try (var graph = open("graph")) {
            graph.apply(List.of(shown(1, item("d", "words", CLOSED))), new Watermark("g", 1));
            words.say(0, 10, "public");
            words.stopAfter = 7;
            var opened = List.of(shown(2, item("d", "words", Access.OPEN)));
            assertThrows(IllegalStateException.class, () -> graph.apply(opened, new Watermark("g", 2)));
            assertEquals(new Watermark("g", 1), graph.watermark());
        }
        words.stopAfter = Integer.MAX_VALUE;
        try (var graph = open("graph")) {
            assertTrue(!sees(graph, "w0", Viewer.ANYBODY) && sees(graph, "w9", MEMBER));
            assertTrue(dump(graph).contains("public0") && dump(graph).contains("secret9"));
            graph.apply(List.of(shown(2, item("d", "words", Access.OPEN))), new Watermark("g", 2));
            assertTrue(sees(graph, "w0", Viewer.ANYBODY));
            likeFresh(graph, Access.OPEN, 2);
        }
    }

    @Test
    void aRestrictionHoldsBeforeTheEntriesAreRead() {
        words.say(0, 10, "public");
        try (var graph = open("graph")) {
            graph.apply(List.of(shown(1, item("d", "words", Access.OPEN))), new Watermark("g", 1));
            words.stopAfter = 0;
            var closed = List.of(shown(2, item("d", "words", CLOSED)));
            assertThrows(IllegalStateException.class, () -> graph.apply(closed, new Watermark("g", 2)));
            assertTrue(!sees(graph, "w0", Viewer.ANYBODY) && sees(graph, "w0", MEMBER));
        }
    }

    @Test
    void whatALaterVersionSaysWaitsForIt() {
        words.say(0, 10, "public");
        try (var graph = open("graph")) {
            graph.apply(List.of(shown(1, item("d", "words", Access.OPEN))), new Watermark("g", 1));
            words.say(0, 10, "secret");
            words.currentFor = 0;
            var part = new Part(D.part("entry.w1"), java.util.Map.of(), "");
            graph.apply(List.of(shown(1, part)), new Watermark("g", 2));
            graph.apply(List.of(shown(2, item("d", "words", Access.OPEN))), new Watermark("g", 3));
            assertTrue(!dump(graph).contains("secret"), dump(graph));
            words.currentFor = Integer.MAX_VALUE;
            graph.apply(List.of(shown(3, item("d", "words", CLOSED))), new Watermark("g", 4));
            assertTrue(dump(graph).contains("secret1") && !sees(graph, "w1", Viewer.ANYBODY));
        }
    }
}
