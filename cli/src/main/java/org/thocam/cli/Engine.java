package org.thocam.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.Library;
import org.thocam.cli.Configuration.Key;
import org.thocam.index.search.SearchIndex;
import org.thocam.index.search.SearchNode;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.deposit.ChangeClock;
import org.thocam.ingest.deposit.Depositor;
import org.thocam.ingest.deposit.OpenIntents;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.ArchiveWalk;
import org.thocam.ingest.log.SqliteChangeLog;
import org.thocam.ingest.view.Snapshots;
import org.thocam.ingest.view.Verification;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Intake;
import org.thocam.ontology.graph.KnowledgeGraph;

/** Everything of one home, opened in order, repaired where a kill left something behind, and closed in reverse. */
final class Engine implements Library, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration CLOSING = Duration.ofMinutes(10);

    private final Home home;
    private final URI base;
    private final OcflArchive archive;
    private final Snapshots snapshots;
    private final CompletableFuture<SearchNode> node;
    private final Extractor extractor;
    private final Depositor depositor;
    private final AtomicReference<Generation> generation = new AtomicReference<>();

    private Engine(Home home, Configuration configuration, Installation installation) throws IOException {
        this.home = home;
        this.base = URI.create(
                configuration.text(Key.REPOSITORY_URL).isEmpty()
                        ? "http://" + configuration.text(Key.REPOSITORY_DOMAIN) + "/"
                        : configuration.text(Key.REPOSITORY_URL));
        this.node = CompletableFuture.supplyAsync(() -> SearchNode.start(new SearchNode.Settings(
                home.solr(), installation.solr(), configuration.text(Key.INDEX_HEAP), Path.of(installation.java()))));
        this.archive = OcflArchive.open(home.root());
        this.snapshots = new Snapshots(archive);
        var name = current();
        var log = openLog(name);
        var clock = new ChangeClock(Clock.systemUTC(), log.lastAt());
        new OpenIntents(archive, log, clock).settle();
        generation.set(Generation.open(home.views(), name, log, node, snapshots, base));
        int readers = configuration.number(Key.INGEST_READERS, 1, 64);
        this.extractor = Extractor.open(new Extractor.Limits(
                installation.tika(),
                home.run().resolve("tika"),
                installation.java(),
                readers,
                configuration.number(Key.INGEST_SECONDS, 1, 86_400),
                configuration.text(Key.INGEST_HEAP),
                configuration.number(Key.INGEST_LONGEST, 1000, 1 << 30),
                configuration.text(Key.INGEST_OCR)));
        this.depositor = new Depositor(
                archive,
                () -> generation.get().log(),
                clock,
                extractor,
                readers,
                home.root().resolve("incoming"),
                fresh -> {
                    snapshots.keep(fresh);
                    generation.get().poke();
                });
    }

    static Engine open(Home home, Configuration configuration, Installation installation) throws IOException {
        return new Engine(home, configuration, installation);
    }

    private String current() throws IOException {
        var pointer = home.views().resolve("current");
        if (Files.exists(pointer)) return Files.readString(pointer).strip();
        Files.createDirectories(home.views());
        var first = "g1";
        point(first);
        return first;
    }

    private void point(String name) throws IOException {
        Home.writePrivately(home.views().resolve("current"), name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A log that is gone is made again from the archive; one whose making was stopped goes on. */
    private SqliteChangeLog openLog(String name) throws IOException {
        var folder = home.views().resolve(name);
        boolean complete = Files.exists(folder.resolve("log.sqlite")) && Files.notExists(folder.resolve("walk.sqlite"));
        if (complete) return SqliteChangeLog.open(folder.resolve("log.sqlite"));
        Files.createDirectories(folder);
        LOG.info("the change log in {} is made from the archive", folder);
        var log = new ArchiveWalk(archive, folder).into(Instant.MAX, walked -> {});
        forgetWalk(folder);
        return log;
    }

    private static void forgetWalk(Path folder) throws IOException {
        for (var end : List.of("", "-wal", "-shm")) Files.deleteIfExists(folder.resolve("walk.sqlite" + end));
    }

    @Override
    public Archive archive() {
        return archive;
    }

    @Override
    public ChangeLog log() {
        return generation.get().log();
    }

    @Override
    public SearchIndex index() {
        return generation.get().index();
    }

    @Override
    public KnowledgeGraph graph() {
        return generation.get().graph();
    }

    Extractor extractor() {
        return extractor;
    }

    @Override
    public Intake intake() {
        return depositor;
    }

    /** Waits until every view shows all that is acknowledged. */
    boolean await(Duration atMost) throws InterruptedException {
        return generation.get().await(atMost);
    }

    String faults() {
        return generation.get().faults();
    }

    Verification.Result verify(boolean fixity, LongConsumer progress) throws InterruptedException {
        var now = generation.get();
        if (!now.await(CLOSING))
            throw new Stop(Exit.SERVICE_DOWN, "the views did not catch up with the log: " + now.faults());
        return new Verification(archive, now.log(), List.of(now.index(), now.graph()), Clock.systemUTC())
                .run(fixity, progress);
    }

    /**
     * Makes log, index and graph from the archive alone, beside the live ones, then swaps. A rebuild that was stopped goes on where
     * it was. Deposits go on meanwhile; only the swap makes them wait.
     */
    void rebuild(LongConsumer progress) throws IOException, InterruptedException {
        var live = generation.get();
        var name = "g" + (Integer.parseInt(live.name().substring(1)) + 1);
        var folder = home.views().resolve(name);
        Files.createDirectories(folder);
        var started = live.log().lastAt();
        long seq = live.log().last();
        LOG.info("rebuild: {} is made beside {}", name, live.name());
        var log = new ArchiveWalk(archive, folder).into(started, progress);
        LOG.info("rebuild: {} changes found in the archive", log.last());
        var fresh = Generation.open(home.views(), name, log, node, snapshots, base);
        if (!fresh.await(Duration.ofDays(2)))
            throw new Stop(Exit.SERVICE_DOWN, "the new views could not be made: " + fresh.faults());
        LOG.info("rebuild: the views are made");
        fresh.index().rest();
        depositor.quiet(() -> {
            try {
                for (var page = live.log().after(seq, 1000);
                        !page.isEmpty();
                        page = live.log().after(page.get(page.size() - 1).seq(), 1000)) log.record(page, List.of());
                fresh.poke();
                if (!fresh.await(CLOSING))
                    throw new Stop(Exit.SERVICE_DOWN, "the new views could not catch up: " + fresh.faults());
                forgetWalk(folder);
                point(name);
                generation.set(fresh);
                return null;
            } catch (IOException e) {
                throw new Stop(Exit.SERVICE_DOWN, "the new views could not be put in place: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stop(
                        Exit.INTERRUPTED, "interrupted before the new views were in place; run 'thocam rebuild' again");
            }
        });
        LOG.info("rebuild: {} is in place", name);
        live.discard(home.views());
    }

    /** Removes what an older rebuild left: views that nothing points to. */
    void sweep() throws IOException {
        var now = generation.get();
        if (now.indexOpened())
            node.join().dropAllBut(Set.of(Generation.core(now.name()), Generation.core(next(now.name()))));
    }

    private static String next(String name) {
        return "g" + (Integer.parseInt(name.substring(1)) + 1);
    }

    URI base() {
        return base;
    }

    @Override
    public void close() {
        depositor.close();
        extractor.close();
        try {
            if (!generation.get().await(Duration.ofSeconds(20)))
                LOG.warn("closed before every view had caught up ({}); they go on at the next start", faults());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        generation.get().close();
        node.handle((started, fault) -> {
                    if (started != null) started.close();
                    return null;
                })
                .join();
        archive.close();
    }
}
