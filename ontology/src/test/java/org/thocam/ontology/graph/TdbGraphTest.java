package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thocam.ontology.graph.Made.withdrawn;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.jena.query.TxnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

class TdbGraphTest extends KnowledgeGraphContract {
    @TempDir
    Path dir;

    @Override
    KnowledgeGraph open(String name, URI base) {
        return KnowledgeGraph.open(dir.resolve(name), base);
    }

    @Test
    void compactingLosesNothing() {
        try (var graph = TdbGraph.in(dir, BASE, PartGraphs.NONE)) {
            graph.apply(threeItems(), new Watermark("g", 7));
            var before = dump(graph);
            graph.compact();
            assertEquals(before, dump(graph));
            graph.apply(List.of(withdrawn(2, "open")), new Watermark("g", 8));
            assertEquals(Set.of("thai"), visible(graph, MEMBER, NOW));
        }
        try (var graph = TdbGraph.in(dir, BASE, PartGraphs.NONE)) {
            assertEquals(new Watermark("g", 8), graph.watermark());
        }
    }

    /** It waits for who reads already, who reads on; and lets all others read and itself come to its end. */
    @Test
    void compactingEndsWhenTheLastReaderOfTheOldStoreDoes() throws Exception {
        try (var graph = TdbGraph.in(dir, BASE, PartGraphs.NONE)) {
            graph.apply(threeItems(), new Watermark("g", 7));
            var dataset = graph.visibleTo(Viewer.ANYBODY, NOW);
            dataset.begin(TxnType.READ);
            var compacting = CompletableFuture.runAsync(graph::compact);
            assertThrows(TimeoutException.class, () -> compacting.get(2, TimeUnit.SECONDS));
            assertTrue(dataset.getDefaultGraph().find().hasNext());
            var other = CompletableFuture.supplyAsync(graph::watermark);
            assertEquals(new Watermark("g", 7), other.get(10, TimeUnit.SECONDS));
            dataset.end();
            compacting.get(20, TimeUnit.SECONDS);
            graph.apply(List.of(withdrawn(2, "open")), new Watermark("g", 8));
            assertEquals(Set.of("thai"), visible(graph, MEMBER, NOW));
        }
    }

    @Test
    void closingWaitsForReadersAndTurnsLaterOnesAway() throws Exception {
        var graph = TdbGraph.in(dir, BASE, PartGraphs.NONE);
        graph.apply(threeItems(), new Watermark("g", 7));
        var dataset = graph.visibleTo(Viewer.ANYBODY, NOW);
        dataset.begin(TxnType.READ);
        var closing = CompletableFuture.runAsync(graph::close);
        assertThrows(TimeoutException.class, () -> closing.get(300, TimeUnit.MILLISECONDS));
        assertTrue(dataset.getDefaultGraph().find().hasNext());
        dataset.end();
        closing.get(10, TimeUnit.SECONDS);
        assertThrows(IllegalStateException.class, () -> dataset.begin(TxnType.READ));
        assertThrows(IllegalStateException.class, graph::watermark);
        assertThrows(IllegalStateException.class, () -> graph.apply(threeItems(), new Watermark("g", 8)));
        graph.close();
        try (var again = TdbGraph.in(dir, BASE, PartGraphs.NONE)) {
            assertEquals(new Watermark("g", 7), again.watermark());
        }
    }
}
