package org.thocam.api.sparql;

import java.util.Iterator;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.impl.GraphBase;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphWrapper;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.util.iterator.ExtendedIterator;
import org.apache.jena.util.iterator.NiceIterator;
import org.thocam.ontology.graph.AnsweredElsewhere;

/** The visible graph, which looks at the clock at each triple: Jena's property paths do not. */
final class WatchedDataset extends DatasetGraphWrapper {
    private final Graph watched;

    WatchedDataset(DatasetGraph visible, Turn turn) {
        super(visible);
        this.watched = new Watched(visible.getDefaultGraph(), turn);
    }

    /** Where its store answers whole queries itself. */
    Optional<AnsweredElsewhere> elsewhere() {
        return getWrapped() instanceof AnsweredElsewhere elsewhere ? Optional.of(elsewhere) : Optional.empty();
    }

    @Override
    public Graph getDefaultGraph() {
        return watched;
    }

    @Override
    public Graph getGraph(Node name) {
        return Quad.isDefaultGraph(name) ? watched : super.getGraph(name);
    }

    private static final class Watched extends GraphBase {
        private final Graph graph;
        private final Turn turn;

        Watched(Graph graph, Turn turn) {
            this.graph = graph;
            this.turn = turn;
        }

        @Override
        protected ExtendedIterator<Triple> graphBaseFind(Triple pattern) {
            turn.step();
            Iterator<Triple> found = graph.find(pattern);
            return new NiceIterator<>() {
                @Override
                public boolean hasNext() {
                    turn.step();
                    return found.hasNext();
                }

                @Override
                public Triple next() {
                    return found.next();
                }
            };
        }

        @Override
        protected PrefixMapping createPrefixMapping() {
            return graph.getPrefixMapping();
        }
    }
}
