package org.thocam.api.sparql;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.query.Syntax;
import org.apache.jena.query.TxnType;
import org.apache.jena.shared.JenaException;
import org.apache.jena.sparql.ARQConstants;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.QueryExecResult;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.exec.RowSetStream;
import org.apache.jena.sparql.expr.ExprException;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.graph.GraphWrapper;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.graph.AnsweredElsewhere;
import org.thocam.ontology.graph.GraphUnavailableException;
import org.thocam.ontology.graph.KnowledgeGraph;

/** A query's whole result or a {@link Refusal}: nothing is sent before it is known to be complete and within the {@link Limits}. */
final class Answering {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
    /** In characters of all literals and IRIs of a result: what a result may take in memory. */
    private static final long LARGEST = 32_000_000;

    private final Supplier<KnowledgeGraph> graph;
    private final Limits limits;
    private final MemoryGuard memory = new MemoryGuard();

    Answering(Supplier<KnowledgeGraph> graph, Limits limits) {
        this.graph = graph;
        this.limits = limits;
    }

    QueryExecResult answer(String text, Viewer viewer) {
        if (text.length() > limits.queryLength()) throw Refusal.tooLong(limits);
        var turn = new Turn(limits);
        memory.enter(turn);
        try {
            return answer(parsed(text), viewer, turn);
        } catch (QueryCancelledException e) {
            throw turn.memoryShort() ? Refusal.memoryShort() : Refusal.tooSlow(limits);
        } catch (GraphUnavailableException e) {
            throw unavailable(e);
        } catch (StackOverflowError e) {
            throw Refusal.tooComplex();
        } catch (QueryParseException e) {
            throw Refusal.malformed("line " + e.getLine() + ", column " + e.getColumn() + ": " + e.getMessage());
        } catch (ExprException e) {
            throw Refusal.malformed(e.getMessage());
        } finally {
            memory.leave(turn);
        }
    }

    private static Query parsed(String text) {
        if (text.isBlank()) throw Refusal.malformed("The query is empty.");
        Query query;
        try {
            query = QueryFactory.create(text, "http://parse.invalid/", Syntax.syntaxSPARQL_11);
        } catch (QueryParseException | ExprException e) {
            throw e;
        } catch (JenaException e) {
            throw Refusal.malformed(e.getMessage());
        }
        if (query.hasDatasetDescription()) throw noOtherGraphs("FROM and FROM NAMED are");
        return query;
    }

    static Refusal noOtherGraphs(String what) {
        return Refusal.notHere(
                what + " refused: there is one graph here, the union of all that you may see, and no other is "
                        + "fetched. Leave it out; one item's graph is at /sparql/data?graph=ITEM.");
    }

    private static Refusal unavailable(GraphUnavailableException e) {
        LOG.warn("a query was not answered: {}", e.getMessage());
        return e.refused() ? Refusal.malformed("The graph's store does not take this query.") : Refusal.graphDown();
    }

    private QueryExecResult answer(Query query, Viewer viewer, Turn turn) {
        var visible = begin(viewer, turn);
        try {
            var elsewhere = visible.elsewhere().filter(AnsweredElsewhere::takesQueries);
            if (elsewhere.isPresent() && maySend(query, turn)) return sent(query, elsewhere.get(), turn);
            return answered(query, visible, elsewhere, turn);
        } finally {
            visible.end();
        }
    }

    private static boolean maySend(Query query, Turn turn) {
        if (query.getQueryPattern() != null) {
            var op = Algebra.compile(query);
            GuardedEngine.lookThrough(op, turn);
            if (!Sendable.is(op)) return false;
        }
        // What is sent is not what the stranger wrote, but what we understood: so it has to say just that.
        var text = query.serialize();
        return Sendable.isRead(text) && parsed(text).equals(query);
    }

    /** By the store; each row is looked at as if it had been found here. */
    private QueryExecResult sent(Query query, AnsweredElsewhere elsewhere, Turn turn) {
        if (query.isAskType()) return new QueryExecResult(elsewhere.ask(query));
        if (query.isSelectType()) return select(elsewhere.select(query), turn);
        var capped = new Capped();
        elsewhere.triples(query, triple -> {
            turn.look();
            capped.add(triple);
        });
        capped.getPrefixMapping().setNsPrefixes(query.getPrefixMapping());
        return new QueryExecResult(capped);
    }

