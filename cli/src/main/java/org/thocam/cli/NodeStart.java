package org.thocam.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.index.search.SearchNode;

/** The Solr node, started beside everything else; a start that failed is tried again by whoever needs the node next. */
final class NodeStart implements AutoCloseable {
    private final Supplier<SearchNode> start;
    private CompletableFuture<SearchNode> running;

    NodeStart(Supplier<SearchNode> start) {
        this.start = start;
        this.running = CompletableFuture.supplyAsync(start);
    }

    /**
     * Waits for the node.
     *
     * @throws IndexUnavailableException if it could not be started this time
     */
    SearchNode await() {
        try {
            return current().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IndexUnavailableException gone
                    ? gone
                    : new IndexUnavailableException(
                            "the Solr node could not be started: "
                                    + e.getCause().getMessage(),
                            e.getCause());
        }
    }

    private synchronized CompletableFuture<SearchNode> current() {
        if (running.isCompletedExceptionally()) running = CompletableFuture.supplyAsync(start);
        return running;
    }

    @Override
    public synchronized void close() {
        running.handle((node, fault) -> {
                    if (node != null) node.close();
                    return null;
                })
                .join();
    }
}
