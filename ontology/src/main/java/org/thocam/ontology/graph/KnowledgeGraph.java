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
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.TDBException;
import org.apache.jena.tdb2.params.StoreParams;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/**
 * The items as RDF 1.1, one named graph each, in TDB2. The store's default graph is ours: it keeps the watermark, each item's version
 * and who may see it, in the same transaction as the items, and no reader gets to it.
 *
 * <p>One thread writes; any number may read meanwhile.
 */
public final class KnowledgeGraph implements Projection {
    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeGraph.class);
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
    private static final Node TRIPLES = NodeFactory.createURI(OWN + "triples");
    private static final Node VERSION = NodeFactory.createURI(OWN + "version");
    private static final Node COMMUNITY = NodeFactory.createURI(OWN + "community");
    private static final Node OPEN_FROM = NodeFactory.createURI(OWN + "openFrom");
    private static final String NEVER = "never";

    private final DatasetGraph store;
    private final String base;
    private volatile boolean closed;
    private volatile Hidden hidden = Hidden.NOTHING;

    private KnowledgeGraph(DatasetGraph store, String base) {
        this.store = store;
        this.base = base;
    }

    /**
     * Opens the store in {@code dir}, or makes it. A store made with another base says nothing that is still true: it is emptied, and
     * its watermark with it, so that it is made again.
     *
     * @param base where identities begin, such as {@code http://127.0.0.1:8080/}: an item's is {@code base + "id/" + id}
     */
    public static KnowledgeGraph open(Path dir, URI base) {
        var begin = base.toString();
        if (!base.isAbsolute() || !begin.endsWith("/"))
            throw new IllegalArgumentException("base '" + begin + "': want an absolute URI that ends with /");
        try {
            Files.createDirectories(dir);
            var graph = new KnowledgeGraph(
                    DatabaseMgr.connectDatasetGraph(Location.create(dir.toAbsolutePath()), STORE), begin);
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
        hidden = read(this::closed);
    }

    private Hidden closed() {
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
        return new Hidden(closed, Map.of());
    }

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public Watermark watermark() {
        return read(() -> {
            var seq = own(STORE_ITSELF, SEQ);
            return seq.isEmpty() ? Watermark.NONE : new Watermark(own(STORE_ITSELF, GENERATION), Long.parseLong(seq));
        });
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        var last = new LinkedHashMap<ItemId, Snapshot>();
        batch.forEach(snapshot -> last.put(snapshot.change().id(), snapshot));
        var accesses = new HashMap<Node, Access>();
        last.forEach((id, snapshot) -> accesses.put(iri(id), snapshot.holding().access()));
        change(hidden.with(accesses), () -> {
            long more = 0;
            for (var entry : last.entrySet()) more += show(iri(entry.getKey()), entry.getValue());
            own(STORE_ITSELF, TRIPLES, Long.toString(number(own(STORE_ITSELF, TRIPLES)) + more));
            own(STORE_ITSELF, GENERATION, upTo.generation());
            own(STORE_ITSELF, SEQ, Long.toString(upTo.seq()));
        });
    }

    /** Brings one item graph to its new state by writing only what differs: four times faster than writing it whole. */
    private long show(Node graph, Snapshot snapshot) {
        Set<Triple> wanted = snapshot.holding() instanceof Item item
                ? ItemDescription.of(item, snapshot.change().version(), base)
                : Set.of();
        var held = triplesOf(graph);
        long removed = 0;
        for (var triple : held)
            if (!wanted.contains(triple)) {
                store.delete(Quad.create(graph, triple));
                removed++;
            }
        long added = 0;
        for (var triple : wanted)
            if (!held.contains(triple)) {
                store.add(Quad.create(graph, triple));
                added++;
            }
        own(
                graph,
                VERSION,
                wanted.isEmpty()
                        ? ""
                        : Long.toString(snapshot.change().version().number()));
        keep(graph, wanted.isEmpty() ? Access.OPEN : snapshot.holding().access());
        return added - removed;
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
        change(Hidden.NOTHING, () -> {
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
    }

    /** How many triples all items have together. */
    public long triples() {
        return read(() -> number(own(STORE_ITSELF, TRIPLES)));
    }

    /**
     * Writes all items as N-Quads, ordered by graph and then by line: the same items give the same bytes. It holds the list of graphs
     * and one item in memory.
     */
    public void dump(OutputStream out) {
        read(() -> {
            var graphs = new ArrayList<>(Iter.toList(
                    Iter.map(store.find(Quad.defaultGraphIRI, Node.ANY, VERSION, Node.ANY), quad -> quad.getSubject()
                            .getURI())));
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

    private static String line(Triple triple, Node graph) {
        return NodeFmtLib.strNT(triple.getSubject())
                + " " + NodeFmtLib.strNT(triple.getPredicate())
                + " " + NodeFmtLib.strNT(triple.getObject())
                + " " + NodeFmtLib.strNT(graph)
                + " .\n";
    }

    /** What the graph says of one item, whoever asks: the caller has asked {@link Access}. Empty for an item it does not show. */
    public Graph itemGraph(ItemId id) {
        return graphOf(read(() -> triplesOf(iri(id))));
    }

    /** What the graph says of the item with this IRI; empty where {@code viewer} may not see it at {@code now}, or there is none. */
    public Optional<Graph> itemGraph(String iri, Viewer viewer, Instant now) {
        var visible = new VisibleDataset(store, () -> begin(TxnType.READ), () -> hidden, viewer, now);
        visible.begin(TxnType.READ);
        try {
            var item = NodeFactory.createURI(iri);
            var triples = visible.shows(item) ? triplesOf(item) : Set.<Triple>of();
            return triples.isEmpty() ? Optional.empty() : Optional.of(graphOf(triples));
        } finally {
            visible.end();
        }
    }

    /** {@link #itemGraph(ItemId)} with prefixes, ready to be written in any RDF format. */
    public Model describe(ItemId id) {
        return ModelFactory.createModelForGraph(itemGraph(id));
    }

    /** What the graph will say of this version of an item: right even while the graph is behind the archive. */
    public Model describe(Item item, Version version) {
        return ModelFactory.createModelForGraph(graphOf(ItemDescription.of(item, version, base)));
    }

    private static Graph graphOf(Set<Triple> triples) {
        var graph = GraphFactory.createDefaultGraph();
        graph.getPrefixMapping().setNsPrefixes(Vocabulary.PREFIXES);
        triples.forEach(graph::add);
        return graph;
    }

    private ItemId idOf(Node graph) {
        return new ItemId(graph.getURI().substring(base.length() + "id/".length()));
    }

    /**
     * One default graph, read only: the union of the items that {@code viewer} may see at {@code now}. There are no named graphs in
     * it, and nothing else can be asked of the store. Read it between {@code begin(READ)} and {@code end()}, in one thread.
     */
    public DatasetGraph visibleTo(Viewer viewer, Instant now) {
        return new VisibleDataset(store, () -> begin(TxnType.READ), () -> hidden, viewer, now);
    }

    /** Gives the disk back what earlier states take; nobody can write meanwhile. */
    public void compact() {
        DatabaseMgr.compact(store, true);
    }

    /** Waits for those who are reading; who comes later gets an {@link IllegalStateException}. */
    @Override
    public synchronized void close() {
        if (closed) return;
        var transactions = TDBInternal.getTransactionCoordinator(store);
        transactions.startExclusiveMode();
        try {
            closed = true;
            TDBInternal.expel(store);
        } finally {
            transactions.finishExclusiveMode();
        }
    }

    private void begin(TxnType type) {
        try {
            if (!closed) {
                store.begin(type);
                return;
            }
        } catch (RuntimeException e) {
            if (!closed) throw e;
        }
        throw new IllegalStateException("the graph was closed; ask for the one that took its place");
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
                hidden = read(this::closed);
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

    private Node iri(ItemId id) {
        return NodeFactory.createURI(base + "id/" + id);
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
