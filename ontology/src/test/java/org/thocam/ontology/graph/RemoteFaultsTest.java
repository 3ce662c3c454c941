package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thocam.ontology.graph.Made.item;
import static org.thocam.ontology.graph.Made.shown;
import static org.thocam.ontology.graph.Made.withdrawn;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.TxnType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.Access;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.services.FaultyProxy;
import org.thocam.services.FusekiService;

/** A store that is down, slow, half there or killed, and one that another engine writes to. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RemoteFaultsTest {
    private static final URI BASE = URI.create("http://127.0.0.1:8080/");
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Access TO_THAI = new Access.Restricted(List.of("thai"));
    private static final Viewer MEMBER = new Viewer(false, Set.of("thai"));
    private static final Endpoint.Bounds SHORT = new Endpoint.Bounds(
            Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(10), 1 << 20);
    private static final Endpoint.Bounds LONG = new Endpoint.Bounds(
            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(1), 1 << 20);

    @TempDir
    Path dir;

    private final String partition = "p" + UUID.randomUUID();
    private FusekiService fuseki;
    private FaultyProxy proxy;

    @BeforeEach
    void start() throws Exception {
        fuseki = FusekiService.ofThisProcess();
        proxy = FaultyProxy.to(fuseki.port());
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private RemoteGraph open(RemoteGraph.Settings settings, Endpoint.Bounds bounds) {
        return RemoteGraph.open(settings, BASE, partition, PartGraphs.NONE, bounds, RemoteWriting.Slices.USUAL);
    }

    private RemoteGraph direct() {
        return open(Stores.settings(fuseki), LONG);
    }

    private RemoteGraph faulty(Endpoint.Bounds bounds) {
        return open(Stores.by(proxy, Stores.settings(fuseki)), bounds);
    }

    private static String dump(KnowledgeGraph graph) {
        var out = new ByteArrayOutputStream();
        graph.dump(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Snapshot> three() {
        return List.of(shown(1, item("a")), shown(1, item("b", "b", TO_THAI)), shown(1, item("c")));
    }

    @Test
    void aStoreThatSomebodyEmptiedIsNoticed() {
        try (var graph = direct();
                var other = direct()) {
            graph.rest();
            graph.apply(three(), new Watermark("g", 3));
            graph.rest();
            RemoteGraph.drop(Stores.settings(fuseki), partition);
            assertThrows(GraphUnavailableException.class, graph::rest);
            assertEquals(Watermark.NONE, graph.resume());
            other.rest();
            graph.apply(three(), new Watermark("g", 3));
            graph.rest();
            assertFalse(graph.itemGraph(new ItemId("a")).isEmpty());
            graph.clear();
            graph.rest();
        }
    }

    @Test
    void whatRefusesOrHangsIsToldAndAskedAgain() {
        try (var graph = faulty(SHORT)) {
            graph.apply(three(), new Watermark("g", 3));
            for (Runnable fault : List.<Runnable>of(
                    proxy::refuse, proxy::hang, () -> proxy.trickle(Duration.ofMillis(100)), () -> proxy.cutAfter(7))) {
                fault.run();
                for (var asking : List.<Runnable>of(
                        graph::watermark,
                        graph::triples,
                        () -> graph.itemGraph(new ItemId("a")),
                        () -> graph.itemGraph(BASE + "id/a", Viewer.ANYBODY, NOW),
                        () -> graph.mentionedIn(BASE + "id/a", Viewer.ANYBODY, NOW, 1),
                        () -> graph.forEachHeld((id, version) -> {}),
                        () -> graph.apply(List.of(withdrawn(2, "a")), new Watermark("g", 4))))
                    assertThrows(GraphUnavailableException.class, asking::run);
                proxy.pass();
                proxy.drop();
                assertEquals(new Watermark("g", 3), graph.watermark());
            }
            graph.apply(List.of(withdrawn(2, "a")), new Watermark("g", 4));
            assertEquals(Set.of("c"), seen(graph, Viewer.ANYBODY));
        }
    }

    @Test
    void nobodyListensAtAll() throws Exception {
        int free = proxy.port();
        proxy.close();
        var gone = URI.create("http://127.0.0.1:" + free + "/graph/query");
        try (var graph = open(new RemoteGraph.Settings(gone, gone, null, "", ""), SHORT)) {
            var said = assertThrows(GraphUnavailableException.class, graph::watermark);
            assertTrue(said.getMessage().contains("cannot be reached"), said.getMessage());
        }
    }

    @Test
    void halfAnAnswerIsNone() {
        try (var graph = faulty(LONG)) {
            graph.apply(three(), new Watermark("g", 3));
            var select = QueryFactory.create("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o");
            var construct = QueryFactory.create("CONSTRUCT WHERE { ?s ?p ?o }");
            var rows = rows(graph, select.toString());
            var triples = triples(graph, construct.toString());
            assertTrue(rows.size() > 20 && triples.size() > 20);
            int whole = 0;
            int none = 0;
            for (int bytes = 0; bytes < 14_000; bytes += 97) {
                for (var form : List.of(select, construct)) {
                    proxy.drop();
                    proxy.cutAfter(bytes);
                    try {
                        if (form == select) assertEquals(rows, rows(graph, select.toString()));
                        else assertEquals(triples, triples(graph, construct.toString()));
                        whole++;
                    } catch (GraphUnavailableException e) {
                        none++;
                    }
                }
            }
            assertTrue(whole > 0 && none > 20, whole + " whole, " + none + " none");
        }
    }

    private static List<String> rows(RemoteGraph graph, String query) {
        var visible = (RemoteDataset) graph.visibleTo(Viewer.EVERYTHING, NOW);
        visible.begin(TxnType.READ);
        try {
            var rows = new ArrayList<String>();
            visible.select(QueryFactory.create(query)).forEachRemaining(row -> rows.add(row.toString()));
            return rows;
        } finally {
            visible.end();
        }
    }

    private static Set<String> triples(RemoteGraph graph, String query) {
        var visible = (RemoteDataset) graph.visibleTo(Viewer.EVERYTHING, NOW);
        visible.begin(TxnType.READ);
        try {
            var triples = new TreeSet<String>();
            visible.triples(QueryFactory.create(query), triple -> triples.add(triple.toString()));
            return triples;
        } finally {
            visible.end();
        }
    }

    private static Set<String> seen(KnowledgeGraph graph, Viewer viewer) {
        return KnowledgeGraphContract.visible(graph, viewer, NOW);
    }

    @Test
    void aQueryEndsWhenItsTimeIsOver() {
        try (var graph = direct()) {
            var items = new ArrayList<Snapshot>();
            for (int i = 0; i < 40; i++) items.add(shown(1, item("i" + i)));
            graph.apply(items, new Watermark("g", 40));
            var visible = (RemoteDataset) graph.visibleTo(Viewer.ANYBODY, NOW);
            visible.within(Duration.ofSeconds(1));
            visible.begin(TxnType.READ);
            try {
                var endless = QueryFactory.create("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
                assertThrows(QueryCancelledException.class, () -> visible.select(endless)
                        .forEachRemaining(row -> {}));
            } finally {
                visible.end();
            }
            assertEquals(40, seen(graph, Viewer.ANYBODY).size());
        }
    }

    /** As the catch-up does it. */
    private static void insist(RemoteGraph graph, List<Snapshot> batch, Watermark upTo, Random random) {
        for (int tries = 0; ; tries++) {
            try {
                if (!graph.watermark().equals(upTo)) graph.apply(batch, upTo);
                return;
            } catch (GraphUnavailableException e) {
                if (tries == 200) throw e;
                try {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(100));
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            }
        }
    }

    private static List<Snapshot> change(Random random, HashMap<String, Long> versions) {
        var batch = new ArrayList<Snapshot>();
        var ids = new TreeSet<String>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) ids.add("item" + random.nextInt(8));
        for (var id : ids) {
            long version = versions.merge(id, 1L, Long::sum);
            batch.add(
                    random.nextInt(5) == 0
                            ? withdrawn(version, id)
                            : shown(
                                    version,
                                    item(id, "t" + random.nextInt(3), random.nextBoolean() ? TO_THAI : Access.OPEN)));
        }
        return batch;
    }

    @Test
    void whateverBreaksWhileItIsWrittenTheEndIsTheSame() throws Exception {
        long seed = System.nanoTime();
        System.out.println("RemoteFaultsTest faults seed " + seed);
        var random = new Random(seed);
        var versions = new HashMap<String, Long>();
        var going = new AtomicBoolean(true);
        var faults = new Thread(() -> {
            var some = new Random(seed + 1);
            while (going.get()) {
                switch (some.nextInt(6)) {
                    case 0 -> proxy.refuse();
                    case 1 -> proxy.hang();
                    case 2 -> proxy.cutAfter(some.nextInt(2_000));
                    case 3 -> proxy.drop();
                    default -> proxy.pass();
                }
                try {
                    TimeUnit.MILLISECONDS.sleep(20 + some.nextInt(200));
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        try (var graph = faulty(SHORT);
                var fresh = KnowledgeGraph.open(dir, BASE)) {
            faults.start();
            for (int n = 1; n <= 15; n++) {
                var batch = change(random, versions);
                insist(graph, batch, new Watermark("g", n), random);
                fresh.apply(batch, new Watermark("g", n));
            }
            going.set(false);
            faults.join();
            proxy.pass();
            assertAlike(fresh, graph, "seed " + seed);
        } finally {
            going.set(false);
        }
    }

    private static void assertAlike(KnowledgeGraph expected, KnowledgeGraph found, String when) {
        assertEquals(dump(expected), dump(found), when);
        assertEquals(expected.triples(), found.triples(), when);
        for (var viewer : List.of(Viewer.ANYBODY, MEMBER, Viewer.EVERYTHING)) {
            assertEquals(said(expected, viewer), said(found, viewer), when);
            assertEquals(expected.triples(viewer, NOW), found.triples(viewer, NOW), when);
        }
    }

    private static Set<String> said(KnowledgeGraph graph, Viewer viewer) {
        var visible = graph.visibleTo(viewer, NOW);
        visible.begin(TxnType.READ);
        try {
            var said = new TreeSet<String>();
            visible.getDefaultGraph().find().forEachRemaining(triple -> said.add(triple.toString()));
            return said;
        } finally {
            visible.end();
        }
    }

    @Test
    void afterAKillTheMarkAndTheTriplesAgree() throws Exception {
        long seed = System.nanoTime();
        System.out.println("RemoteFaultsTest kills seed " + seed);
        var random = new Random(seed);
        var versions = new HashMap<String, Long>();
        var states = new ArrayList<String>(List.of(""));
        var batches = new ArrayList<List<Snapshot>>(List.of(List.of()));
        try (var fresh = KnowledgeGraph.open(dir, BASE)) {
            for (int n = 1; n <= 60; n++) {
                batches.add(change(random, versions));
                fresh.apply(batches.get(n), new Watermark("g", n));
                states.add(dump(fresh));
            }
            try (var graph = direct()) {
                var failed = new AtomicReference<Throwable>();
                var writer = new Thread(() -> {
                    for (int n = 1; n < states.size(); n++)
                        insist(graph, batches.get(n), new Watermark("g", n), random);
                });
                writer.setUncaughtExceptionHandler((thread, e) -> failed.set(e));
                writer.start();
                for (int round = 0; round < 3; round++) {
                    TimeUnit.MILLISECONDS.sleep(200 + new Random(seed + round).nextInt(800));
                    fuseki.kill();
                    fuseki.start();
                    // the writer goes on meanwhile: what was read counts where nothing was written between
                    for (int i = 0; i < 20; i++) {
                        var before = graph.watermark();
                        var state = dump(graph);
                        if (!before.equals(graph.watermark())) continue;
                        assertEquals(states.get((int) before.seq()), state, "seed " + seed + ", at " + before);
                        break;
                    }
                }
                writer.join();
                assertEquals(null, failed.get());
                assertAlike(fresh, graph, "seed " + seed);
            }
        }
    }

    @Test
    void aRequestThatComesLateChangesNothing() throws Exception {
        try (var slow = faulty(SHORT);
                var other = direct();
                var fresh = KnowledgeGraph.open(dir, BASE)) {
            slow.apply(three(), new Watermark("g", 3));
            fresh.apply(three(), new Watermark("g", 3));
            proxy.hang();
            var late = List.of(shown(2, item("a", "late", Access.OPEN)), withdrawn(2, "c"));
            assertThrows(GraphUnavailableException.class, () -> slow.apply(late, new Watermark("g", 5)));
            var next = List.of(shown(3, item("a", "next", TO_THAI)), shown(3, item("c")));
            other.apply(next, new Watermark("g", 7));
            fresh.apply(next, new Watermark("g", 7));
            proxy.pass();
            for (int i = 0; i < 10; i++) {
                assertAlike(fresh, other, "late request");
                TimeUnit.MILLISECONDS.sleep(50);
            }
            slow.apply(List.of(withdrawn(4, "a")), new Watermark("g", 8));
            fresh.apply(List.of(withdrawn(4, "a")), new Watermark("g", 8));
            assertAlike(fresh, other, "the first goes on");
        }
    }

    /** A request held back at each of its bytes, after which another engine wrote. */
    @Test
    void twoThatWriteAtOnceSpoilNothing() throws Exception {
        try (var one = direct();
                var other = direct();
                var fresh = KnowledgeGraph.open(dir, BASE)) {
            var batch = new ArrayList<Snapshot>();
            for (int i = 0; i < 30; i++) batch.add(shown(1, item("i" + i, "t", i % 3 == 0 ? TO_THAI : Access.OPEN)));
            var failed = new AtomicReference<Throwable>();
            var thread = new Thread(() -> {
                for (int i = 0; i < 10; i++) insist(other, batch, new Watermark("g", 100 + i), new Random(i));
            });
            thread.setUncaughtExceptionHandler((t, e) -> failed.set(e));
            thread.start();
            for (int i = 0; i < 10; i++) insist(one, batch, new Watermark("g", i), new Random(i));
            thread.join();
            assertEquals(null, failed.get());
            fresh.apply(batch, new Watermark("g", 1));
            assertAlike(fresh, one, "two writers");
        }
    }

    @Test
    void aChangeThatTheStoreBrokeOffIsMadeGood() {
        try (var graph = direct();
                var endpoint = new Endpoint(Stores.settings(fuseki), LONG);
                var fresh = KnowledgeGraph.open(dir, BASE)) {
            graph.apply(three(), new Watermark("g", 3));
            var names = new Partition(partition, BASE.toString());
            var a = names.says(BASE + "id/a");
            var everybody = names.graph(Audience.EVERYBODY);
            var thai = names.graph(new Audience(TO_THAI));
            // as a store that is not atomic may leave it: told what changes, some of it done, the mark as it was
            endpoint.update("INSERT DATA { GRAPH <" + names.own() + "> { <" + names.store() + "> " + Partition.CHANGING
                    + " <" + a + "> , <" + everybody + "> , <" + thai + "> . <" + a + "> " + Partition.IN + " <" + thai
                    + "> } GRAPH <" + a + "> { <urn:a> <urn:b> 'half' } GRAPH <" + everybody
                    + "> { <urn:a> <urn:b> 'half' } GRAPH <" + thai + "> { <urn:a> <urn:b> 'half' } }");
            graph.apply(List.of(shown(2, item("a", "again", TO_THAI)), withdrawn(2, "c")), new Watermark("g", 5));
            fresh.apply(three(), new Watermark("g", 3));
            fresh.apply(List.of(shown(2, item("a", "again", TO_THAI)), withdrawn(2, "c")), new Watermark("g", 5));
            assertAlike(fresh, graph, "made good");
        }
    }

    @Test
    void whatIsBeingTakenFromSomeIsSeenByTheOthersAlone() {
        try (var graph = direct();
                var endpoint = new Endpoint(Stores.settings(fuseki), LONG)) {
            graph.apply(three(), new Watermark("g", 3));
            var names = new Partition(partition, BASE.toString());
            endpoint.update("INSERT DATA { GRAPH <" + names.own() + "> { <" + names.says(BASE + "id/a") + "> "
                    + Partition.NARROWED + " <" + names.graph(new Audience(TO_THAI)) + "> } }");
            assertEquals(Set.of("c"), seen(graph, Viewer.ANYBODY));
            assertEquals(Set.of("a", "b", "c"), seen(graph, MEMBER));
            assertTrue(graph.itemGraph(BASE + "id/a", Viewer.ANYBODY, NOW).isEmpty());
            assertTrue(graph.itemGraph(BASE + "id/a", MEMBER, NOW).isPresent());
            var visible = (RemoteDataset) graph.visibleTo(Viewer.ANYBODY, NOW);
            visible.begin(TxnType.READ);
            try {
                assertFalse(visible.takesQueries());
                assertTrue(visible.getDefaultGraph()
                        .find()
                        .filterKeep(triple -> triple.toString().contains("id/a"))
                        .toList()
                        .isEmpty());
            } finally {
                visible.end();
            }
        }
    }

    @Test
    void noTextIsTakenForACommand() {
        long seed = System.nanoTime();
        System.out.println("RemoteFaultsTest texts seed " + seed);
        var random = new Random(seed);
        var pieces = List.of(
                "\\u0022",
                "\\",
                "\"",
                "'",
                "\"\"\"",
                "\n",
                "\r",
                "\t",
                "\\u003E",
                "> . } } ; DROP ALL ; #",
                "?x",
                "$x",
                "<urn:x>",
                "}",
                "{",
                ";",
                "\u0000",
                "\uFFFE",
                "\uD800",
                "\uD83D\uDE00",
                "\u202E",
                "ệ",
                "@vi",
                "^^<x>",
                "\\U00000022",
                "\u0085",
                "\u2028",
                " ",
                "%3E",
                "a");
        try (var graph = direct();
                var endpoint = new Endpoint(Stores.settings(fuseki), LONG)) {
            var canary = "urn:other:" + partition;
            endpoint.update("INSERT DATA { GRAPH <" + canary + "> { <urn:a> <urn:b> 'still here' } }");
            for (int n = 0; n < 4; n++) {
                var batch = new ArrayList<Snapshot>();
                for (int i = 0; i < 25; i++) {
                    var text = new StringBuilder();
                    for (int k = random.nextInt(8); k >= 0; k--) text.append(pieces.get(random.nextInt(pieces.size())));
                    batch.add(shown(
                            n + 1, item("i" + i, text.toString(), new Access.Restricted(List.of(text.toString())))));
                }
                graph.apply(batch, new Watermark("g\"\\u0022 } ; DROP ALL ; #", n));
                graph.linkedWith("edition \\u0022 \" } ; DROP ALL #" + n);
                for (var one : batch) {
                    var wanted = graph.describe(
                            (org.thocam.ontology.Item) one.holding(),
                            one.change().version());
                    var found = graph.describe(one.change().id());
                    assertTrue(wanted.isIsomorphicWith(found), () -> "seed " + seed + "\n" + wanted + "\n" + found);
                }
                assertEquals(new Watermark("g\"\\u0022 } ; DROP ALL ; #", n), graph.watermark());
                assertEquals("edition \\u0022 \" } ; DROP ALL #" + n, graph.linkedWith());
                for (var piece : pieces) graph.itemGraph(BASE + "id/" + piece, Viewer.ANYBODY, NOW);
            }
            assertTrue(endpoint.ask(
                    "ASK { GRAPH <" + canary + "> { <urn:a> <urn:b> 'still here' } }",
                    List.of(),
                    Endpoint.Deadline.in(Duration.ofSeconds(5))));
        }
    }

    @Test
    void aPartitionGoesAndTheOthersStay() {
        try (var graph = direct()) {
            graph.apply(three(), new Watermark("g", 3));
            var other = RemoteGraph.open(Stores.settings(fuseki), BASE, partition + ".2", PartGraphs.NONE);
            other.apply(three(), new Watermark("g", 3));
            RemoteGraph.drop(Stores.settings(fuseki), partition);
            assertEquals(Watermark.NONE, graph.watermark());
            assertEquals("", dump(graph));
            assertEquals(Set.of(), seen(graph, Viewer.EVERYTHING));
            assertEquals(Set.of("a", "c"), seen(other, Viewer.ANYBODY));
            try (var endpoint = new Endpoint(Stores.settings(fuseki), LONG)) {
                assertFalse(endpoint.ask(
                        "ASK { GRAPH ?g { ?s ?p ?o } FILTER STRSTARTS(STR(?g), 'urn:x-thocam:" + partition + ":') }",
                        List.of(),
                        Endpoint.Deadline.in(Duration.ofSeconds(30))));
            }
            other.close();
        }
    }
}
