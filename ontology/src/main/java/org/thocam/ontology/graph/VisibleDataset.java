package org.thocam.ontology.graph;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.impl.GraphBase;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.TxnType;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.JenaTransactionException;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.util.iterator.ExtendedIterator;
import org.apache.jena.util.iterator.WrappedIterator;
import org.thocam.ontology.Viewer;

/**
 * The store as one viewer may know it. All that Jena asks of a graph, property paths and negation
 * included, comes through {@code graphBaseFind}, so that what is filtered there cannot be found in any other way; the ways that Jena
 * offers for it leak (measured, see the README).
 */
final class VisibleDataset extends UnionDataset {
    private final DatasetGraph store;
    private final Runnable begin;
    private final Supplier<Hidden> hidden;
    private final Viewer viewer;
    private final Instant now;
    private final Graph union = new Union();
    private final ThreadLocal<Hidden> seen = new ThreadLocal<>();

    VisibleDataset(DatasetGraph store, Runnable begin, Supplier<Hidden> hidden, Viewer viewer, Instant now) {
        this.store = store;
        this.begin = begin;
        this.hidden = hidden;
        this.viewer = viewer;
        this.now = now;
    }

    @Override
    public void begin(TxnType type) {
        if (type == TxnType.WRITE) throw readOnly();
        // The list and the store must be of the same moment. A writer shows the list that allows least before it
        // commits: so if it
        // was the same list before and after the transaction began, it fits the transaction.
        for (var before = hidden.get(); ; before = hidden.get()) {
            begin.run();
            if (before == hidden.get()) {
                seen.set(before);
                return;
            }
            store.end();
        }
    }

    /** Inside a transaction: whether this item graph is among those that the viewer may see. */
    boolean shows(Node item) {
        return seen.get().allows(item, viewer, now);
    }

    /** Inside a transaction: the items that the viewer may not see. */
    List<Node> hides() {
        return seen.get().from(viewer, now);
    }

    @Override
    public void end() {
        seen.remove();
        store.end();
    }

    @Override
    public void commit() {
        store.commit();
    }

    @Override
    public void abort() {
        store.abort();
    }

    @Override
    public ReadWrite transactionMode() {
        return store.transactionMode();
    }

    @Override
    public TxnType transactionType() {
        return store.transactionType();
    }

    @Override
    public boolean isInTransaction() {
        return store.isInTransaction();
    }

    @Override
    public Graph getDefaultGraph() {
        return union;
    }

    private final class Union extends GraphBase {
        @Override
        protected ExtendedIterator<Triple> graphBaseFind(Triple pattern) {
            var fit = seen.get();
            if (fit == null) throw new JenaTransactionException(OUTSIDE);
            var quads = store.findNG(Node.ANY, pattern.getSubject(), pattern.getPredicate(), pattern.getObject());
            if (!viewer.seesAll()) quads = Iter.filter(quads, quad -> fit.allows(quad.getGraph(), viewer, now));
            // Every index that TDB2 reads without knowing the graph ends with the graph, so that doubles are
            // neighbours.
            return WrappedIterator.createNoRemove(Iter.distinctAdjacent(Iter.map(quads, Quad::asTriple)));
        }

        @Override
        protected PrefixMapping createPrefixMapping() {
            return Vocabulary.PREFIXES;
        }
    }
}
