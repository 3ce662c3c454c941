package org.thocam.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.index.search.SearchIndex;
import org.thocam.index.search.SearchNode;
import org.thocam.ingest.log.SqliteChangeLog;
import org.thocam.ingest.view.CatchUp;
import org.thocam.ingest.view.Snapshots;
import org.thocam.ontology.graph.KnowledgeGraph;

/** A log and the views made from it: what a rebuild makes beside the live ones, and then puts in their place. */
final class Generation implements AutoCloseable {
    private final String name;
    private final SqliteChangeLog log;
    private final KnowledgeGraph graph;
    private final CompletableFuture<SearchIndex> index;
    private final List<CatchUp> catchUps;

    private Generation(
            String name,
            SqliteChangeLog log,
            KnowledgeGraph graph,
            CompletableFuture<SearchIndex> index,
            Snapshots snapshots) {
        this.name = name;
        this.log = log;
        this.graph = graph;
        this.index = index;
        this.catchUps = List.of(
                new CatchUp("index", this::index, log, snapshots), new CatchUp("graph", () -> graph, log, snapshots));
    }

    /** @param node may still be starting */
    static Generation open(
            Path views,
            String name,
            SqliteChangeLog log,
            CompletableFuture<SearchNode> node,
            Snapshots snapshots,
            URI base) {
        var graph = KnowledgeGraph.open(views.resolve(name).resolve("graph"), base);
        var index = node.thenApplyAsync(started -> SearchIndex.open(started, core(name)));
        return new Generation(name, log, graph, index, snapshots);
    }

    static String core(String name) {
        return "thocam-" + name;
    }

    String name() {
        return name;
    }

    SqliteChangeLog log() {
        return log;
    }

    KnowledgeGraph graph() {
        return graph;
    }

    /** @throws IndexUnavailableException if the node could not be started */
    SearchIndex index() {
        try {
            return index.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IndexUnavailableException gone
                    ? gone
                    : new IndexUnavailableException(
                            "the Solr node could not be started: "
                                    + e.getCause().getMessage(),
                            e.getCause());
        }
    }

    boolean indexOpened() {
        return index.isDone() && !index.isCompletedExceptionally();
    }

    List<CatchUp> catchUps() {
        return catchUps;
    }

    void poke() {
        catchUps.forEach(CatchUp::poke);
    }

    /** Waits until every view shows all that the log has now. */
    boolean await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long last = log.last();
        for (var catchUp : catchUps)
            if (!catchUp.await(last, Duration.ofNanos(Math.max(0, end - System.nanoTime())))) return false;
        return true;
    }

    String faults() {
        return String.join(
                "; ",
                catchUps.stream()
                        .map(CatchUp::fault)
                        .filter(fault -> !fault.isEmpty())
                        .toList());
    }

    @Override
    public void close() {
        catchUps.forEach(CatchUp::close);
        if (indexOpened()) index.join().close();
        graph.close();
        log.close();
    }

    /** Closes it and removes what it has on disk. */
    void discard(Path views) throws IOException {
        catchUps.forEach(CatchUp::close);
        if (indexOpened()) index.join().drop();
        graph.close();
        log.close();
        remove(views.resolve(name));
    }

    static void remove(Path folder) throws IOException {
        if (Files.notExists(folder)) return;
        try (Stream<Path> walk = Files.walk(folder)) {
            for (var path : walk.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(path);
        }
    }
}
