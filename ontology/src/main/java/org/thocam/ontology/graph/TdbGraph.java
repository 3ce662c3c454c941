package org.thocam.ontology.graph;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.TDBException;
import org.apache.jena.tdb2.params.StoreParams;
import org.apache.jena.tdb2.store.DatasetGraphSwitchable;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/** In TDB2, in this process. The store's default graph is ours, and is written in the same transaction as the items. */
final class TdbGraph extends KnowledgeGraph {
    private static final Logger LOG = LoggerFactory.getLogger(TdbGraph.class);

    // Jena's own sizes are for a machine that does nothing else: 750,000 nodes fill the engine's heap.
    private static final StoreParams STORE = StoreParams.builder("thocam")
            .nodeId2NodeCacheSize(100_000)
            .node2NodeIdCacheSize(50_000)
            .build();
    private static final String OWN = "urn:x-thocam:";
    private static final Node STORE_ITSELF = NodeFactory.createURI(OWN + "graph");
    private static final Node BASE = NodeFactory.createURI(OWN + "base");
    private static final Node GENERATION = NodeFactory.createURI(OWN + "generation");
    private static final Node SEQ = NodeFactory.createURI(OWN + "seq");
    private static final Node COMPACTED = NodeFactory.createURI(OWN + "compacted");
    private static final Node LINKED = NodeFactory.createURI(OWN + "linkedWith");
    private static final Node TRIPLES = NodeFactory.createURI(OWN + "triples");
    private static final Node VERSION = NodeFactory.createURI(OWN + "version");
    private static final Node COMMUNITY = NodeFactory.createURI(OWN + "community");
    private static final Node OPEN_FROM = NodeFactory.createURI(OWN + "openFrom");
    private static final Node PART_OF = NodeFactory.createURI(OWN + "partOf");
    private static final Node PART = NodeFactory.createURI(OWN + "part");
    private static final Node PART_VERSION = NodeFactory.createURI(OWN + "partVersion");
    private static final Node PART_TRIPLES = NodeFactory.createURI(OWN + "partTriples");
    private static final String NEVER = "never";
    /** Parts that one transaction brings. TDB2 writes every block anew that a transaction touches: the more in one, the less disk. */
    private static final int MOST_PARTS = 25_000;

    /** Bytes of earlier states from which compacting is worth its time. */
    private static final long LEAST_GROWTH = 512L << 20;

    private final Path dir;
    private final long leastGrowth;
    private final SteadyStore store;
    private final int mostParts;
    private volatile boolean closed;
    /** Whether there may be more on disk than when that was last looked at. */
    private volatile boolean written = true;

    private volatile Hidden hidden;

    private TdbGraph(Path dir, SteadyStore store, String base, PartGraphs parts, int mostParts, long leastGrowth) {
        super(base, parts);
        this.dir = dir;
        this.leastGrowth = leastGrowth;
        this.store = store;
        this.mostParts = mostParts;
        this.hidden = Hidden.nothing(base + "id/");
    }

    /** {@link KnowledgeGraph#open(Path, URI, PartGraphs)}. */
    static TdbGraph in(Path dir, URI base, PartGraphs parts) {
        return open(dir, base, parts, MOST_PARTS, LEAST_GROWTH);
    }

    /**
     * @param mostParts that one transaction brings
     * @param leastGrowth bytes
     */
    static TdbGraph open(Path dir, URI base, PartGraphs parts, int mostParts, long leastGrowth) {
        var begin = checked(base);
        try {
            Files.createDirectories(dir);
            var graph = new TdbGraph(
                    dir,
                    new SteadyStore((DatasetGraphSwitchable)
                            DatabaseMgr.connectDatasetGraph(Location.create(dir.toAbsolutePath()), STORE)),
                    begin,
                    parts,
                    mostParts,
                    leastGrowth);
            graph.settle();
            return graph;
        } catch (IOException e) {
            throw new UncheckedIOException("graph in " + dir + " cannot be made", e);
        } catch (TDBException e) {
            throw new IllegalStateException(
                    "graph in " + dir + " does not open: " + e.getMessage()
                            + ". If another process has it, end that one first; if it is damaged, remove the folder and it is made again.",
                    e);
        }
    }

