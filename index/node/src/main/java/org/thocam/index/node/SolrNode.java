package org.thocam.index.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import javax.servlet.DispatcherType;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.apache.solr.update.UpdateLog;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Solr in a JVM of its own, on loopback, for the process that started it and for nobody else: it answers only to a secret and goes
 * when its parent goes. {@code java -cp 'lib/solr/*' org.thocam.index.node.SolrNode SOLR_HOME}, the secret in the environment.
 */
public final class SolrNode {
    static final String SECRET = "THOCAM_SOLR_SECRET";
    static final String READY = "THOCAM-SOLR READY ";

    private static final Duration PREDECESSOR_MAY_TAKE = Duration.ofSeconds(60);
    private static final Duration STARTING_MAY_TAKE = Duration.ofMinutes(10);
    private static final Duration STOPPING_MAY_TAKE = Duration.ofSeconds(20);

    private final Server server;
    private final FilterHolder solr;
    private final FileLock lock;
    private final CountDownLatch told = new CountDownLatch(1);

    private SolrNode(Server server, FilterHolder solr, FileLock lock) {
        this.server = server;
        this.solr = solr;
        this.lock = lock;
    }

    public static void main(String[] args) {
        String secret = System.getenv(SECRET);
        if (args.length != 1 || secret == null || secret.length() < 16) {
            System.err.println(
                    "want one argument, Solr's home, and in " + SECRET + " a secret of 16 characters or more");
            System.exit(2);
        }
        int code = 1;
        try {
            var home = Path.of(args[0]).toAbsolutePath().normalize();
            at(home, secret, alone(home)).runUntilTold();
            code = 0;
        } catch (Throwable t) {
            t.printStackTrace();
        }
        // Solr leaves threads behind that would keep a failed JVM alive for ever.
        haltAfter(STOPPING_MAY_TAKE, code);
        System.exit(code);
    }

    /** A node whose parent was killed may still be closing its cores: Lucene would refuse ours until it is gone. */
    private static FileLock alone(Path home) throws IOException, InterruptedException {
        Files.createDirectories(home);
        var channel = FileChannel.open(home.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var until = Instant.now().plus(PREDECESSOR_MAY_TAKE);
        for (var lock = channel.tryLock(); ; lock = channel.tryLock()) {
            if (lock != null) return lock;
            if (Instant.now().isAfter(until)) {
                channel.close();
                throw new IOException(home + " is in use by another node, still after "
                        + PREDECESSOR_MAY_TAKE.toSeconds() + " s. Stop that process, then start again.");
            }
            Thread.sleep(100);
        }
    }

    private static SolrNode at(Path home, String secret, FileLock lock) {
        var threads = new QueuedThreadPool(64, 4);
        threads.setName("http");
        var server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        var loopback = new ServerConnector(server, new HttpConnectionFactory(http));
        loopback.setHost("127.0.0.1");
        loopback.setPort(0);
        // Java 17 keeps an idle connection for 20 minutes: the end that asks must be the one that lets go.
        loopback.setIdleTimeout(Duration.ofMinutes(30).toMillis());
        server.addConnector(loopback);

        var context = new ServletContextHandler(server, "/solr", ServletContextHandler.NO_SESSIONS);
        context.setAttribute(SolrDispatchFilter.PROPERTIES_ATTRIBUTE, new Properties());
        context.setAttribute(SolrDispatchFilter.SOLRHOME_ATTRIBUTE, home.toString());
        context.addEventListener(new CoreContainerProvider());
        var all = EnumSet.of(DispatcherType.REQUEST);
        context.addFilter(new FilterHolder(new Doorkeeper(secret)), "/*", all);
        var solr = context.addFilter(SolrDispatchFilter.class, "/*", all);
        context.addServlet(
                new ServletHolder(new Nothing()), "/*"); // without a servlet behind it a filter is never reached
        return new SolrNode(server, solr, lock);
    }

    private void runUntilTold() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopOnSignal, "signal"));
        watchParent(System.in);
        server.start();
        try {
            awaitCores();
            System.out.println(READY + server.getURI().getPort());
            System.out.flush();
            told.await();
        } finally {
            server.stop();
            lock.release();
        }
    }

    /** Our pipe's other end is held by the engine alone: its end is the engine's end, however that came. */
    private void watchParent(InputStream pipe) {
        var watcher = new Thread(
                () -> {
                    try {
                        while (pipe.read() >= 0) {
                            // The engine writes nothing; what else comes is not for us.
                        }
                    } catch (IOException e) {
                        System.err.println("the engine's pipe broke: " + e);
                    }
                    haltAfter(STOPPING_MAY_TAKE, 0);
                    told.countDown();
                },
                "parent");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void stopOnSignal() {
        haltAfter(STOPPING_MAY_TAKE, 0);
        told.countDown();
        try {
            server.stop();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    /** Solr opens its cores, and replays their update logs, behind the caller's back. */
    private void awaitCores() throws Exception {
        CoreContainer cores = ((SolrDispatchFilter) solr.getFilter()).getCores();
        cores.waitForLoadingCoresToFinish(STARTING_MAY_TAKE.toMillis());
        var until = Instant.now().plus(STARTING_MAY_TAKE);
        for (var name : cores.getLoadedCoreNames()) {
            try (var core = cores.getCore(name)) {
                UpdateLog log = core == null ? null : core.getUpdateHandler().getUpdateLog();
                while (log != null && log.getState() != UpdateLog.State.ACTIVE) {
                    if (Instant.now().isAfter(until))
                        throw new IllegalStateException("core " + name + " is still replaying its update log after "
                                + STARTING_MAY_TAKE.toMinutes() + " min");
                    Thread.sleep(50);
                }
            }
        }
    }

    private static void haltAfter(Duration time, int code) {
        var killer = new Thread(
                () -> {
                    try {
                        Thread.sleep(time.toMillis());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(code);
                },
                "halt");
        killer.setDaemon(true);
        killer.start();
    }

    /** What Solr did not answer is not there. */
    private static final class Nothing extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
