package org.thocam.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.Library;
import org.thocam.api.access.Tokens;
import org.thocam.api.idempotency.IdempotencyKeys;
import org.thocam.cli.Configuration.Key;
import org.thocam.dictionary.Lexicon;
import org.thocam.dictionary.LexiconImport;
import org.thocam.dictionary.LexiconStore;
import org.thocam.dictionary.Lexicons;
import org.thocam.index.search.EntryIndex;
import org.thocam.index.search.SearchIndex;
import org.thocam.index.search.SegmentIndex;
import org.thocam.ingest.deployment.Deployment;
import org.thocam.ingest.deployment.Lease;
import org.thocam.ingest.deposit.ChangeClock;
import org.thocam.ingest.deposit.Depositor;
import org.thocam.ingest.deposit.OpenIntents;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.extract.InnerLimits;
import org.thocam.ingest.harvest.Harvester;
import org.thocam.ingest.harvest.Limits;
import org.thocam.ingest.log.ArchiveWalk;
import org.thocam.ingest.media.Derivatives;
import org.thocam.ingest.media.Programs;
import org.thocam.ingest.view.Snapshots;
import org.thocam.ingest.view.Verification;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Intake;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.exchange.formats.Crosswalks;
import org.thocam.ontology.graph.EntityShapes;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.linking.CurrentLinker;
import org.thocam.ontology.linking.Linker;
import org.thocam.ontology.queue.JobQueue;

