package org.thocam.index.search;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the node: the child JVM and the two clients that speak to it. */
final class NodeProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    private static final String READY = "THOCAM-SOLR READY ";
    private static final Duration STARTING_MAY_TAKE = Duration.ofMinutes(3);
    private static final Duration STOPPING_MAY_TAKE = Duration.ofSeconds(25);
    private static final Duration ASKING_MAY_TAKE = Duration.ofSeconds(30);
    private static final Duration WRITING_MAY_TAKE = Duration.ofMinutes(15);
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "SystemRoot");

    private final Process process;
    private final int port;
    final String secret;
    final HttpJdkSolrClient asking;
    final HttpJdkSolrClient writing;

    private NodeProcess(Process process, String secret, int port) {
        this.process = process;
        this.secret = secret;
        this.port = port;
        this.asking = client(port, ASKING_MAY_TAKE);
        this.writing = client(port, WRITING_MAY_TAKE);
    }

    /** Returns once the node has loaded its indexes and answers. */
    static NodeProcess start(SearchNode.Settings settings) throws IOException, InterruptedException {
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        var home = settings.home().toAbsolutePath().normalize();
        var builder = new ProcessBuilder(command(settings, home))
                .directory(home.toFile())
                .redirectError(home.resolve("logs/stderr.log").toFile());
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().put("THOCAM_SOLR_SECRET", secret);
        var process = builder.start();
        var port = new CompletableFuture<Integer>();
        var reader = new Thread(() -> read(process, port), "solr-node-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return new NodeProcess(process, secret, port.get(STARTING_MAY_TAKE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException(
                    "the Solr node in " + home + " did not start ("
                            + (e instanceof TimeoutException
                                    ? "it took over " + STARTING_MAY_TAKE.toSeconds() + " s"
                                    : e.getCause().getMessage())
                            + "): "
                            + new NodeHome(home).lastWords(),
                    e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    static List<String> command(SearchNode.Settings settings, Path home) throws IOException {
        var lib = settings.lib().toAbsolutePath().normalize();
        if (!Files.isDirectory(lib))
            throw new IOException("the Solr node's jars: want a folder " + lib + ", found none");
        var command = new ArrayList<String>();
        command.add(settings.java().toString());
        command.add("-Xmx" + settings.heap());
        // The collector with the smallest footprint; dying at once is better than limping on without memory.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        // Both would be written outside the home otherwise.
        command.addAll(List.of("-XX:-UsePerfData", "-XX:ErrorFile=" + home.resolve("logs/hs_err_%p.log")));
        command.add("-Djava.io.tmpdir=" + home.resolve("tmp"));
        command.add("-Dsolr.log.dir=" + home.resolve("logs"));
        command.addAll(List.of(
                "-Ddisable.v2.api=true",
                "-Dsolr.dns.prevent.reverse.lookup=true",
                "-Djava.awt.headless=true",
                "-Djava.net.preferIPv4Stack=true",
                "-Dlog4j2.disableJmx=true",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC",
                "-Duser.language=en"));
        command.addAll(List.of("-cp", lib + File.separator + "*", "org.thocam.index.node.SolrNode", home.toString()));
        return command;
    }

    private static void read(Process process, CompletableFuture<Integer> port) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine())
                if (line.startsWith(READY))
                    port.complete(
                            Integer.parseInt(line.substring(READY.length()).trim()));
            port.completeExceptionally(new IOException("it ended before it was ready"));
        } catch (IOException | NumberFormatException e) {
            port.completeExceptionally(e);
        }
    }

    private static HttpJdkSolrClient client(int port, Duration timeout) {
        return HttpClients.of(baseUrl(port), timeout).build();
    }

    String baseUrl() {
        return baseUrl(port);
    }

    private static String baseUrl(int port) {
        return "http://127.0.0.1:" + port + "/solr";
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits until it ends, and tells its exit code. */
    int await() throws InterruptedException {
        return process.waitFor();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Lets go of a process that has ended. Its clients wait a minute for what it will never read: nobody waits for them. */
    void release() throws IOException {
        var closing = new Thread(this::closeClients, "solr-client-closing");
        closing.setDaemon(true);
        closing.start();
        process.getOutputStream().close();
    }

    private void closeClients() {
        for (var client : List.of(asking, writing))
            try {
                client.close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("a client of a Solr node that ended was not closed in order", e);
            }
    }

    /** Closing its pipe tells the node to close its indexes and go; what does not go is killed. */
    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOPPING_MAY_TAKE.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            closeClients();
        }
    }
}
