package org.thocam.ontology.graph;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.jena.graph.Graph;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.sparql.core.DatasetGraph;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/** The items as RDF, one named graph each, in TDB2. */
public final class KnowledgeGraph implements Projection {
    private KnowledgeGraph() {}

    /** @param base where the items' identities begin, such as {@code http://127.0.0.1:8080/}; an item is {@code base + "id/" + id} */
    public static KnowledgeGraph open(Path dir, URI base) {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public Watermark watermark() {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        throw new UnsupportedOperationException("being built");
    }

    /** How many triples all items have together. */
    public long triples() {
        throw new UnsupportedOperationException("being built");
    }

    /** Writes all item graphs as sorted N-Quads: the same items give the same bytes. */
    public void dump(OutputStream out) {
        throw new UnsupportedOperationException("being built");
    }

    /** What the graph says of one item, whoever asks; empty for an item it does not show. */
    public Graph itemGraph(ItemId id) {
        throw new UnsupportedOperationException("being built");
    }

    /** The same with prefixes, ready to be written in any RDF format. */
    public Model describe(ItemId id) {
        throw new UnsupportedOperationException("being built");
    }

    /** What the graph would say of an item, read from the item itself: right even while the graph is behind. */
    public Model describe(Item item, Version version) {
        throw new UnsupportedOperationException("being built");
    }

    /** One default graph, read only: the union of all that {@code viewer} may see at {@code now}. There are no named graphs in it. */
    public DatasetGraph visibleTo(Viewer viewer, Instant now) {
        throw new UnsupportedOperationException("being built");
    }

    /** Gives back the room that earlier states take. */
    public void compact() {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("being built");
    }
}