    private void settle() {
        var before = read(() -> own(STORE_ITSELF, BASE));
        if (!before.isEmpty() && !before.equals(base)) {
            LOG.warn("graph: its base was {}, now it is {}: emptied, to be made again", before, base);
            clear();
        }
        write(() -> own(STORE_ITSELF, BASE, base));
        hidden = read(this::committed);
    }

    private Hidden committed() {
        var closed = new HashMap<Node, Access>();
        store.find(Quad.defaultGraphIRI, Node.ANY, OPEN_FROM, Node.ANY).forEachRemaining(quad -> {
            var item = quad.getSubject();
            var communities = Iter.toList(
                    Iter.map(store.find(Quad.defaultGraphIRI, item, COMMUNITY, Node.ANY), found -> found.getObject()
                            .getLiteralLexicalForm()));
            var from = quad.getObject().getLiteralLexicalForm();
            closed.put(
                    item,
                    from.equals(NEVER)
                            ? new Access.Restricted(communities)
                            : new Access.Embargoed(LocalDate.parse(from), communities));
        });
        return new Hidden(base + "id/", closed, Map.of());
    }

    @Override
    public Watermark watermark() {
        return read(() -> {
            var seq = own(STORE_ITSELF, SEQ);
            return seq.isEmpty() ? Watermark.NONE : new Watermark(own(STORE_ITSELF, GENERATION), Long.parseLong(seq));
        });
    }

