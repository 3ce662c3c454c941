package org.thocam.index.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrResponse;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.CoreAdminRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.CoreAdminResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.CoreAdminParams.CoreAdminAction;
import org.apache.solr.common.util.NamedList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Solr node: one JVM of its own, started, watched and stopped by the engine; it may hold several indexes. A node that falls is
 * started again in the background; until it answers, every question to its indexes ends in {@link IndexUnavailableException}.
 */
public final class SearchNode extends SearchService {
    private static final int SECONDS_AFTER_THE_END = 3;
    private static final AtomicInteger WRITERS = new AtomicInteger();
    private static final Logger LOG = LoggerFactory.getLogger(SearchNode.class);
    /** Solr's words for it; it does not send the cause. */
    private static final Pattern WRITER_CLOSED =
            Pattern.compile("Server error writing document id|IndexWriter is closed|AlreadyClosed");

    private static final Pattern DAMAGED = Pattern.compile(
            "CorruptIndex|IndexFormatToo|IndexNotFound|EOFException|NoSuchFile|FileNotFound|read past EOF");

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofMinutes(2);

    private final Settings settings;
    private final NodeHome home;
    private final Thread watcher = new Thread(this::watch, "solr-node-watcher");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ExecutorService writers = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "solr-writer-" + WRITERS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private volatile NodeProcess running;
    private volatile boolean closed;
    private volatile String trouble = "it is starting";

    /**
     * @param home the node's folder, made when it is missing; the node writes nowhere else
     * @param lib the folder with the node's jars
     * @param heap the node's largest heap, as {@code java -Xmx} takes it
     * @param java the {@code java} to start it with
     */
    public record Settings(Path home, Path lib, String heap, Path java) {
        public static Settings of(Path home, Path lib) {
            return new Settings(home, lib, "512m", Path.of(System.getProperty("java.home"), "bin", "java"));
        }
    }

    private SearchNode(Settings settings) {
        this.settings = settings;
        this.home = new NodeHome(settings.home());
    }

