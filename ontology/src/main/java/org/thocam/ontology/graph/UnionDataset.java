package org.thocam.ontology.graph;

import java.util.Iterator;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.system.PrefixMap;
import org.apache.jena.riot.system.Prefixes;
import org.apache.jena.sparql.JenaTransactionException;
import org.apache.jena.sparql.core.DatasetGraphBase;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphZero;

/** One default graph and nothing else, read only. */
abstract class UnionDataset extends DatasetGraphBase {
    static final String OUTSIDE = "the graph is read inside begin(READ) and end()";

    @Override
    public final boolean promote(Promote mode) {
        return false;
    }

    @Override
    public final boolean supportsTransactions() {
        return true;
    }

    @Override
    public final boolean supportsTransactionAbort() {
        return true;
    }

    @Override
    public final Graph getUnionGraph() {
        return GraphZero.instance();
    }

    @Override
    public final Graph getGraph(Node name) {
        return Quad.isDefaultGraph(name) ? getDefaultGraph() : GraphZero.instance();
    }

    @Override
    public final boolean containsGraph(Node name) {
        return Quad.isDefaultGraph(name);
    }

    @Override
    public final Iterator<Node> listGraphNodes() {
        return Iter.nullIterator();
    }

    @Override
    public final Iterator<Quad> find(Node graph, Node subject, Node predicate, Node object) {
        if (!isWildcard(graph) && !Quad.isDefaultGraph(graph)) return Iter.nullIterator();
        return Iter.map(
                getDefaultGraph().find(subject, predicate, object),
                triple -> Quad.create(Quad.defaultGraphIRI, triple));
    }

    @Override
    public final Iterator<Quad> findNG(Node graph, Node subject, Node predicate, Node object) {
        return Iter.nullIterator();
    }

    @Override
    public final PrefixMap prefixes() {
        return Prefixes.adapt(Vocabulary.PREFIXES);
    }

    @Override
    public final void addGraph(Node name, Graph graph) {
        throw readOnly();
    }

    @Override
    public final void removeGraph(Node name) {
        throw readOnly();
    }

    @Override
    public final void clear() {
        throw readOnly();
    }

    static JenaTransactionException readOnly() {
        return new JenaTransactionException("the graph is a view of the archive: change the item instead");
    }
}