    /**
     * Items and changes of single parts in one transaction, the watermark with them. Before it, all parts of an item that changed come in
     * as many transactions as they need; after a crash between them the change comes again, and finds the difference smaller. Who may see
     * the item is what both its old and its new state allow until the last of them.
     */
    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        var last = new LinkedHashMap<ItemId, Snapshot>();
        batch.forEach(snapshot -> last.put(snapshot.change().id(), snapshot));
        var accesses = new HashMap<Node, Access>();
        var ofParts = new ArrayList<Snapshot>();
        last.forEach((id, snapshot) -> {
            if (id.isPart()) return;
            accesses.put(iri(id), snapshot.holding().access());
            if (parts.shows(snapshot.change()) || hasParts(iri(id))) ofParts.add(snapshot);
        });
        if (!ofParts.isEmpty()) narrow(accesses);
        for (var snapshot : ofParts) {
            var item = iri(snapshot.change().id());
            if (!bring(item, snapshot)) accesses.put(item, hidden.of(item));
        }
        var alongside = new LinkedHashSet<ItemId>();
        for (var id : last.keySet())
            if (id.isPart() && !last.containsKey(id.whole())) alongside.addAll(parts.alongside(id));
        alongside.removeAll(last.keySet());
        change(hidden.with(accesses), () -> {
            long more = 0;
            for (var entry : last.entrySet()) {
                var id = entry.getKey();
                if (!id.isPart()) more += show(iri(id), entry.getValue(), accesses.get(iri(id)));
                else if (!last.containsKey(id.whole())) more += showPart(id);
            }
            for (var id : alongside) more += showPart(id);
            count(more);
            own(STORE_ITSELF, GENERATION, upTo.generation());
            own(STORE_ITSELF, SEQ, Long.toString(upTo.seq()));
        });
    }

    private void count(long more) {
        if (more != 0) own(STORE_ITSELF, TRIPLES, Long.toString(number(own(STORE_ITSELF, TRIPLES)) + more));
    }

    /** Lets nobody see more than both what was and what comes allow, before anything of it is written. */
    private void narrow(Map<Node, Access> accesses) {
        var narrower = new HashMap<Node, Access>();
        accesses.forEach((item, access) -> {
            var both = hidden.of(item).and(access);
            if (!both.equals(hidden.of(item))) narrower.put(item, both);
        });
        if (!narrower.isEmpty()) change(hidden.with(narrower), () -> narrower.forEach(this::keep));
    }

    private boolean hasParts(Node item) {
        return read(() -> store.contains(Quad.defaultGraphIRI, Node.ANY, PART_OF, item));
    }

    /**
     * Brings all part graphs of an item to their new state, some thousand in a transaction.
     *
     * @return false where a later version of the item came meanwhile: it is to bring them
     */
    private boolean bring(Node item, Snapshot snapshot) {
        var id = snapshot.change().id();
        var old = read(() -> partsOf(item));
        if (parts.shows(snapshot.change()) && snapshot.holding() instanceof Item) {
            try (var bringing = new Bringing(item, id, snapshot.change().version(), old)) {
                parts.forEach(id, bringing::add);
                if (!bringing.commit()) return false;
            }
        }
        var gone = List.copyOf(old);
        for (int from = 0; from < gone.size(); from += mostParts) {
            var some = gone.subList(from, Math.min(gone.size(), from + mostParts));
            write(() -> {
                long more = 0;
                for (var graph : some) more += write(item, graph, Optional.empty(), false);
                countParts(item, more);
                count(more);
            });
        }
        return true;
    }

    /** The part graphs of one item on their way into the store: nothing of them is held in memory but the names of those that were there. */
    private final class Bringing implements AutoCloseable {
        private final Node item;
        private final ItemId id;
        private final Version version;
        private final Set<Node> old;
        private int written;
        private long more;
        private boolean current = true;

        /** @param old names of the graphs that are there; what remains of them has to go */
        Bringing(Node item, ItemId id, Version version, Set<Node> old) {
            this.item = item;
            this.id = id;
            this.version = version;
            this.old = old;
        }

        boolean add(PartGraphs.PartGraph part) {
            if (written == 0) begin(TxnType.WRITE);
            written++;
            var graph = partIri(part.part());
            boolean there = old.remove(graph);
            more += write(item, graph, Optional.of(part), !there);
            return written < mostParts || commit();
        }

        /** @return false where a later version of the item is acknowledged: what may have been written under it is not kept */
        boolean commit() {
            if (current) current = parts.isCurrent(id, version);
            if (!current || written == 0) return current;
            countParts(item, more);
            count(more);
            store.commit();
            store.end();
            written = 0;
            more = 0;
            return true;
        }

        @Override
        public void close() {
            if (written == 0) return;
            store.abort();
            store.end();
        }
    }

    /** A change of one part, unless its item is not shown, or a later version of it is to bring all parts. */
    private long showPart(ItemId id) {
        var item = iri(id.whole());
        var shown = own(item, VERSION);
        var part = parts.one(id);
        if (shown.isEmpty() || !parts.isCurrent(id.whole(), new Version(Long.parseLong(shown)))) return 0;
        var graph = partIri(id);
        boolean there = store.contains(Quad.defaultGraphIRI, graph, PART_OF, item);
        if (!there && part.isEmpty()) return 0;
        long more = write(item, graph, part, !there);
        countParts(item, more);
        return more;
    }

    /** @param fresh whether nothing of it can be there: reading what is there costs as much as writing it */
    private long write(Node item, Node graph, Optional<PartGraphs.PartGraph> part, boolean fresh) {
        var wanted = new LinkedHashSet<>(part.map(PartGraphs.PartGraph::triples).orElse(List.of()));
        long more = replace(graph, fresh ? Set.of() : triplesOf(graph), wanted);
        if (fresh) store.add(Quad.defaultGraphIRI, graph, PART_OF, item);
        else if (part.isEmpty()) store.delete(Quad.defaultGraphIRI, graph, PART_OF, item);
        // only what the archive has as an object of its own is told to a verification
        var versioned = part.filter(there -> there.version().number() > 0);
        if (fresh && versioned.isEmpty()) return more;
        own(graph, PART, versioned.map(there -> there.part().value()).orElse(""));
        own(
                graph,
                PART_VERSION,
                versioned.map(there -> Long.toString(there.version().number())).orElse(""));
        return more;
    }

    private void countParts(Node item, long more) {
        if (more == 0) return;
        long all = number(own(item, PART_TRIPLES)) + more;
        own(item, PART_TRIPLES, all == 0 ? "" : Long.toString(all));
    }

    private Set<Node> partsOf(Node item) {
        var graphs = new HashSet<Node>();
        store.find(Quad.defaultGraphIRI, Node.ANY, PART_OF, item)
                .forEachRemaining(quad -> graphs.add(quad.getSubject()));
        return graphs;
    }

    /** Brings one item graph to its new state by writing only what differs: four times faster than writing it whole. */
    private long show(Node graph, Snapshot snapshot, Access access) {
        var wanted = wanted(snapshot);
        long more = replace(graph, triplesOf(graph), wanted);
        own(
                graph,
                VERSION,
                wanted.isEmpty()
                        ? ""
                        : Long.toString(snapshot.change().version().number()));
        boolean nothing = wanted.isEmpty() && own(graph, PART_TRIPLES).isEmpty();
        keep(graph, nothing ? Access.OPEN : access);
        return more;
    }

    private long replace(Node graph, Set<Triple> held, Set<Triple> wanted) {
        long more = 0;
        for (var triple : held)
            if (!wanted.contains(triple)) {
                store.delete(Quad.create(graph, triple));
                more--;
            }
        for (var triple : wanted)
            if (!held.contains(triple)) {
                store.add(Quad.create(graph, triple));
                more++;
            }
        return more;
    }

    private void keep(Node graph, Access access) {
        own(
                graph,
                OPEN_FROM,
                access instanceof Access.Embargoed embargoed
                        ? embargoed.until().toString()
                        : access instanceof Access.Restricted ? NEVER : "");
        own(graph, COMMUNITY, access.communities());
    }

    @Override
    public void clear() {
        change(Hidden.nothing(base + "id/"), () -> {
            store.clear();
            own(STORE_ITSELF, BASE, base);
        });
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        // Told outside the transaction, for the listener may take its time or ask this graph.
        var held = read(() -> Iter.toList(Iter.map(
                store.find(Quad.defaultGraphIRI, Node.ANY, VERSION, Node.ANY),
                quad -> Map.entry(quad.getSubject(), quad.getObject().getLiteralLexicalForm()))));
        held.forEach(entry -> consumer.accept(idOf(entry.getKey()), new Version(Long.parseLong(entry.getValue()))));
        var ofParts = read(() -> Iter.toList(Iter.map(
                store.find(Quad.defaultGraphIRI, Node.ANY, PART, Node.ANY),
                quad -> Map.entry(quad.getObject().getLiteralLexicalForm(), own(quad.getSubject(), PART_VERSION)))));
        ofParts.forEach(
                entry -> consumer.accept(new ItemId(entry.getKey()), new Version(Long.parseLong(entry.getValue()))));
    }

    @Override
    public long triples() {
        return read(() -> number(own(STORE_ITSELF, TRIPLES)));
    }

    @Override
    public long triples(Viewer viewer, Instant now) {
        var visible = visible(viewer, now);
        visible.begin(TxnType.READ);
        try {
            long triples = number(own(STORE_ITSELF, TRIPLES));
            for (var item : visible.hides())
                triples -= number(own(item, PART_TRIPLES)) + triplesOf(item).size();
            return triples;
        } finally {
            visible.end();
        }
    }

    @Override
    public void dump(OutputStream out) {
        read(() -> {
            var graphs = new ArrayList<>(Iter.toList(
                    Iter.map(store.find(Quad.defaultGraphIRI, Node.ANY, VERSION, Node.ANY), quad -> quad.getSubject()
                            .getURI())));
            store.find(Quad.defaultGraphIRI, Node.ANY, PART_OF, Node.ANY)
                    .forEachRemaining(quad -> graphs.add(quad.getSubject().getURI()));
            graphs.sort(null);
            for (var graph : graphs) {
                var node = NodeFactory.createURI(graph);
                var lines = triplesOf(node).stream()
                        .map(triple -> line(triple, node))
                        .sorted()
                        .toList();
                write(out, String.join("", lines));
            }
            return null;
        });
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the graph's dump cannot be written", e);
        }
    }

    @Override
    public Graph itemGraph(ItemId id) {
        return graphOf(read(() -> triplesOf(iri(id))));
    }

    @Override
    public Optional<Graph> itemGraph(String iri, Viewer viewer, Instant now) {
        var visible = visible(viewer, now);
        visible.begin(TxnType.READ);
        try {
            var item = NodeFactory.createURI(iri);
            var triples = visible.shows(item) ? triplesOf(item) : Set.<Triple>of();
            return triples.isEmpty() ? Optional.empty() : Optional.of(graphOf(triples));
        } finally {
            visible.end();
        }
    }

    @Override
    public List<Pointer> about(String iri, Viewer viewer, Instant now, int most) {
        var visible = visible(viewer, now);
        visible.begin(TxnType.READ);
        try {
            var part = NodeFactory.createURI(iri);
            if (!visible.shows(part)) return List.of();
            var subjects = subjectsOf(part, triplesOf(part));
            var pointers = new ArrayList<Pointer>();
            for (var subject : subjects) {
                var found = visible.getDefaultGraph().find(Node.ANY, SUBJECT, subject);
                while (found.hasNext() && pointers.size() < most) {
                    var item = found.next().getSubject();
                    if (isItem(item)) pointers.add(new Pointer(idOf(item), subject.getURI()));
                }
                found.close();
            }
            return pointers;
        } finally {
            visible.end();
        }
    }

    @Override
    public MentionedIn mentionedIn(String entityIri, Viewer viewer, Instant now, int most) {
        var visible = visibleTo(viewer, now);
        visible.begin(TxnType.READ);
        try {
            var items = new ArrayList<ItemId>();
            int count = 0;
            var found = visible.getDefaultGraph()
                    .find(Node.ANY, MentionDescription.MENTIONS, NodeFactory.createURI(entityIri));
            while (found.hasNext() && count < MOST_COUNTED) {
                var item = found.next().getSubject();
                if (!isItem(item)) continue;
                count++;
                if (items.size() < most) items.add(idOf(item));
            }
            found.close();
            return new MentionedIn(List.copyOf(items), count);
        } finally {
            visible.end();
        }
    }

    @Override
    public List<String> sensesOf(String entityIri, Viewer viewer, Instant now, int most) {
        var visible = visibleTo(viewer, now);
        visible.begin(TxnType.READ);
        try {
            var senses = new ArrayList<String>();
            var found = visible.getDefaultGraph().find(Node.ANY, REFERENCE, NodeFactory.createURI(entityIri));
            while (found.hasNext() && senses.size() < most)
                senses.add(found.next().getSubject().getURI());
            found.close();
            senses.sort(null);
            return senses;
        } finally {
            visible.end();
        }
    }

    @Override
    public List<Snapshot> linkedOtherwise(List<Snapshot> items) {
        return items.stream()
                .filter(item -> mentionsDiffer(
                        item, read(() -> triplesOf(iri(item.change().id())))))
                .toList();
    }

    @Override
    public String linkedWith() {
        return read(() -> own(STORE_ITSELF, LINKED));
    }

    @Override
    public void linkedWith(String edition) {
        write(() -> own(STORE_ITSELF, LINKED, edition));
    }

    @Override
    public DatasetGraph visibleTo(Viewer viewer, Instant now) {
        return visible(viewer, now);
    }

    private VisibleDataset visible(Viewer viewer, Instant now) {
        return new VisibleDataset(store, () -> begin(TxnType.READ), () -> hidden, viewer, now);
    }

    /** Gives the disk back what earlier states take; nobody can write meanwhile. */
    public void compact() {
        store.compact();
        long left = onDisk();
        write(() -> own(STORE_ITSELF, COMPACTED, Long.toString(left)));
    }

    /** Compacts, where earlier states take more room than what there is: TDB2 gives none back on its own. */
    @Override
    public void rest() {
        if (!written) return;
        written = false;
        long size = onDisk();
        if (size < leastGrowth) return;
        long left = read(() -> number(own(STORE_ITSELF, COMPACTED)));
        if (size < 2 * left + leastGrowth) return;
        LOG.info("graph: {} MB on disk, {} MB after it was last compacted: it is compacted", size >> 20, left >> 20);
        compact();
        LOG.info("graph: {} MB on disk now", onDisk() >> 20);
    }

    private long onDisk() {
        try (var files = Files.walk(dir)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("graph in " + dir + " cannot be read", e);
        }
    }

    /** Waits for those who are reading; who comes later gets an {@link IllegalStateException}. */
    @Override
    public synchronized void close() {
        if (closed) return;
        var transactions = TDBInternal.getTransactionCoordinator(store.whole());
        transactions.startExclusiveMode();
        try {
            closed = true;
            TDBInternal.expel(store.whole());
        } finally {
            transactions.finishExclusiveMode();
        }
    }

    private void begin(TxnType type) {
        if (type == TxnType.WRITE) written = true;
        try {
            if (!closed) {
                store.begin(type);
                return;
            }
        } catch (RuntimeException e) {
            if (!closed) throw e;
        }
        throw closed();
    }

    /**
     * Commits {@code writing}, and with it who may see what. Until the commit has happened, readers see only what both the old and
     * the new list allow; {@link VisibleDataset#begin} relies on it.
     */
    private void change(Hidden next, Runnable writing) {
        hidden = next.orStillAs(hidden);
        try {
            write(writing);
        } catch (RuntimeException | Error e) {
            // What was committed is what counts; while that cannot be read, what both lists allow.
            try {
                hidden = read(this::committed);
            } catch (RuntimeException unreadable) {
                e.addSuppressed(unreadable);
            }
            throw e;
        }
        hidden = next;
    }

    private void write(Runnable writing) {
        begin(TxnType.WRITE);
        try {
            writing.run();
            store.commit();
        } catch (RuntimeException | Error e) {
            if (store.isInTransaction()) store.abort();
            throw e;
        } finally {
            store.end();
        }
    }

    private <T> T read(Supplier<T> reading) {
        begin(TxnType.READ);
        try {
            return reading.get();
        } finally {
            store.end();
        }
    }

    private Set<Triple> triplesOf(Node graph) {
        var triples = new LinkedHashSet<Triple>();
        store.findNG(graph, Node.ANY, Node.ANY, Node.ANY).forEachRemaining(quad -> triples.add(quad.asTriple()));
        return triples;
    }

    private static long number(String text) {
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private String own(Node subject, Node property) {
        var found = store.find(Quad.defaultGraphIRI, subject, property, Node.ANY);
        return found.hasNext() ? found.next().getObject().getLiteralLexicalForm() : "";
    }

    private void own(Node subject, Node property, String value) {
        own(subject, property, value.isEmpty() ? List.of() : List.of(value));
    }

    private void own(Node subject, Node property, List<String> values) {
        var wanted = values.stream().map(NodeFactory::createLiteralString).toList();
        var held =
                Iter.toList(Iter.map(store.find(Quad.defaultGraphIRI, subject, property, Node.ANY), Quad::getObject));
        held.stream()
                .filter(value -> !wanted.contains(value))
                .forEach(value -> store.delete(Quad.defaultGraphIRI, subject, property, value));
        wanted.stream()
                .filter(value -> !held.contains(value))
                .forEach(value -> store.add(Quad.defaultGraphIRI, subject, property, value));
    }
}
