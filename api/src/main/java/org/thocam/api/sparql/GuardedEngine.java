package org.thocam.api.sparql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.TransformCopy;
import org.apache.jena.sparql.algebra.Transformer;
import org.apache.jena.sparql.algebra.op.OpDatasetNames;
import org.apache.jena.sparql.algebra.op.OpExt;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpPropFunc;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.Plan;
import org.apache.jena.sparql.engine.QueryEngineFactory;
import org.apache.jena.sparql.engine.QueryEngineRegistry;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.main.QueryEngineMain;
import org.apache.jena.sparql.expr.E_Call;
import org.apache.jena.sparql.expr.E_Function;
import org.apache.jena.sparql.expr.E_Multiply;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_StrConcat;
import org.apache.jena.sparql.expr.E_StrReplace;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprAggregator;
import org.apache.jena.sparql.expr.ExprFunction2;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprTransformCopy;
import org.apache.jena.sparql.function.FunctionRegistry;
import org.apache.jena.sparql.util.Context;
import org.thocam.ontology.Shown;
import org.thocam.ontology.graph.AnsweredElsewhere;
import org.thocam.ontology.graph.SpatialFunctions;
import org.thocam.ontology.graph.StoresShare;

/**
 * Jena's engine, which is given its work only after all of it, EXISTS and nested queries included, was looked through: what reaches
 * out of the graph is refused, and what can take for ever is exchanged for {@link Bounded}. Nothing of a query is evaluated before.
 */
final class GuardedEngine extends QueryEngineMain {
    private final Turn turn;
    private final Optional<AnsweredElsewhere> elsewhere;

    private GuardedEngine(
            Query query,
            DatasetGraph dataset,
            Binding input,
            Context context,
            Turn turn,
            Optional<AnsweredElsewhere> elsewhere) {
        super(query, dataset, input, context);
        this.turn = turn;
        this.elsewhere = elsewhere;
    }

    @Override
    protected Op modifyOp(Op op) {
        var bounded = lookThrough(op, turn);
        return elsewhere
                .flatMap(store -> store.withItsShare(op, Sendable::is))
                .map(shared -> lookThrough(shared, turn))
                .orElseGet(() -> super.modifyOp(bounded));
    }

    /** The same query, with nothing in it that can take for ever; a refusal where something reaches out. */
    static Op lookThrough(Op op, Turn turn) {
        return Transformer.transform(new Operators(turn), new Functions(turn), op);
    }

    static QueryEngineRegistry registry(Turn turn, Optional<AnsweredElsewhere> elsewhere) {
        var registry = new QueryEngineRegistry();
        registry.add(new QueryEngineFactory() {
            @Override
            public boolean accept(Query query, DatasetGraph dataset, Context context) {
                return true;
            }

            @Override
            public Plan create(Query query, DatasetGraph dataset, Binding input, Context context) {
                return new GuardedEngine(query, dataset, input, context, turn, elsewhere).getPlan();
            }

            @Override
            public boolean accept(Op op, DatasetGraph dataset, Context context) {
                return false;
            }

            @Override
            public Plan create(Op op, DatasetGraph dataset, Binding input, Context context) {
                throw new UnsupportedOperationException("only whole queries are answered here");
            }
        });
        return registry;
    }

    private static final class Operators extends TransformCopy {
        private final Turn turn;

        Operators(Turn turn) {
            this.turn = turn;
        }

        @Override
        public Op transform(OpService service, Op inner) {
            throw Refusal.notHere("SERVICE is refused: this server asks no other server.");
        }

        @Override
        public Op transform(OpPropFunc function, Op inner) {
            throw Refusal.notHere("Property functions are refused.");
        }

        @Override
        public Op transform(OpExt extension) {
            if (extension instanceof StoresShare) return extension;
            throw Refusal.notHere("Extensions of SPARQL are refused.");
        }

        @Override
        public Op transform(OpDatasetNames names) {
            throw Refusal.notHere("Extensions of SPARQL are refused.");
        }

        @Override
        public Op transform(OpGroup group, Op inner) {
            List<ExprAggregator> bounded = new ArrayList<>();
            for (var aggregator : group.getAggregators())
                bounded.add(new ExprAggregator(aggregator.getVar(), Bounded.of(aggregator.getAggregator(), turn)));
            return OpGroup.create(inner, group.getGroupVars(), bounded);
        }
    }

    private static final class Functions extends ExprTransformCopy {
        private static final String XPATH = "http://www.w3.org/2005/xpath-functions#";
        private static final String MATH = "http://www.w3.org/2005/xpath-functions/math#";
        /** Where every function is quick, small and without effect. */
        private static final String CASTS = "http://www.w3.org/2001/XMLSchema#";

        private static final Set<String> SAFE = Set.of(
                XPATH + "string-length",
                XPATH + "upper-case",
                XPATH + "lower-case",
                XPATH + "contains",
                XPATH + "starts-with",
                XPATH + "ends-with",
                XPATH + "substring",
                XPATH + "substring-before",
                XPATH + "substring-after",
                XPATH + "normalize-unicode",
                XPATH + "abs",
                XPATH + "ceiling",
                XPATH + "floor",
                XPATH + "round",
                XPATH + "not",
                XPATH + "boolean",
                XPATH + "year-from-date",
                XPATH + "month-from-date",
                XPATH + "day-from-date",
                MATH + "pi",
                MATH + "sqrt",
                MATH + "exp",
                MATH + "log",
                MATH + "log10",
                MATH + "sin",
                MATH + "cos",
                MATH + "tan",
                MATH + "asin",
                MATH + "acos",
                MATH + "atan",
                MATH + "atan2");

        static {
            SpatialFunctions.register();
        }

        private final Turn turn;

        Functions(Turn turn) {
            this.turn = turn;
        }

        @Override
        public Expr transform(ExprFunctionN function, ExprList arguments) {
            if (function instanceof E_Call) throw Refusal.notHere("CALL is refused.");
            if (function instanceof E_Function named) refuseUnlessSafe(named.getFunctionIRI());
            if (function instanceof E_Regex regex) return Bounded.of(regex, arguments, turn);
            if (function instanceof E_StrReplace replace) return Bounded.of(replace, arguments, turn);
            if (function instanceof E_StrConcat concat) return Bounded.of(concat, arguments, turn);
            return super.transform(function, arguments);
        }

        @Override
        public Expr transform(ExprFunction2 function, Expr left, Expr right) {
            return function instanceof E_Multiply multiply
                    ? Bounded.of(multiply, left, right, turn)
                    : super.transform(function, left, right);
        }

        private static void refuseUnlessSafe(String iri) {
            int name = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1;
            boolean safe = SAFE.contains(iri)
                    || CASTS.equals(iri.substring(0, name))
                    || SpatialFunctions.OFFERED.contains(iri);
            // isRegistered does not load classes, as get would for java: IRIs.
            if (!safe || !FunctionRegistry.get().isRegistered(iri))
                throw Refusal.notHere(
                        "The function <" + Shown.of(iri)
                                + "> is not offered here. There are those of SPARQL 1.1, casts to XSD types, some of XPath's and some of GeoSPARQL's.");
        }
    }
}