    /**
     * Starts the node and waits until it answers.
     *
     * @throws IndexUnavailableException if it does not start
     */
    public static SearchNode start(Settings settings) {
        var node = new SearchNode(settings);
        node.home.prepare();
        try {
            node.turn(NodeProcess.start(settings));
        } catch (IOException e) {
            throw new IndexUnavailableException("index: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexUnavailableException("index: interrupted while the Solr node was starting", e);
        }
        node.watcher.setDaemon(true);
        node.watcher.start();
        return node;
    }

    @Override
    public boolean ready() {
        var process = running;
        return process != null && process.alive();
    }

    /** Waits until it answers, or until the time is over. */
    public boolean awaitReady(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!ready() && !closed && left > 0) left = changed.awaitNanos(left);
            return ready();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The process that runs now, -1 while there is none. */
    public long pid() {
        var process = running;
        return process == null ? -1 : process.pid();
    }

    @Override
    public Set<String> cores() {
        var status = status(null);
        var names = new TreeSet<String>(part(status, "status").keySet());
        names.addAll(part(status, "initFailures").keySet());
        return names;
    }

    private static Map<String, Object> part(CoreAdminResponse status, String name) {
        var entries = new TreeMap<String, Object>();
        if (status.getResponse().get(name) instanceof NamedList<?> list)
            list.forEach((core, about) -> entries.put(core, about));
        return entries;
    }

    @Override
    public void alias(String alias, String core) {
        // nobody but the engine asks this node
    }

    @Override
    void open(String name, ConfigSet.Kind kind, boolean mine) {
        var set = ConfigSet.onNode(kind).name();
        boolean ours = home.configSetOf(name).equals(set);
        var failure = failure(name);
        if (failure.isEmpty() && holds(name)) {
            if (ours) return;
            LOG.warn("index {}: made with another schema or other analyzers; it is made again", name);
            drop(name);
        } else if (failure.isPresent()) {
            if (ours && !DAMAGED.matcher(failure.get()).find())
                throw new IndexUnavailableException("index " + name + ": Solr cannot open it: " + failure.get(), null);
            LOG.warn("index {}: damaged ({}); it is made again", name, failure.get());
            drop(name);
        } else home.delete(name); // what a kill left of an index that was being made
        var create = new CoreAdminRequest.Create();
        create.setCoreName(name);
        create.setInstanceDir(home.core(name).toAbsolutePath().normalize().toString());
        create.setConfigSet(set);
        write(create, null);
    }

    /** One commit: all of it is there after a crash, or nothing. */
    @Override
    void commit(String core, UpdateRequest documents, UpdateRequest mark) {
        write(committing(documents.add(mark.getDocuments())), core);
    }

    @Override
    void clear(String core, String mark) {
        write(committing(new UpdateRequest().deleteByQuery("*:*")), core);
    }

    @Override
    Optional<RecentMarks> marks(String core) {
        return Optional.empty();
    }

    @Override
    void look() {
        // it is watched by its process
    }

    @Override
    boolean untidy(String core) {
        return home.untidy(core);
    }

    @Override
    void replacing(String core) {
        home.replacing(core);
    }

    @Override
    void tidied(String core) {
        home.tidied(core);
    }

    /** Whether the node has it open. */
    private boolean holds(String core) {
        return part(status(core), "status").get(core) instanceof NamedList<?> about && about.get("name") != null;
    }

    /** Why the node could not open it, empty if it could or has none. */
    private Optional<String> failure(String core) {
        return Optional.ofNullable(part(status(null), "initFailures").get(core)).map(Object::toString);
    }

    @Override
    void drop(String core) {
        var unload = new CoreAdminRequest.Unload(true);
        unload.setCoreName(core);
        unload.setDeleteDataDir(true);
        unload.setDeleteInstanceDir(true);
        try {
            write(unload, null);
        } catch (SolrException e) {
            // A core that Solr could not open cannot be unloaded either; its folder goes all the same.
            LOG.info("index {}: not unloaded: {}", core, e.getMessage());
        }
        home.delete(core);
    }

    private CoreAdminResponse status(String core) {
        var request = new CoreAdminRequest();
        request.setAction(CoreAdminAction.STATUS);
        request.setIndexInfoNeeded(false);
        if (core != null) request.setCoreName(core);
        return ask(request, null);
    }

    @Override
    <R extends SolrResponse> R ask(SolrRequest<R> request, String core) {
        var process = current();
        return answer(process, process.asking, request, core);
    }

    /** Not patient with a node that has ended: the client would wait for it until the time for writing is over. */
    @Override
    <R extends SolrResponse> R write(SolrRequest<R> request, String core) {
        var process = current();
        Future<R> call;
        try {
            call = writers.submit(() -> answer(process, process.writing, request, core));
        } catch (RejectedExecutionException e) {
            throw unavailable(e);
        }
        try {
            for (int ended = 0; ; ended += process.alive() ? 0 : 1)
                try {
                    return call.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    if (ended < SECONDS_AFTER_THE_END) continue;
                    call.cancel(true);
                    throw unavailable(e);
                }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private NodeProcess current() {
        var process = running;
        if (process == null) throw unavailable(null);
        return process;
    }

    private <R extends SolrResponse> R answer(
            NodeProcess process, SolrClient client, SolrRequest<R> request, String core) {
        request.addHeader("X-Thocam-Secret", process.secret);
        try {
            return request.process(client, core);
        } catch (SolrServerException | IOException e) {
            throw unavailable(e);
        } catch (SolrException e) {
            // Lucene's writer gives up for good after a write that failed, such as on a full disk.
            if (WRITER_CLOSED.matcher(String.valueOf(e.getMessage())).find()) {
                LOG.warn("index {}: its writer gave up ({}); the Solr node is started again", core, e.getMessage());
                process.kill();
            }
            throw e;
        }
    }

    private IndexUnavailableException unavailable(Exception cause) {
        var why = cause == null ? trouble : "no answer: " + cause.getMessage();
        var next = closed
                ? "It was stopped."
                : "It is started again by itself; nothing is lost, repeat the request shortly.";
        return new IndexUnavailableException("index: the Solr node does not answer (" + why + "). " + next, cause);
    }

    private void turn(NodeProcess process) {
        lock.lock();
        try {
            running = process;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        var pause = FIRST_PAUSE;
        try {
            while (!closed) {
                var process = running;
                if (process != null) {
                    long since = System.nanoTime();
                    int code = process.await();
                    if (closed) return;
                    trouble = "it ended with exit code " + code;
                    turn(null);
                    process.release();
                    LOG.warn(
                            "index: the Solr node ended with exit code {}; it is started again: {}",
                            code,
                            home.lastWords());
                    if (System.nanoTime() - since > STEADY.toNanos()) pause = FIRST_PAUSE;
                }
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                restart();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() asked for it
        } catch (IOException e) {
            trouble = e.getMessage();
            LOG.error("index: the Solr node is no longer watched", e);
        }
    }

    private void restart() throws InterruptedException, IOException {
        if (closed) return;
        try {
            home.prepare();
            var process = NodeProcess.start(settings);
            turn(process);
            if (closed) process.close();
        } catch (IOException | UncheckedIOException e) {
            trouble = e.getMessage();
            LOG.warn("index: {}; it is tried again", e.getMessage());
        }
    }

    private void pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) left = changed.awaitNanos(left);
        } finally {
            lock.unlock();
        }
    }

    /** Stops the node; an index on it has nothing to lose, for what was applied is committed. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            changed.signalAll();
            writers.shutdown();
        } finally {
            lock.unlock();
        }
        var process = running;
        turn(null);
        watcher.interrupt();
        try {
            if (process != null) process.close();
            watcher.join(Duration.ofSeconds(30).toMillis());
        } catch (IOException e) {
            LOG.warn("index: closing the Solr node: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
