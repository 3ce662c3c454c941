package org.thocam.ontology.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.impl.GraphBase;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.TxnType;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.JenaTransactionException;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.main.StageBuilder;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.util.iterator.ExtendedIterator;
import org.apache.jena.util.iterator.NiceIterator;
import org.apache.jena.util.iterator.NullIterator;
import org.thocam.ontology.graph.Partition.Scope;

/**
 * What one viewer may know of a store elsewhere. Which graphs that are is asked when a transaction begins, and each thing that is asked in
 * it is asked of those graphs alone; the store goes on meanwhile, so that only a query that is sent whole sees one state.
 */
final class RemoteDataset extends UnionDataset implements AnsweredElsewhere {
    private final Endpoint endpoint;
    private final Supplier<Scope> scope;
    private final Graph union = new Union();
    private final ThreadLocal<Reading> reading = new ThreadLocal<>();
    private volatile Duration time;

    /** One transaction. */
    private static final class Reading {
        final Scope scope;
        final Endpoint.Deadline deadline;
        final List<RowSet> open = new ArrayList<>();

        Reading(Scope scope, Endpoint.Deadline deadline) {
            this.scope = scope;
            this.deadline = deadline;
        }
    }

    RemoteDataset(Endpoint endpoint, Supplier<Scope> scope) {
        this.endpoint = endpoint;
        this.scope = scope;
        this.time = endpoint.bounds().reading();
        // Each pattern as a whole, and two of them joined here: asking anew for each row of the first takes far longer.
        StageBuilder.setGenerator(getContext(), new RemotePatterns(this));
        getContext().set(ARQ.optIndexJoinStrategy, false);
        getContext().set(ARQ.optFilterPlacementBGP, false);
    }

    @Override
    public void begin(TxnType type) {
        if (type == TxnType.WRITE) throw readOnly();
        if (isInTransaction()) throw new JenaTransactionException("the graph is being read already");
        var deadline = Endpoint.Deadline.in(time);
        reading.set(new Reading(scope.get(), deadline));
    }

    @Override
    public void end() {
        var mine = reading.get();
        reading.remove();
        if (mine != null) mine.open.forEach(RowSet::close);
    }

    @Override
    public void commit() {
        end();
    }

    @Override
    public void abort() {
        end();
    }

    @Override
    public ReadWrite transactionMode() {
        return isInTransaction() ? ReadWrite.READ : null;
    }

    @Override
    public TxnType transactionType() {
        return isInTransaction() ? TxnType.READ : null;
    }

    @Override
    public boolean isInTransaction() {
        return reading.get() != null;
    }

    @Override
    public Graph getDefaultGraph() {
        return union;
    }

    @Override
    public void within(Duration most) {
        time = most;
        var mine = reading.get();
        if (mine != null) {
            var shorter = new Reading(mine.scope, Endpoint.Deadline.in(time));
            shorter.open.addAll(mine.open);
            reading.set(shorter);
        }
    }

    private Reading now() {
        var mine = reading.get();
        if (mine == null) throw new JenaTransactionException(OUTSIDE);
        return mine;
    }

    @Override
    public boolean takesQueries() {
        return now().scope.isWhole();
    }

    private Scope whole() {
        if (!takesQueries()) throw new IllegalStateException("the graph takes no whole queries now");
        return now().scope;
    }

    @Override
    public Optional<Op> withItsShare(Op query, Predicate<Op> sendable) {
        return takesQueries() ? StoresShare.of(query, sendable, this::select) : Optional.empty();
    }

    @Override
    public boolean ask(Query query) {
        var scope = whole();
        return inTime(() -> endpoint.ask(query.serialize(), scope.graphs(), now().deadline));
    }

    @Override
    public RowSet select(Query query) {
        var scope = whole();
        return inTime(() -> opened(endpoint.select(query.serialize(), scope.graphs(), now().deadline)));
    }

    @Override
    public void triples(Query query, Consumer<Triple> consumer) {
        var scope = whole();
        inTime(() -> {
            endpoint.triples(query.serialize(), scope.graphs(), now().deadline, consumer);
            return null;
        });
    }

