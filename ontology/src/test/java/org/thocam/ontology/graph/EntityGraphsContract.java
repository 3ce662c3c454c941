package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thocam.ontology.graph.Reference.BASE;
import static org.thocam.ontology.graph.Reference.entity;
import static org.thocam.ontology.graph.Reference.tables;
import static org.thocam.ontology.graph.Reference.with;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.graph.Triple;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Access;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Mention;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Register;

/** The authority file in the graph, whole and edited. */
abstract class EntityGraphsContract {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final Viewer NOBODY = new Viewer(false, Set.of());

    abstract KnowledgeGraph open(String name, URI base, PartGraphs parts);

    private KnowledgeGraph open(Reference reference) {
        return open("g" + System.nanoTime(), URI.create(BASE), reference.graphs);
    }

    private static String dump(KnowledgeGraph graph) {
        var out = new ByteArrayOutputStream();
        graph.dump(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Set<Triple> held(KnowledgeGraph graph, String name) {
        return new HashSet<>(graph.itemGraph(graph.iri(AuthorityFile.ID, name), NOBODY, NOW)
                .map(found -> found.find().toList())
                .orElse(List.of()));
    }

    @Test
    void theStoreSaysWordForWordWhatIsDescribed() {
        var reference =
                new Reference(new Register(tables().all(), Reference.figures().subList(0, 500)));
        try (var graph = open(reference)) {
            graph.apply(List.of(reference.whole()), new Watermark("g", 1));
            var told = new ArrayList<PartGraphs.PartGraph>();
            reference.graphs.forEach(AuthorityFile.ID, told::add);
            assertTrue(told.size() > tables().all().size() + 30, "parts " + told.size());
            for (var part : told)
                assertEquals(
                        new HashSet<>(part.triples()), held(graph, part.part().partName()), part.part()::value);
            var before = dump(graph);
            graph.apply(List.of(reference.whole()), new Watermark("g", 2));
            assertEquals(before, dump(graph));
        }
    }

    @Test
    void everySubjectIsTheEntityOrBelowItAndNothingIsBlank() {
        for (var entity : tables().all()) {
            var self = BASE + "id/" + entity.id();
            for (var triple : EntityDescription.of(entity, BASE)) {
                assertTrue(triple.getSubject().isURI() && !triple.getObject().isBlank(), triple::toString);
                var subject = triple.getSubject().getURI();
                boolean own = subject.equals(self) || subject.startsWith(self + "#");
                assertTrue(own || triple.getObject().getURI().equals(self), triple::toString);
            }
        }
    }

    /** SOURCES.md: names under dated_names are for search and linking only. */
    @Test
    void aDatedNameIsNoLabel() {
        for (var entity : tables().all()) {
            var dated = new HashSet<>(entity.list("dated_names"));
            for (var triple : EntityDescription.of(entity, BASE)) {
                if (!triple.getObject().isLiteral()) continue;
                if (!dated.contains(triple.getObject().getLiteralLexicalForm())) continue;
                var property = triple.getPredicate().getURI();
                assertTrue(
                        Set.of(Vocabulary.SKOS + "hiddenLabel", Vocabulary.SKOSXL + "literalForm")
                                .contains(property),
                        triple::toString);
            }
        }
    }

    @Test
    void aGraphThatWasEditedStepByStepIsThatOfAFreshOne() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("EntityGraphsContract seed " + seed);
        var random = new Random(seed);
        var some = new ArrayList<>(tables().all());
        some.removeIf(entity -> !entity.id().startsWith("P") && random.nextInt(12) > 0);
        var figures = Reference.figures().subList(0, 200);
        var reference = new Reference(new Register(some, figures));
        try (var graph = open(reference)) {
            graph.apply(List.of(reference.whole()), new Watermark("g", 1));
            for (int step = 0; step < 20; step++) {
                var batch = new ArrayList<Snapshot>();
                for (int i = random.nextInt(4); i >= 0; i--) batch.add(change(reference, random));
                graph.apply(batch, new Watermark("g", 2 + step));
                if (step % 10 == 9) likeFresh(graph, reference, "seed " + seed + ", step " + step);
            }
        }
    }

    private static Snapshot change(Reference reference, Random random) {
        var now = List.copyOf(reference.register().all());
        var tables = List.copyOf(tables().all());
        switch (random.nextInt(12)) {
            case 0:
                return reference.replace(new Register(now, Reference.figures().subList(0, random.nextInt(300))));
            case 1, 2:
                return reference.remove(now.get(random.nextInt(now.size())).id());
            case 3, 4, 5:
                return reference.edit(tables.get(random.nextInt(tables.size())));
            default:
                var entity = now.get(random.nextInt(now.size()));
                var columns = entity.kind().columns();
                var column = columns.get(random.nextInt(columns.size()));
                var other = tables.stream()
                        .filter(one -> one.kind() == entity.kind())
                        .skip(random.nextInt(10))
                        .findFirst()
                        .orElseThrow();
                return reference.edit(with(entity, column.name(), other.text(column.name())));
        }
    }

    private void likeFresh(KnowledgeGraph graph, Reference reference, String when) {
        try (var fresh = open(reference)) {
            fresh.apply(List.of(reference.whole()), new Watermark("g", 1));
            assertEquals(lines(fresh), lines(graph), when);
            assertEquals(dump(graph).lines().count(), graph.triples(), when);
        }
    }

    private static String lines(KnowledgeGraph graph) {
        return Arrays.stream(dump(graph).split("\n")).sorted().collect(Collectors.joining("\n"));
    }

    @Test
    void whatFollowsFromPlacesChangesWithAPlace() {
        var reference = new Reference(new Register(tables().of(EntityKind.PLACE), List.of()));
        try (var graph = open(reference)) {
            graph.apply(List.of(reference.whole()), new Watermark("g", 1));
            var district = tables().all().stream()
                    .filter(entity -> entity.list("part_of").contains("P63-06"))
                    .findFirst()
                    .map(Entity::id)
                    .orElseThrow();
            var within = Triple.create(
                    Words.iri(BASE + "id/" + district), Words.ours("within"), Words.iri(BASE + "id/P34-19"));
            assertTrue(held(graph, "inferred").contains(within));
            graph.apply(List.of(reference.edit(with(entity(district), "part_of", ""))), new Watermark("g", 2));
            assertFalse(held(graph, "inferred").contains(within));
        }
    }

    @Test
    void eachRoomIsAskedForItsOwn() {
        var reference = new Reference(new Register(List.of(entity("FE001")), List.of()));
        var rooms = PartGraphs.of(List.of(reference.graphs, PartGraphs.NONE));
        assertTrue(rooms.shows(reference.whole().change()));
        assertTrue(rooms.one(AuthorityFile.ID.part("FE001")).isPresent());
        assertTrue(rooms.one(new ItemId("other").part("FE001")).isEmpty());
        assertFalse(rooms.shows(Made.shown(1, Made.item("other")).change()));
        assertEquals(2, rooms.alongside(AuthorityFile.ID.part("P34-19")).size());
        assertEquals(0, rooms.alongside(new ItemId("other").part("P34-19")).size());
    }

    @Test
    void anItemSaysWhatItNamesAndTheEntityWhereItIsNamed() {
        var reference = new Reference(new Register(List.of(entity("FE001"), entity("EG02")), List.of()));
        try (var graph = open(reference)) {
            var a = new Mention("text", 0, 5, "Ba Bể", "FE001", 0.875, List.of("exact"), Mention.Review.FOUND);
            var b = new Mention("title@vi", 0, 5, "Ba Bể", "FE001", 0.5, List.of("exact"), Mention.Review.CONFIRMED);
            var open = snapshot("open", Access.OPEN, List.of(a, b));
            var closed = snapshot("closed", new Access.Restricted(List.of("tay")), List.of(a));
            graph.apply(List.of(reference.whole(), open, closed), new Watermark("g", 1));
            var festival = BASE + "id/FE001";
            assertEquals(
                    new KnowledgeGraph.MentionedIn(List.of(new ItemId("open")), 1),
                    graph.mentionedIn(festival, NOBODY, NOW, 10));
            assertEquals(
                    2,
                    graph.mentionedIn(festival, new Viewer(false, Set.of("tay")), NOW, 1)
                            .count());
            var otherwise = snapshot("open", Access.OPEN, List.of(a));
            assertEquals(List.of(otherwise), graph.linkedOtherwise(List.of(open, otherwise, closed)));
            var node = graph.itemGraph(new ItemId("open"))
                    .find(Words.iri(BASE + "id/open#mention-FE001"), null, null)
                    .toList();
            var said =
                    node.stream().map(triple -> triple.getObject().toString()).collect(Collectors.toSet());
            assertTrue(said.toString().contains("0.875"), said::toString);
            assertTrue(said.toString().contains("confirmed"), said::toString);
            assertEquals("", graph.linkedWith());
            graph.linkedWith("edition 1");
            assertEquals("edition 1", graph.linkedWith());
            graph.apply(List.of(snapshot("open", Access.OPEN, List.of())), new Watermark("g", 2));
            assertEquals(0, graph.mentionedIn(festival, NOBODY, NOW, 10).count());
        }
    }

    private static Snapshot snapshot(String id, Access access, List<Mention> mentions) {
        var shown = Made.shown(1, Made.item(id, "title", access));
        return new Snapshot(shown.change(), shown.holding(), "", mentions);
    }
}
