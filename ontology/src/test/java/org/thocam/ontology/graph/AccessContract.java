package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.TxnType;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/** What a viewer sees is what the archive's items allow, whatever came before, with parts that say the same as others do. */
abstract class AccessContract {
    private static final URI BASE = URI.create("http://127.0.0.1:8080/");
    private static final List<Viewer> VIEWERS = List.of(
            Viewer.ANYBODY,
            new Viewer(false, Set.of("thai")),
            new Viewer(false, Set.of("ede", "tay")),
            Viewer.EVERYTHING);
    private static final List<Instant> TIMES =
            List.of(Instant.parse("2024-12-31T16:59:59Z"), Instant.parse("2024-12-31T17:00:00Z"));

    /** A graph that brings two parts at a time. */
    abstract KnowledgeGraph open(PartGraphs parts);

    abstract int steps();

    /** What the archive has. */
    private static final class Archived implements PartGraphs {
        final Map<ItemId, Item> items = new TreeMap<>();
        final Map<ItemId, Long> versions = new HashMap<>();
        final Map<ItemId, Map<String, Set<Triple>>> parts = new HashMap<>();

        @Override
        public boolean shows(Change change) {
            return change.id().whole().value().startsWith("d") && change.kind() == Change.Kind.DEPOSITED;
        }

        @Override
        public boolean isCurrent(ItemId whole, Version version) {
            return versions.getOrDefault(whole, 0L) == version.number();
        }

        @Override
        public String name(ItemId part) {
            return part.partName();
        }

        @Override
        public void forEach(ItemId whole, Predicate<PartGraph> more) {
            for (var name : parts.getOrDefault(whole, Map.of()).keySet())
                if (!more.test(one(whole.part(name)).orElseThrow())) return;
        }

        @Override
        public Optional<PartGraph> one(ItemId part) {
            return Optional.ofNullable(
                            parts.getOrDefault(part.whole(), Map.of()).get(part.partName()))
                    .map(said -> new PartGraph(part, Version.NONE, said));
        }

        Set<String> seenBy(Viewer viewer, Instant now) {
            var seen = new TreeSet<String>();
            items.forEach((id, item) -> {
                if (!item.access().allows(viewer, now)) return;
                ItemDescription.of(item, new Version(versions.get(id)), BASE.toString())
                        .forEach(triple -> seen.add(triple.toString()));
                parts.getOrDefault(id, Map.of())
                        .values()
                        .forEach(said -> said.forEach(triple -> seen.add(triple.toString())));
            });
            return seen;
        }

        long counted(Viewer viewer, Instant now) {
            long counted = 0;
            for (var item : items.values())
                if (item.access().allows(viewer, now)) {
                    counted += ItemDescription.of(item, new Version(versions.get(item.id())), BASE.toString())
                            .size();
                    for (var said : parts.getOrDefault(item.id(), Map.of()).values()) counted += said.size();
                }
            return counted;
        }
    }

    private static Access anyAccess(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Access.Restricted(List.of());
            case 1 -> new Access.Restricted(List.of("thai"));
            case 2 ->
                new Access.Restricted(random.nextBoolean() ? List.of("tay", "ede") : List.of("ede", "tay", "ede"));
            case 3 -> new Access.Embargoed(LocalDate.of(2025, 1, 1), List.of("thai"));
            default -> Access.OPEN;
        };
    }

    /** Few nodes, so that several parts and items say the same. */
    private static Set<Triple> anyWords(Random random) {
        var said = new LinkedHashSet<Triple>();
        for (int i = 1 + random.nextInt(4); i > 0; i--)
            said.add(Triple.create(
                    NodeFactory.createURI("urn:word:" + random.nextInt(3)),
                    Words.of("skos:note"),
                    Words.text("said " + random.nextInt(3))));
        return said;
    }

    private static Snapshot change(Archived archived, Random random) {
        var id = new ItemId((random.nextInt(3) > 0 ? "d" : "i") + random.nextInt(3));
        if (id.value().startsWith("d") && archived.items.containsKey(id) && random.nextBoolean()) {
            var name = "w" + random.nextInt(5);
            var parts = archived.parts.computeIfAbsent(id, item -> new TreeMap<>());
            if (random.nextInt(3) == 0) parts.remove(name);
            else parts.put(name, anyWords(random));
            var change = new Change(
                    0, id.part(name), new Version(1), Change.Kind.DEPOSITED, Instant.EPOCH, Access.OPEN, List.of(), "");
            return new Snapshot(change, new Part(id.part(name), Map.of(), ""), "");
        }
        long version = archived.versions.merge(id, 1L, Long::sum);
        if (random.nextInt(6) == 0) {
            archived.items.remove(id);
            archived.parts.remove(id);
            return Made.withdrawn(version, id.value());
        }
        var item = Made.item(id.value(), "title " + random.nextInt(2), anyAccess(random));
        archived.items.put(id, item);
        if (id.value().startsWith("d")) {
            var parts = new TreeMap<String, Set<Triple>>();
            for (int i = random.nextInt(6); i > 0; i--) parts.put("w" + i, anyWords(random));
            archived.parts.put(id, parts);
        }
        return Made.shown(version, item);
    }

    @Test
    void whatAViewerSeesIsWhatTheItemsAllow() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("AccessContract seed " + seed);
        var random = new Random(seed);
        var archived = new Archived();
        try (var graph = open(archived)) {
            for (int step = 1; step <= steps(); step++) {
                var batch = new ArrayList<Snapshot>();
                for (int i = random.nextInt(4); i >= 0; i--) batch.add(change(archived, random));
                graph.apply(batch, new Watermark("g", step));
                for (var now : TIMES)
                    for (var viewer : VIEWERS) {
                        var when = "seed " + seed + ", step " + step + ", " + viewer + ", " + now;
                        assertEquals(archived.seenBy(viewer, now), seen(graph, viewer, now), when);
                        assertEquals(archived.counted(viewer, now), graph.triples(viewer, now), when);
                        archived.items.forEach((id, item) -> assertEquals(
                                item.access().allows(viewer, now),
                                graph.itemGraph(BASE + "id/" + id, viewer, now).isPresent(),
                                when));
                    }
            }
            assertFalse(archived.items.isEmpty());
            assertTrue(graph.triples() > 0);
        }
    }

    private static Set<String> seen(KnowledgeGraph graph, Viewer viewer, Instant now) {
        var visible = graph.visibleTo(viewer, now);
        visible.begin(TxnType.READ);
        try {
            var seen = new TreeSet<String>();
            visible.getDefaultGraph().find().forEachRemaining(triple -> seen.add(triple.toString()));
            return seen;
        } finally {
            visible.end();
        }
    }
}
