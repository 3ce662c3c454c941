package org.thocam.index.search;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrResponse;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;

/** Clients of Solr over HTTP/1.1, without Jetty. */
final class HttpClients {
    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final AtomicInteger THREADS = new AtomicInteger();
    /**
     * SolrJ's own pool has four threads, of which every change under way takes one until another has sent what it wrote: four changes at
     * once, and none of them ever ends.
     */
    private static final ExecutorService EXCHANGES = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "solr-http-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    /** A client waits for the beginning of an answer only; what drips is given up this long after. */
    private static final Duration READING = Duration.ofSeconds(2);

    private HttpClients() {}

    /**
     * Asks, and waits for the whole answer.
     *
     * @throws IOException if it was not there in time
     */
    static <R extends SolrResponse> R ask(
            HttpJdkSolrClient client, Duration timeout, SolrRequest<R> request, String core)
            throws SolrServerException, IOException, InterruptedException {
        var answer = EXCHANGES.submit(() -> request.process(client, core));
        try {
            return answer.get(timeout.plus(READING).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + timeout.plus(READING), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SolrServerException cause) throw cause;
            if (e.getCause() instanceof IOException cause) throw cause;
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    /** @param timeout from the first byte sent to the answer */
    static HttpJdkSolrClient.Builder of(String address, Duration timeout) {
        return new HttpJdkSolrClient.Builder(address)
                .useHttp1_1(true)
                .withExecutor(EXCHANGES)
                .withConnectionTimeout(CONNECTING.toMillis(), TimeUnit.MILLISECONDS)
                .withRequestTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .withIdleTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