/** Everything of one home, opened in order, repaired where a kill left something behind, and closed in reverse. */
final class Engine implements Library, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration CLOSING = Duration.ofMinutes(10);
    private static final Duration STUCK = Duration.ofMinutes(1);
    private static final Duration CAUGHT_UP = Duration.ofSeconds(5);
    private static final long ORPHANS_SECONDS = 5;
    private static final int WAITING_DERIVATIVES = 64;
    private static final Pattern GENERATION = Pattern.compile("g[0-9]{1,6}");

    private final Home home;
    private final Configuration configuration;
    private final URI base;
    private final String domain;
    private final String contact;
    private final Stores stores;
    private final Archive archive;
    private final Snapshots snapshots;
    private final AuthorityFile entities;
    private final CurrentLinker linking;
    private final Extractor extractor;
    private final Depositor depositor;
    private final Lexicons editing;
    private final Queueing queueing;
    private final ChangeClock clock;
    private final Installation installation;
    private Derivatives derivatives;
    private final ScheduledExecutorService orphans = Executors.newScheduledThreadPool(2, task -> {
        var thread = new Thread(task, "thocam-orphans");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicReference<Generation> generation = new AtomicReference<>();
    private final ReentrantLock rebuilding = new ReentrantLock();
    private ArchiveWalk.Plan planned;
    private CompletableFuture<Void> leaving = CompletableFuture.completedFuture(null);

    private Engine(Home home, Configuration configuration, Installation installation, Stores stores)
            throws IOException, InterruptedException {
        this.home = home;
        this.configuration = configuration;
        this.installation = installation;
        this.base = URI.create(
                configuration.text(Key.REPOSITORY_URL).isEmpty()
                        ? "http://" + configuration.text(Key.REPOSITORY_DOMAIN) + "/"
                        : configuration.text(Key.REPOSITORY_URL));
        this.domain = configuration.text(Key.REPOSITORY_DOMAIN);
        this.contact = configuration.text(Key.REPOSITORY_URL).isEmpty()
                ? configuration.text(Key.REPOSITORY_EMAIL)
                : configuration.text(Key.REPOSITORY_URL);
        this.stores = stores;
        this.archive = stores.archive();
        Files.createDirectories(home.views());
        var name = stores.deployment().current();
        var log = stores.logs().open(name);
        this.clock = new ChangeClock(Clock.systemUTC(), log.lastAt());
        new OpenIntents(archive, log, clock).settle();
        var shapes = new EntityShapes();
        this.entities = AuthorityFile.open(
                archive,
                this::intake,
                () -> generation.get() == null ? log : generation.get().log(),
                shapes::check);
        this.linking = new CurrentLinker(entities);
        this.snapshots = new Snapshots(archive, linking, Lexicon::isChanged);
        stores.logs().announce(log, clock, name);
        sweep(name);
        generation.set(Generation.open(home.views(), name, log, stores, snapshots, entities, base));
        generation.get().announce();
        int readers = configuration.number(Key.INGEST_READERS, 1, 64);
        this.extractor = Extractor.open(new Extractor.Limits(
                installation.tika(),
                home.run().resolve("tika"),
                installation.java(),
                readers,
                configuration.number(Key.INGEST_SECONDS, 1, 86_400),
                configuration.text(Key.INGEST_HEAP),
                configuration.number(Key.INGEST_LONGEST, 1000, 1 << 30),
                configuration.text(Key.INGEST_OCR),
                new InnerLimits(
                        configuration.number(Key.INNER_DEPTH, 0, 20),
                        configuration.number(Key.INNER_COUNT, 0, 100_000),
                        (long) configuration.number(Key.INNER_TOTAL, 0, 1 << 20) << 20,
                        (long) configuration.number(Key.INNER_LARGEST, 0, 1 << 20) << 20,
                        configuration.number(Key.INNER_RATIO, 1, 1_000_000),
                        configuration.number(Key.INNER_SECONDS, 1, 86_400)),
                configuration.number(Key.INGEST_REVIEW, 0, 100) / 100.0));
        this.depositor = new Depositor(
                archive,
                () -> generation.get().log(),
                clock,
                extractor,
                readers,
                home.root().resolve("incoming"),
                shapes::check,
                fresh -> {
                    snapshots.keep(fresh);
                    generation.get().poke();
                });
        entities.settle();
        this.editing = new Lexicons(archive, depositor, this::lexicons, Clock.systemUTC());
        this.queueing = Queueing.open(home, stores.database());
        if (stores.deployment().shared()) {
            orphans.scheduleWithFixedDelay(this::present, ORPHANS_SECONDS, ORPHANS_SECONDS, TimeUnit.SECONDS);
            orphans.scheduleWithFixedDelay(this::settleOrphans, ORPHANS_SECONDS, ORPHANS_SECONDS, TimeUnit.SECONDS);
        }
    }

    static Engine open(Home home, Configuration configuration, Installation installation)
            throws IOException, InterruptedException {
        var stores = Stores.open(home, configuration, installation);
        try {
            return new Engine(home, configuration, installation, stores);
        } catch (IOException | InterruptedException | RuntimeException e) {
            stores.close();
            throw e;
        }
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
    public EntryIndex entries() {
        return generation.get().entries();
    }

    @Override
    public SegmentIndex segments() {
        return generation.get().segments();
    }

    @Override
    public LexiconStore lexicons() {
        return upToDate().lexicons();
    }

    @Override
    public Lexicons editing() {
        return editing;
    }

    @Override
    public boolean awaitEntries(Duration atMost) throws InterruptedException {
        return generation.get().awaitEntries(atMost);
    }

    @Override
    public LexiconImport dictionaryImport() {
        return new LexiconImport(archive, depositor, log(), editing, home.root().resolve("incoming"));
    }

    @Override
    public AuthorityFile entities() {
        upToDate();
        return entities;
    }

    @Override
    public Linker linker() {
        return linking.get();
    }

    /** What another engine changed a moment ago is in the views of entries and entities that a caller sees or edits. */
    private Generation upToDate() {
        var now = generation.get();
        if (stores.deployment().shared()) now.keepUp(CAUGHT_UP);
        return now;
    }

    private void present() {
        try {
            stores.present();
            followViews();
        } catch (RuntimeException | Error e) {
            LOG.warn("other engines do not know that this one is there: {}", e.getMessage());
        } catch (IOException e) {
            LOG.error("the views that another engine put in place cannot be opened: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An engine that was taken for gone while another rebuilt goes on with what is current now. */
    private void followViews() throws IOException, InterruptedException {
        if (!rebuilding.tryLock()) return;
        try {
            var live = generation.get();
            var current = stores.deployment().current();
            if (current.equals(live.name())) return;
            LOG.warn(
                    "another engine put the views {} in place of {}: this one goes on with them", current, live.name());
            var fresh = Generation.open(
                    home.views(), current, stores.logs().open(current), stores, snapshots, entities, base);
            depositor.quiet(() -> generation.getAndSet(fresh));
            fresh.announce();
            // what of them is shared the other engine removes
            leave(live, () -> {
                live.close();
                Generation.remove(home.views().resolve(live.name()));
            });
        } finally {
            rebuilding.unlock();
        }
    }

    /** What engines that are gone had under way. */
    private void settleOrphans() {
        try {
            int found = depositor.quiet(() -> new OpenIntents(archive, log(), clock).settle());
            if (found > 0) generation.get().poke();
        } catch (RuntimeException | Error e) {
            // a schedule ends with what it throws, without a word
            LOG.warn("what engines that are gone had under way is looked at later: {}", e.getMessage());
        }
    }

    Tokens tokens() {
        return stores.tokens();
    }

    Deployment deployment() {
        return stores.deployment();
    }

    Configuration configuration() {
        return configuration;
    }

    /** For one verb: what it remembers is in its ledger. */
    Harvester harvester() {
        var version = Engine.class.getPackage().getImplementationVersion();
        return new Harvester(
                home.root().resolve("harvest"),
                archive,
                () -> generation.get().log(),
                depositor,
                Crosswalks::reader,
                domain,
                Harvester.userAgent(version == null ? "0" : version, contact),
                Limits.USUAL);
    }

    URI base() {
        return base;
    }

    @Override
    public KnowledgeGraph graph() {
        return generation.get().graph();
    }

    @Override
    public JobQueue jobs() {
        return queueing.jobs();
    }

    @Override
    public IdempotencyKeys keys() {
        return queueing.keys();
    }

    /** Takes what is queued in, as long as this engine is open. */
    void work(int threads) throws IOException {
        queueing.work(threads, depositor, archive::head, home.run().resolve("queue"));
    }

    /** Opened when it is first asked for: it counts what it holds. */
    @Override
    public synchronized Derivatives derivatives() {
        if (derivatives != null) return derivatives;
        int jobs = configuration.number(Key.DERIVATIVES_JOBS, 0, 256);
        try {
            derivatives = Derivatives.open(new Derivatives.Settings(
                    home.root().resolve("derivatives"),
                    home.run().resolve("media"),
                    jobs == 0 ? Runtime.getRuntime().availableProcessors() : jobs,
                    WAITING_DERIVATIVES,
                    (long) configuration.number(Key.DERIVATIVES_GIGABYTES, 1, 1_000_000) << 30,
                    Programs.installed(
                            Path.of(installation.java()),
                            installation.media().resolve("*").toString()),
                    org.thocam.ingest.media.Limits.USUAL));
            return derivatives;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of derivatives cannot be opened: " + e.getMessage(), e);
        }
    }

    private synchronized void closeDerivatives() {
        if (derivatives != null) derivatives.close();
    }

    Path home() {
        return home.root();
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

    /** The same for as long as the views get on; gives up when something keeps them from it for a minute. */
    boolean awaitWhileTheyGetOn() throws InterruptedException {
        return awaitWhileItGetsOn(generation.get());
    }

    private static boolean awaitWhileItGetsOn(Generation views) throws InterruptedException {
        while (true) {
            long before = views.progress();
            if (views.await(STUCK)) return true;
            if (views.progress() == before && !views.faults().isEmpty()) return false;
        }
    }

    String faults() {
        return generation.get().faults();
    }

    Verification.Result verify(boolean fixity, LongConsumer progress) throws InterruptedException {
        var now = generation.get();
        if (!awaitWhileItGetsOn(now))
            throw new Stop(Exit.SERVICE_DOWN, "the views did not catch up with the log: " + now.faults());
        return new Verification(archive, now.log(), now.views(), Clock.systemUTC()).run(fixity, progress);
    }

    /**
     * Makes log, index and graph from the archive alone, beside the live ones, then swaps. A rebuild that was stopped goes on where
     * it was. Deposits go on meanwhile; only the swap makes them wait.
     */
    void rebuild(LongConsumer progress) throws IOException, InterruptedException {
        if (!rebuilding.tryLock()) throw new Stop(Exit.CONFLICT, "a rebuild is under way; wait for it to end");
        try {
            var alone = stores.alone();
            try (alone) {
                var live = generation.get();
                var name = next(live.name());
                var fresh = made(live, name, progress);
                try {
                    fresh.index().rest();
                    swap(live, fresh, alone);
                } finally {
                    if (generation.get() != fresh) fresh.close();
                }
                LOG.info("rebuild: {} is in place", name);
                leave(live, () -> {
                    live.discard(home.views());
                    stores.dropGraph(live.name());
                    stores.logs().remove(live.name());
                });
            }
        } finally {
            rebuilding.unlock();
        }
    }

    private interface Ending {
        void end() throws IOException;
    }

    /** A moment later: requests that began on the old views end on them. */
    private void leave(Generation old, Ending ending) {
        leaving = leaving.thenRunAsync(() -> {
            try {
                TimeUnit.SECONDS.sleep(3);
                ending.end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "the old views {} were not removed; that is tried again at the next start: {}",
                        old.name(),
                        e.getMessage());
            }
        });
    }

    private Generation made(Generation live, String name, LongConsumer progress)
            throws IOException, InterruptedException {
        var folder = home.views().resolve(name);
        Files.createDirectories(folder);
        var walk = new ArchiveWalk(archive, folder);
        long seq = live.log().last();
        var plan = walk.plan(
                new ArchiveWalk.Plan(live.log().generation(), seq, live.log().lastAt()));
        if (!plan.generation().equals(live.log().generation())) {
            // begun beside views that are gone: its plan says nothing about these
            Generation.remove(folder);
            Files.createDirectories(folder);
            plan = walk.plan(new ArchiveWalk.Plan(
                    live.log().generation(), seq, live.log().lastAt()));
        }
        planned = plan;
        LOG.info("rebuild: {} is made beside {}", name, live.name());
        var log = stores.logs().fresh(name);
        try {
            walk.into(plan, log, progress);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
        if (!walk.unreadable().isEmpty()) {
            log.close();
            throw new Stop(
                    Exit.SOME_FAILED,
                    walk.unreadable().size() + " items cannot be read, such as "
                            + walk.unreadable().get(0)
                            + ": the views stay as they are. Restore these from a copy ('thocam verify' names them), then run 'thocam rebuild' again.");
        }
        LOG.info("rebuild: {} changes found in the archive", log.last());
        var fresh = Generation.open(home.views(), name, log, stores, snapshots, entities, base);
        if (!awaitWhileItGetsOn(fresh)) {
            var faults = fresh.faults();
            fresh.close();
            throw new Stop(Exit.SERVICE_DOWN, "the new views could not be made: " + faults);
        }
        LOG.info("rebuild: the views are made");
        return fresh;
    }

    private void swap(Generation live, Generation fresh, Lease alone) {
        depositor.quiet(() -> {
            try {
                // of an engine that is gone, or was taken for gone: after the swap nobody looks there any more
                if (stores.deployment().shared()) new OpenIntents(archive, live.log(), clock).settle();
                var page = live.log().after(planned.seq(), 1000);
                while (!page.isEmpty()) {
                    fresh.log().record(page, List.of());
                    page = live.log().after(page.get(page.size() - 1).seq(), 1000);
                }
                live.log().announced().ifPresent(fresh.log()::announceAs);
                fresh.poke();
                if (!fresh.await(CLOSING))
                    throw new Stop(Exit.SERVICE_DOWN, "the new views could not catch up: " + fresh.faults());
                stores.logs().made(fresh.name());
                if (!alone.held())
                    throw new Stop(Exit.CONFLICT, "this engine is no longer sure to be alone; rebuild again");
                if (!stores.deployment().turn(live.name(), fresh.name()))
                    throw new Stop(Exit.CONFLICT, "another engine put other views in place; rebuild again");
                generation.set(fresh);
                fresh.announce();
                return null;
            } catch (IOException e) {
                throw new Stop(Exit.SERVICE_DOWN, "the new views could not be put in place: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stop(
                        Exit.INTERRUPTED, "interrupted before the new views were in place; run 'thocam rebuild' again");
            }
        });
    }

    /** Removes what nothing points to: views older than these, which a kill right after a swap left. */
    private void sweep(String name) throws IOException {
        var wanted = Set.of(name, next(name));
        try (var folders = Files.list(home.views())) {
            for (var folder : folders.toList()) {
                var old = folder.getFileName().toString();
                if (GENERATION.matcher(old).matches() && !wanted.contains(old)) Generation.remove(folder);
            }
        }
        CompletableFuture.runAsync(() -> stores.node()
                        .await()
                        .dropAllBut(Stream.of(name, next(name))
                                .flatMap(Generation::cores)
                                .collect(Collectors.toSet())))
                .exceptionally(fault -> {
                    LOG.warn("indexes that nothing points to were not removed: {}", fault.getMessage());
                    return null;
                });
    }

    private static String next(String name) {
        return "g" + (Integer.parseInt(name.substring(1)) + 1);
    }

    @Override
    public void close() {
        try (queueing) {
            queueing.takeNoMore();
            orphans.shutdownNow();
            depositor.close();
            extractor.close();
            closeDerivatives();
            leaving.join();
            if (!generation.get().await(Duration.ofSeconds(20)))
                LOG.warn("closed before every view had caught up ({}); they go on at the next start", faults());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try {
                generation.get().close();
            } finally {
                stores.close();
            }
        }
    }
}
