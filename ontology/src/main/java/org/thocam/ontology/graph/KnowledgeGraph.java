package org.thocam.ontology.graph;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;

/**
 * The items as RDF 1.1, one named graph each, and beside them what {@link PartGraphs} tells of their parts. Watermark, versions and who may
 * see what are kept with them in the same store, out of every reader's reach.
 *
 * <p>One thread writes; any number may read meanwhile. Where the store is another process, every method that needs it throws
 * {@link GraphUnavailableException} within bounded time while it does not answer.
 */
public abstract sealed class KnowledgeGraph implements Projection permits TdbGraph, RemoteGraph {
    /** Items that {@link #mentionedIn} counts at most. */
    public static final int MOST_COUNTED = 10_000;

    static final Node SUBJECT = Vocabulary.node(Vocabulary.DCTERMS, "subject");
    static final Node REFERENCE = Vocabulary.node(Vocabulary.ONTOLEX, "reference");

    static {
        SpatialFunctions.register();
    }

    final String base;
    final PartGraphs parts;

    KnowledgeGraph(String base, PartGraphs parts) {
        this.base = base;
        this.parts = parts;
    }

    /** {@link #open(Path, URI, PartGraphs)} for items that consist of nothing. */
    public static KnowledgeGraph open(Path dir, URI base) {
        return open(dir, base, PartGraphs.NONE);
    }

    /**
     * Opens the store in {@code dir}, in this process, or makes it. A store made with another base says nothing that is still true: it
     * is emptied, and its watermark with it, so that it is made again.
     *
     * @param base where identities begin, such as {@code http://127.0.0.1:8080/}: an item's is {@code base + "id/" + id}
     * @param parts what items consist of, asked when a change comes: it has to have caught up with the change by then
     */
    public static KnowledgeGraph open(Path dir, URI base, PartGraphs parts) {
        return TdbGraph.in(dir, base, parts);
    }

    /** @return the base as text */
    static String checked(URI base) {
        var begin = base.toString();
        if (!base.isAbsolute() || !begin.endsWith("/"))
            throw new IllegalArgumentException("base '" + begin + "': want an absolute URI that ends with /");
        return begin;
    }

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public boolean shows(Change change) {
        return !change.isPart() || parts.shows(change);
    }

    /** A part without a graph, such as a deleted entry, leaves nothing here. */
    @Override
    public boolean holds(Change change) {
        return !change.isPart() || parts.shows(change) && parts.one(change.id()).isPresent();
    }

    @Override
    public boolean showsMentions() {
        return true;
    }

    /** How many triples all items have together, with their parts. */
    public abstract long triples();

    /** How many triples those items have together, with their parts, that {@code viewer} may see at {@code now}. */
    public abstract long triples(Viewer viewer, Instant now);

    /**
     * Writes all items and their parts as N-Quads, ordered by graph and then by line: the same items give the same bytes. It holds the
     * list of graphs and one of them in memory.
     */
    public abstract void dump(OutputStream out);

    /** What the graph says of one item, whoever asks: the caller has asked {@link org.thocam.ontology.Access}. Empty for an item it does not show. */
    public abstract Graph itemGraph(ItemId id);

    /** What the graph says of the item or part with this IRI; empty where {@code viewer} may not see it at {@code now}, or there is none. */
    public abstract Optional<Graph> itemGraph(String iri, Viewer viewer, Instant now);

    /**
     * That an item is about something.
     *
     * @param subject the IRI that it points to
     */
    public record Pointer(ItemId item, String subject) {}

    /**
     * The items about the part with this IRI, or about something in its graph whose IRI is the part's and a fragment, such as a sense of
     * an entry; at most {@code most} of them, and none where {@code viewer} may not see the part.
     */
    public abstract List<Pointer> about(String iri, Viewer viewer, Instant now, int most);

    /**
     * The items that name an entity.
     *
     * @param items the first of them
     * @param count of all of them, counted to {@link #MOST_COUNTED} at most
     */
    public record MentionedIn(List<ItemId> items, int count) {}

    /** The items that {@code viewer} may see and that name the entity with this IRI, at most {@code most} of them. */
    public abstract MentionedIn mentionedIn(String entityIri, Viewer viewer, Instant now, int most);

