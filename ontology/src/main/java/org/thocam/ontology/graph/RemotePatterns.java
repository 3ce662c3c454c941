package org.thocam.ontology.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.BasicPattern;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.apache.jena.sparql.engine.iterator.QueryIter1;
import org.apache.jena.sparql.engine.iterator.QueryIterNullIterator;
import org.apache.jena.sparql.engine.main.StageBuilder;
import org.apache.jena.sparql.engine.main.StageGenerator;
import org.apache.jena.sparql.exec.RowSet;

/** Asks the store for a basic graph pattern as a whole, for many rows of what was found before at once. */
final class RemotePatterns implements StageGenerator {
    /** Rows that one request brings along. */
    private static final int MOST = 500;

    private static final String ROW = "thocamRow";

    private final RemoteDataset dataset;

    RemotePatterns(RemoteDataset dataset) {
        this.dataset = dataset;
    }

    /** Whether a store that says what we told it may say so. A property that is none of ours may be one that a store takes for a command. */
    static boolean mayBeSaid(Triple pattern) {
        var predicate = pattern.getPredicate();
        return sayable(pattern.getSubject())
                && sayable(pattern.getObject())
                && (predicate.isURI() ? Vocabulary.speaks(predicate.getURI()) : !predicate.isConcrete());
    }

    private static boolean sayable(Node node) {
        if (!node.isConcrete()) return true;
        return (node.isURI() || node.isLiteral()) && SparqlText.isSayable(node);
    }

    /**
     * A property in a pattern: where a store might compute it, a variable of which it is the one value, for nobody computes those.
     *
     * @param values gets the value
     */
    static String property(Node property, int i, StringBuilder values) {
        if (!Vocabulary.isComputedElsewhere(property.getURI())) return SparqlText.of(property);
        values.append("VALUES ?thocamProperty")
                .append(i)
                .append(" { ")
                .append(SparqlText.of(property))
                .append(" } ");
        return "?thocamProperty" + i;
    }

    @Override
    public QueryIterator execute(BasicPattern pattern, QueryIterator input, ExecutionContext execution) {
        // A named graph: there is none.
        boolean ours = execution.getActiveGraph() == execution.getDataset().getDefaultGraph();
        if (!ours) return StageBuilder.standardGenerator().execute(pattern, input, execution);
        if (pattern.isEmpty()) return input;
        for (var triple : pattern)
            if (!mayBeSaid(triple)) {
                input.close();
                return QueryIterNullIterator.create(execution);
            }
        return new Found(pattern, input, execution);
    }

    private final class Found extends QueryIter1 {
        private final BasicPattern pattern;
        /** The pattern's variables; ARQ gives some of them names that no query may have. */
        private final Map<Var, String> names = new LinkedHashMap<>();

        private List<Binding> before = List.of();
        private RowSet rows;

        Found(BasicPattern pattern, QueryIterator input, ExecutionContext execution) {
            super(input, execution);
            this.pattern = pattern;
            for (var triple : pattern)
                for (var node : List.of(triple.getSubject(), triple.getPredicate(), triple.getObject()))
                    if (Var.isVar(node)) names.computeIfAbsent(Var.alloc(node), name -> "v" + names.size());
        }

        @Override
        protected boolean hasNextBinding() {
            while (true) {
                if (rows != null) {
                    if (rows.hasNext()) return true;
                    rows = null;
                }
                before = new ArrayList<>();
                while (before.size() < MOST && getInput().hasNext())
                    before.add(getInput().next());
                if (before.isEmpty()) return false;
                rows = ask();
            }
        }

        private RowSet ask() {
            var values = new StringBuilder();
            var patterns = new ArrayList<String>();
            for (var triple : pattern)
                patterns.add(said(triple.getSubject()) + " " + property(triple.getPredicate(), patterns.size(), values)
                        + " " + said(triple.getObject()));
            var known = new LinkedHashSet<Var>();
            for (var row : before) row.varsMentioned().forEach(known::add);
            known.retainAll(names.keySet());
            var variables = names.values().stream().map(name -> "?" + name).collect(Collectors.toList());
            if (before.size() == 1 && known.isEmpty()) return dataset.rows(variables, values.toString(), patterns);
            values.append("VALUES (?" + ROW);
            for (var variable : known) values.append(" ?").append(names.get(variable));
            values.append(") { ");
            for (int i = 0; i < before.size(); i++) {
                var row = before.get(i);
                // What cannot be said is in no triple.
                if (known.stream().anyMatch(variable -> row.contains(variable) && !sayable(row.get(variable))))
                    continue;
                values.append("(").append(i);
                for (var variable : known)
                    values.append(' ').append(row.contains(variable) ? SparqlText.of(row.get(variable)) : "UNDEF");
                values.append(") ");
            }
            variables.add("?" + ROW);
            return dataset.rows(variables, values.append("} ").toString(), patterns);
        }

        private String property(Node node, int i, StringBuilder values) {
            return Var.isVar(node) ? said(node) : RemotePatterns.property(node, i, values);
        }

        private String said(Node node) {
            return Var.isVar(node) ? "?" + names.get(Var.alloc(node)) : SparqlText.of(node);
        }

        @Override
        protected Binding moveToNextBinding() {
            var found = rows.next();
            var index = found.get(ROW);
            var parent = before.get(index == null ? 0 : Integer.parseInt(index.getLiteralLexicalForm()));
            var row = BindingFactory.builder(parent);
            names.forEach((variable, name) -> {
                if (!parent.contains(variable)) row.add(variable, found.get(name));
            });
            return row.build();
        }

        @Override
        protected void requestSubCancel() {
            closeSubIterator();
        }

        @Override
        protected void closeSubIterator() {
            if (rows != null) rows.close();
            rows = null;
        }
    }
}
