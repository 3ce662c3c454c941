package org.thocam.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.query.TxnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.graph.KnowledgeGraph;

/** How fast entries come into the graph: {@code -Dtest=EntryGraphsBenchmark -Dthocam.entries=100000}. */
@EnabledIfSystemProperty(named = "thocam.entries", matches = "[0-9]+")
class EntryGraphsBenchmark {
    private static final PrintStream OUT = System.out;
    private static final ItemId BIG = new ItemId("big");
    private static final String BASE = "http://library.example/";

    @TempDir
    Path home;

    @Test
    void entriesIntoTheGraph() throws Exception {
        int size = Integer.getInteger("thocam.entries");
        try (var desk = new Desk(home);
                var graph = KnowledgeGraph.open(
                        home.resolve("graph"), URI.create(BASE), new EntryGraphs(desk.store, desk.log, BASE))) {
            long started = System.nanoTime();
            desk.take("big", lift(size, ""));
            desk.catchUp.await(desk.log.last(), Duration.ofMinutes(10));
            told("store", size, started);
            var parts = new EntryGraphs(desk.store, desk.log, BASE);
            started = System.nanoTime();
            var triples = new long[1];
            parts.forEach(BIG, part -> {
                triples[0] += part.triples().size();
                return true;
            });
            told("read and described, " + triples[0] + " triples", size, started);
            rest();
            started = System.nanoTime();
            show(desk, graph);
            told("new", size, started);
            OUT.println("peak heap " + peak() + " MB of " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB, "
                    + graph.triples() + " triples, " + disk(home.resolve("graph")) + " MB on disk");
            var times = new ArrayList<Long>();
            for (int i = 0; i < 100; i++) times.add(show(desk, graph) / 1000);
            times.sort(null);
            OUT.println("nothing but a watermark: median " + times.get(50) + " us, 95 % " + times.get(95) + " us");
            times.clear();
            for (int i = 0; i < 200; i++) {
                int n = i;
                var id = new EntryId("e" + i * (size / 200));
                desk.lexicons.edit(
                        new Lexicons.Edit(
                                BIG, id, desk.store.entry(BIG, id).orElseThrow().tag(), "a", false),
                        tree -> {
                            ((ObjectNode) tree.at("/senses/0/glosses/0")).put("text", "đổi " + n);
                            return tree;
                        });
                times.add(show(desk, graph) / 1000);
            }
            times.sort(null);
            OUT.println("one edit: median " + times.get(100) + " us, 95 % " + times.get(190) + " us");
            started = System.nanoTime();
            desk.take("big", lift(size, " mới"));
            desk.catchUp.await(desk.log.last(), Duration.ofMinutes(10));
            told("store, another file", size, started);
            started = System.nanoTime();
            show(desk, graph);
            told("one gloss of every tenth entry changed", size, started);
            started = System.nanoTime();
            var visible = graph.visibleTo(Viewer.ANYBODY, java.time.Instant.now());
            visible.begin(TxnType.READ);
            try (var query = org.apache.jena.sparql.exec.QueryExec.dataset(visible)
                    .query("SELECT (COUNT(*) AS ?n) { ?x a <http://www.w3.org/ns/lemon/ontolex#LexicalEntry> }")
                    .build()) {
                assertEquals(
                        Integer.toString(size), query.select().next().get("n").getLiteralLexicalForm());
            } finally {
                visible.end();
            }
            told("counted", size, started);
            desk.depositor.withdraw(BIG, java.util.Optional.empty(), "t", "t").join();
            started = System.nanoTime();
            show(desk, graph);
            told("withdrawn", size, started);
            assertEquals(0, graph.triples());
            OUT.println("peak heap " + peak() + " MB");
        }
    }

    private static void told(String what, int size, long started) {
        long millis = Math.max(1, (System.nanoTime() - started) / 1_000_000);
        OUT.println(what + ": " + millis + " ms, " + size * 1000L / millis + " entries/s");
    }

    private static void rest() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / (1 << 20);
    }

    private static long disk(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    / (1 << 20);
        }
    }

    /** @return nanoseconds that the graph took */
    private static long show(Desk desk, KnowledgeGraph graph) throws Exception {
        desk.catchUp.await(desk.log.last(), Duration.ofMinutes(10));
        List<Snapshot> batch = new ArrayList<>();
        for (var change : desk.log.after(graph.watermark().seq(), 2000))
            batch.add(new Snapshot(
                    change,
                    desk.archive
                            .read(change.id(), change.version())
                            .orElseThrow()
                            .holding(),
                    ""));
        long started = System.nanoTime();
        graph.apply(batch, new Watermark("g", desk.log.last()));
        return System.nanoTime() - started;
    }

    private Path lift(int size, String more) throws Exception {
        var file = home.resolve("big.lift");
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("<lift version='0.13'>\n");
            for (int i = 0; i < size; i++)
                out.write("<entry id='từ" + i + "' guid='e" + i + "'><lexical-unit><form lang='rad'><text>từ "
                        + Integer.toString(i, 36) + "</text></form></lexical-unit><sense id='s" + i
                        + "'><grammatical-info value='Noun'/><gloss lang='vi'><text>nghĩa " + i
                        + (i % 10 == 0 ? more : "") + "</text></gloss></sense></entry>\n");
            out.write("</lift>\n");
        }
        return file;
    }
}