    private QueryExecResult answered(
            Query query, DatasetGraph visible, Optional<AnsweredElsewhere> elsewhere, Turn turn) {
        try (var execution = execution(query, visible, elsewhere, turn)) {
            if (query.isAskType()) return new QueryExecResult(execution.ask());
            if (query.isSelectType()) return select(execution.select(), turn);
            var capped = new Capped();
            return new QueryExecResult(
                    query.isConstructType() ? execution.construct(capped) : execution.describe(capped));
        }
    }

    private WatchedDataset begin(Viewer viewer, Turn turn) {
        for (var held = graph.get(); ; held = graph.get()) {
            var visible = new WatchedDataset(held.visibleTo(viewer, Instant.now()), turn);
            visible.elsewhere().ifPresent(elsewhere -> elsewhere.within(Duration.ofMillis(turn.millisLeft())));
            try {
                visible.begin(TxnType.READ);
                return visible;
            } catch (IllegalStateException closed) {
                // A rebuild may put another graph in its place between the two steps.
                if (graph.get() == held) throw closed;
            }
        }
    }

    private QueryExec execution(Query query, DatasetGraph visible, Optional<AnsweredElsewhere> elsewhere, Turn turn) {
        return QueryExec.dataset(visible)
                .query(query)
                .set(ARQConstants.registryQueryEngines, GuardedEngine.registry(turn, elsewhere))
                .set(ARQConstants.symCancelQuery, turn.cancelled())
                .set(ARQConstants.registryPropertyFunctions, new PropertyFunctionRegistry())
                .set(ARQ.enablePropertyFunctions, false)
                .set(ARQ.httpServiceAllowed, false)
                .set(ARQ.spillToDiskThreshold, 200_000L)
                .overallTimeout(turn.millisLeft(), TimeUnit.MILLISECONDS)
                .build();
    }

    private QueryExecResult select(RowSet rows, Turn turn) {
        List<Binding> complete = new ArrayList<>();
        var size = new Size();
        while (rows.hasNext()) {
            turn.look();
            var row = rows.next();
            row.forEach((variable, node) -> size.add(node));
            complete.add(row);
            if (complete.size() > limits.rows()) throw Refusal.tooMuch(limits.rows() + " rows", limits);
        }
        List<Var> variables = rows.getResultVars();
        return new QueryExecResult(RowSetStream.create(variables, complete.iterator()));
    }

    /** All that the viewer may see. */
    Graph all(Viewer viewer) {
        var turn = new Turn(limits);
        WatchedDataset visible;
        try {
            visible = begin(viewer, turn);
        } catch (GraphUnavailableException e) {
            throw unavailable(e);
        }
        memory.enter(turn);
        try {
            var capped = new Capped();
            visible.getDefaultGraph().find().forEachRemaining(capped::add);
            capped.getPrefixMapping().setNsPrefixes(visible.getDefaultGraph().getPrefixMapping());
            return capped;
        } catch (QueryCancelledException e) {
            throw turn.memoryShort() ? Refusal.memoryShort() : Refusal.tooSlow(limits);
        } catch (GraphUnavailableException e) {
            throw unavailable(e);
        } finally {
            visible.end();
            memory.leave(turn);
        }
    }

    Graph item(String iri, Viewer viewer) {
        try {
            return graph.get()
                    .itemGraph(iri, viewer, Instant.now())
                    .orElseThrow(() -> Refusal.nothingHere("There is no such item graph, or none that you may see."));
        } catch (GraphUnavailableException e) {
            throw unavailable(e);
        }
    }

    private final class Size {
        private long characters;

        void add(Node node) {
            characters += node.isLiteral()
                    ? node.getLiteralLexicalForm().length()
                    : node.isURI() ? node.getURI().length() : 16;
            if (characters > LARGEST) throw Refusal.tooMuch(LARGEST + " characters", limits);
        }
    }

    private final class Capped extends GraphWrapper {
        private final Size size = new Size();

        Capped() {
            super(GraphFactory.createDefaultGraph());
        }

        @Override
        public void add(Triple triple) {
            super.add(triple);
            size.add(triple.getSubject());
            size.add(triple.getObject());
            if (size() > limits.rows()) throw Refusal.tooMuch(limits.rows() + " triples", limits);
        }
    }
}