    /**
     * The senses of dictionaries that refer to an entity ({@code ontolex:reference}), by their IRIs; at most {@code most}, of dictionaries
     * that {@code viewer} may see.
     */
    public abstract List<String> sensesOf(String entityIri, Viewer viewer, Instant now, int most);

    /**
     * One default graph, read only: the union of the items that {@code viewer} may see at {@code now}. There are no named graphs in
     * it, and nothing else can be asked of the store. Read it between {@code begin(READ)} and {@code end()}, in one thread. Where its
     * store answers whole queries itself, it is {@link AnsweredElsewhere}.
     */
    public abstract DatasetGraph visibleTo(Viewer viewer, Instant now);

    /** Where identities begin. */
    public final String base() {
        return base;
    }

    /** The IRI of a part, such as an entry of a dictionary, by the name that follows its item's. */
    public final String iri(ItemId item, String name) {
        return base + "id/" + item + "/" + name;
    }

    /** {@link #itemGraph(ItemId)} with prefixes, ready to be written in any RDF format. */
    public final Model describe(ItemId id) {
        return ModelFactory.createModelForGraph(itemGraph(id));
    }

    /** What the graph will say of this version of an item, but for what it names: right even while the graph is behind the archive. */
    public final Model describe(Item item, Version version) {
        return ModelFactory.createModelForGraph(graphOf(described(item, version)));
    }

    /** What a snapshot says in its item's own graph; nothing where there is no item. */
    final Set<Triple> wanted(Snapshot snapshot) {
        if (!(snapshot.holding() instanceof Item item)) return Set.of();
        var wanted = described(item, snapshot.change().version());
        wanted.addAll(MentionDescription.of(item.id(), snapshot.mentions(), base));
        return wanted;
    }

    private Set<Triple> described(Item item, Version version) {
        var triples = ItemDescription.of(item, version, base);
        triples.addAll(parts.of(item));
        return triples;
    }

    /** Whether what these triples of an item's graph say of the entities that it names is other than what a snapshot of it says. */
    final boolean mentionsDiffer(Snapshot snapshot, Iterable<Triple> triples) {
        Set<Triple> wanted = snapshot.holding() instanceof Item
                ? MentionDescription.of(snapshot.change().id(), snapshot.mentions(), base)
                : Set.of();
        var item = iri(snapshot.change().id());
        var held = new HashSet<Triple>();
        for (var triple : triples) if (MentionDescription.is(triple, item)) held.add(triple);
        return !held.equals(wanted);
    }

    static Graph graphOf(Set<Triple> triples) {
        var graph = GraphFactory.createDefaultGraph();
        graph.getPrefixMapping().setNsPrefixes(Vocabulary.PREFIXES);
        triples.forEach(graph::add);
        return graph;
    }

    /** Of one that was closed: whoever asks it came too late. */
    static IllegalStateException closed() {
        return new IllegalStateException("the graph was closed; ask for the one that took its place");
    }

    final Node iri(ItemId id) {
        return NodeFactory.createURI(base + "id/" + id);
    }

    final Node partIri(ItemId part) {
        return NodeFactory.createURI(base + "id/" + part.whole() + "/" + parts.name(part));
    }

    final boolean isItem(Node node) {
        var ids = base + "id/";
        return node.isURI()
                && node.getURI().startsWith(ids)
                && node.getURI().indexOf('/', ids.length()) < 0
                && node.getURI().indexOf('#') < 0;
    }

    final ItemId idOf(Node graph) {
        return new ItemId(graph.getURI().substring(base.length() + "id/".length()));
    }

    /** A part and what in its graph has its IRI and a fragment. */
    static Set<Node> subjectsOf(Node part, Iterable<Triple> triples) {
        var subjects = new LinkedHashSet<Node>(List.of(part));
        for (var triple : triples)
            if (triple.getSubject().isURI() && triple.getSubject().getURI().startsWith(part.getURI() + "#"))
                subjects.add(triple.getSubject());
        return subjects;
    }

    /** A line of N-Quads. */
    static String line(Triple triple, Node graph) {
        return NodeFmtLib.strNT(triple.getSubject())
                + " " + NodeFmtLib.strNT(triple.getPredicate())
                + " " + NodeFmtLib.strNT(triple.getObject())
                + " " + NodeFmtLib.strNT(graph)
                + " .\n";
    }
}