    /**
     * The rows of these triple patterns, in what the viewer may see.
     *
     * @param variables all of the patterns', and of the values
     * @param values a block of them before the patterns, or nothing
     */
    RowSet rows(List<String> variables, String values, List<String> patterns) {
        var scope = now().scope;
        // What several graphs say is said once; without that, a row for each way to find it.
        var query = "SELECT " + (scope.isWhole() ? "" : "DISTINCT ")
                + (variables.isEmpty() ? "(1 AS ?thocamFound)" : String.join(" ", variables))
                + " { " + values + scope.where(patterns) + "}";
        return inTime(() -> opened(endpoint.select(query, scope.asked(), now().deadline)));
    }

    private RowSet opened(RowSet rows) {
        var mine = now();
        mine.open.add(rows);
        return new InTime(rows, mine);
    }

    private <T> T inTime(Supplier<T> asking) {
        try {
            return asking.get();
        } catch (GraphUnavailableException e) {
            throw late(e, now());
        }
    }

    /** A store that gives up when the time is over, or shortly before, was not broken. */
    private static RuntimeException late(GraphUnavailableException e, Reading reading) {
        if (e.refused() || reading.deadline.left() > reading.deadline.whole().toNanos() / 10) return e;
        var late = new QueryCancelledException();
        late.initCause(e);
        return late;
    }

    private static final class InTime implements RowSet {
        private final RowSet rows;
        private final Reading reading;

        InTime(RowSet rows, Reading reading) {
            this.rows = rows;
            this.reading = reading;
        }

        @Override
        public boolean hasNext() {
            try {
                boolean more = rows.hasNext();
                if (!more) reading.open.remove(rows);
                return more;
            } catch (GraphUnavailableException e) {
                throw late(e, reading);
            }
        }

        @Override
        public Binding next() {
            try {
                return rows.next();
            } catch (GraphUnavailableException e) {
                throw late(e, reading);
            }
        }

        @Override
        public List<Var> getResultVars() {
            return rows.getResultVars();
        }

        @Override
        public long getRowNumber() {
            return rows.getRowNumber();
        }

        @Override
        public void close() {
            reading.open.remove(rows);
            rows.close();
        }
    }

    private final class Union extends GraphBase {
        private static final String S = "?s";
        private static final String P = "?p";
        private static final String O = "?o";

        private RowSet rows(Triple pattern) {
            var said = new ArrayList<String>();
            var values = new StringBuilder();
            var variables = new ArrayList<String>();
            var nodes = List.of(pattern.getSubject(), pattern.getPredicate(), pattern.getObject());
            var names = List.of(S, P, O);
            for (int i = 0; i < 3; i++) {
                if (nodes.get(i).isConcrete())
                    said.add(i == 1 ? RemotePatterns.property(nodes.get(i), 0, values) : SparqlText.of(nodes.get(i)));
                else {
                    said.add(names.get(i));
                    variables.add(names.get(i));
                }
            }
            return RemoteDataset.this.rows(variables, values.toString(), List.of(String.join(" ", said)));
        }

        @Override
        protected ExtendedIterator<Triple> graphBaseFind(Triple pattern) {
            if (!RemotePatterns.mayBeSaid(pattern)) {
                now();
                return NullIterator.instance();
            }
            var rows = rows(pattern);
            return new NiceIterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Triple next() {
                    var row = rows.next();
                    return Triple.create(
                            of(row, pattern.getSubject(), S),
                            of(row, pattern.getPredicate(), P),
                            of(row, pattern.getObject(), O));
                }

                @Override
                public void close() {
                    rows.close();
                }
            };
        }

        private static Node of(Binding row, Node asked, String name) {
            return asked.isConcrete() ? asked : row.get(name.substring(1));
        }

        @Override
        protected boolean graphBaseContains(Triple pattern) {
            var found = graphBaseFind(pattern);
            try {
                return found.hasNext();
            } finally {
                found.close();
            }
        }

        @Override
        protected PrefixMapping createPrefixMapping() {
            return Vocabulary.PREFIXES;
        }
    }
}
