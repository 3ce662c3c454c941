package org.thocam.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.index.search.SearchService;

/** Solr, the own node or a cluster, started or reached beside everything else; what failed is tried again by whoever needs it next. */
final class NodeStart implements AutoCloseable {
    private final Supplier<? extends SearchService> start;
    private CompletableFuture<SearchService> running;

    NodeStart(Supplier<? extends SearchService> start) {
        this.start = start;
        this.running = CompletableFuture.supplyAsync(start::get);
    }

    /**
     * Waits for the node.
     *
     * @throws IndexUnavailableException if it could not be started this time
     */
    SearchService await() {
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

    private synchronized CompletableFuture<SearchService> current() {
        if (running.isCompletedExceptionally()) running = CompletableFuture.supplyAsync(start::get);
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
