package org.thocam.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.dictionary.EntryGraphs;
import org.thocam.dictionary.LexiconProblem;
import org.thocam.dictionary.LexiconStore;
import org.thocam.index.search.EntryIndex;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.index.search.SearchIndex;
import org.thocam.index.search.SegmentIndex;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ingest.view.CatchUp;
import org.thocam.ingest.view.Snapshots;
import org.thocam.ontology.Projection;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.graph.EntityGraphs;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.graph.PartGraphs;

/** A log and the views made from it: what a rebuild makes beside the live ones, and then puts in their place. */
final class Generation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

    private static final String ITEMS = "thocam-items";
    private static final String ENTRIES = "thocam-entries";
    private static final String SEGMENTS = "thocam-segments";

    private final String name;
    private final SqlChangeLog log;
    private final KnowledgeGraph graph;
    private final Stores stores;
    private final List<CatchUp> catchUps;
    private final LexiconStore lexicons;
    private final CatchUp kept;
    private final CatchUp lookups;
    private volatile boolean current;
    private volatile SearchIndex index;
    private volatile EntryIndex entries;
    private volatile SegmentIndex segments;

    private Generation(
            String name,
            SqlChangeLog log,
            KnowledgeGraph graph,
            Stores stores,
            LexiconStore lexicons,
            PartGraphs entries,
            Snapshots snapshots) {
        this.name = name;
        this.log = log;
        this.graph = graph;
        this.stores = stores;
        this.lexicons = lexicons;
        this.kept = new CatchUp("lexicons", () -> lexicons, log, snapshots);
        this.lookups = new CatchUp(
                "dictionary",
                mine -> new Behind(openEntries(mine), kept, change -> true),
                log,
                snapshots,
                stores.indexTurn(name, "entries"));
        this.catchUps = List.of(
                kept,
                new CatchUp(
                        "index",
                        mine -> new WithoutWordLists(
                                new LinkMark(openIndex(mine), stores.deployment(), "index.linked." + name)),
                        log,
                        snapshots,
                        stores.indexTurn(name, "items")),
                new CatchUp(
                        "segments",
                        mine -> new LinkMark(openSegments(mine), stores.deployment(), "segments.linked." + name),
                        log,
                        snapshots,
                        stores.indexTurn(name, "segments")),
                // an item's restriction does not wait for a dictionary
                new CatchUp(
                        "graph",
                        mine -> new Behind(graph, kept, entries::shows),
                        log,
                        snapshots,
                        stores.graphTurn(name)),
                lookups);
        log.listen(this::poke);
    }

    static Generation open(
            Path views,
            String name,
            SqlChangeLog log,
            Stores stores,
            Snapshots snapshots,
            AuthorityFile entities,
            URI base) {
        var lexicons = LexiconStore.open(views.resolve(name).resolve("lexicons.sqlite"), stores.archive(), log);
        var entries = new EntryGraphs(lexicons, log, base.toString());
        var parts = PartGraphs.of(List.of(new EntityGraphs(entities::standing, log::headOf, base.toString()), entries));
        return new Generation(name, log, stores.graph(name, base, parts), stores, lexicons, entries, snapshots);
    }

    /** In the catch-up's own thread, which tries again until the node is there. */
    private SearchIndex openIndex(boolean mine) {
        if (index == null) index = SearchIndex.open(stores.node().await(), core(name), mine);
        // what brings it up is stopped by a store that lost it
        else if (mine) index.ensure();
        if (mine && current) stores.node().await().alias(ITEMS, core(name));
        return index;
    }

    private EntryIndex openEntries(boolean mine) {
        if (entries == null)
            entries =
                    EntryIndex.open(stores.node().await(), entriesCore(name), new ArchivedDictionaries(lexicons), mine);
        else if (mine) entries.ensure();
        if (mine && current) stores.node().await().alias(ENTRIES, entriesCore(name));
        return entries;
    }

    private SegmentIndex openSegments(boolean mine) {
        if (segments == null)
            segments = SegmentIndex.open(
                    stores.node().await(), segmentsCore(name), new ArchivedSegments(stores.archive()), mine);
        else if (mine) segments.ensure();
        if (mine && current) stores.node().await().alias(SEGMENTS, segmentsCore(name));
        return segments;
    }

    private static String core(String name) {
        return "thocam-" + name;
    }

    private static String entriesCore(String name) {
        return "entries-" + name;
    }

    private static String segmentsCore(String name) {
        return "segments-" + name;
    }

    /** Names of its indexes on the node. */
    static Stream<String> cores(String name) {
        return Stream.of(core(name), entriesCore(name), segmentsCore(name));
    }

    String name() {
        return name;
    }

    SqlChangeLog log() {
        return log;
    }

    KnowledgeGraph graph() {
        return graph;
    }

    /** The current entries of all dictionaries. */
    LexiconStore lexicons() {
        return lexicons;
    }

    /** @throws IndexUnavailableException while it is still being opened */
    SearchIndex index() {
        var opened = index;
        if (opened == null)
            throw new IndexUnavailableException("the index is still being opened; ask again in a moment", null);
        return opened;
    }

    /** @throws IndexUnavailableException while they are still being opened */
    EntryIndex entries() {
        var opened = entries;
        if (opened == null)
            throw new IndexUnavailableException("the dictionaries are still being opened; ask again in a moment", null);
        return opened;
    }

    /** @throws IndexUnavailableException while they are still being opened */
    SegmentIndex segments() {
        var opened = segments;
        if (opened == null)
            throw new IndexUnavailableException("the recordings are still being opened; ask again in a moment", null);
        return opened;
    }

    /** All that shows what the archive holds. */
    List<Projection> views() {
        return List.of(index(), graph, lexicons, entries(), segments());
    }

    List<CatchUp> catchUps() {
        return catchUps;
    }

    void poke() {
        catchUps.forEach(CatchUp::poke);
    }

    /** Makes its indexes known by names that stay, to others who read a SolrCloud: those that are not open yet when they are. */
    void announce() {
        current = true;
        CompletableFuture.runAsync(() -> {
                    if (index != null) stores.node().await().alias(ITEMS, core(name));
                    if (entries != null) stores.node().await().alias(ENTRIES, entriesCore(name));
                    if (segments != null) stores.node().await().alias(SEGMENTS, segmentsCore(name));
                })
                .exceptionally(fault -> {
                    LOG.warn("the indexes {} are not known by the names that stay: {}", name, fault.getMessage());
                    return null;
                });
    }

    /** Waits a moment until entries and entities are as the log says now. */
    void keepUp(Duration atMost) {
        try {
            long last = log.last();
            if (kept.reached() < last && !kept.hurry(last, atMost))
                throw new LexiconProblem(
                        LexiconProblem.Kind.NOT_YET,
                        "what another engine changed is not here yet: " + kept.fault() + "; ask again in a moment");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until every view shows all that the log has now. */
    boolean await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long last = log.last();
        for (var catchUp : catchUps)
            if (!catchUp.await(last, Duration.ofNanos(Math.max(0, end - System.nanoTime())))) return false;
        return true;
    }

    /** Waits until lookups find all that the log has now, without the rests that a catch-up takes. */
    boolean awaitEntries(Duration atMost) throws InterruptedException {
        return lookups.hurry(log.last(), atMost);
    }

    /** The places that the views reached, added up: as long as it grows, waiting is worth it. */
    long progress() {
        return catchUps.stream().mapToLong(CatchUp::reached).sum();
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
        if (index != null) index.close();
        if (entries != null) entries.close();
        if (segments != null) segments.close();
        graph.close();
        lexicons.close();
        log.close();
    }

    /** Closes it and removes what it has on disk. */
    void discard(Path views) throws IOException {
        catchUps.forEach(CatchUp::close);
        if (index != null) index.drop();
        if (entries != null) entries.drop();
        if (segments != null) segments.drop();
        graph.close();
        lexicons.close();
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
