package org.thocam.ontology.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.jena.atlas.io.IndentedWriter;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.OpAsQuery;
import org.apache.jena.sparql.algebra.TransformCopy;
import org.apache.jena.sparql.algebra.Transformer;
import org.apache.jena.sparql.algebra.op.Op1;
import org.apache.jena.sparql.algebra.op.Op2;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpExt;
import org.apache.jena.sparql.algebra.op.OpExtend;
import org.apache.jena.sparql.algebra.op.OpFilter;
import org.apache.jena.sparql.algebra.op.OpGraph;
import org.apache.jena.sparql.algebra.op.OpJoin;
import org.apache.jena.sparql.algebra.op.OpLeftJoin;
import org.apache.jena.sparql.algebra.op.OpMinus;
import org.apache.jena.sparql.algebra.op.OpN;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpSequence;
import org.apache.jena.sparql.algebra.op.OpTable;
import org.apache.jena.sparql.algebra.op.OpUnion;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.iterator.QueryIterPlainWrapper;
import org.apache.jena.sparql.engine.join.Join;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprTransformCopy;
import org.apache.jena.sparql.graph.NodeTransform;
import org.apache.jena.sparql.graph.NodeTransformLib;
import org.apache.jena.sparql.serializer.SerializationContext;
import org.apache.jena.sparql.util.NodeIsomorphismMap;

/** A part of a query that its store answers in one request, while the rest of the query is answered here. */
public final class StoresShare extends OpExt {
    private final Op part;
    private final Query query;
    private final Function<Query, RowSet> store;

    private StoresShare(Op part, Query query, Function<Query, RowSet> store) {
        super("elsewhere");
        this.part = part;
        this.query = query;
        this.store = store;
    }

    /**
     * The same query, where its largest parts that may be sent are the store's share. What comes out is to be evaluated as it stands, from
     * the bottom up, and not to be optimised; empty where that would not give the same, or nothing may be sent.
     */
    static Optional<Op> of(Op whole, Predicate<Op> sendable, Function<Query, RowSet> store) {
        var names = new AtomicInteger();
        var shared = new Object() {
            int parts;

            Op share(Op op) {
                if (hasPattern(op) && isPlain(op) && sendable.test(op)) {
                    var query = query(op, names);
                    if (query.isPresent()) {
                        parts++;
                        return new StoresShare(op, query.get(), store);
                    }
                }
                // Named graphs: there are none, and what stands in them is not to be asked of the union.
                if (op instanceof OpGraph) return op;
                if (op instanceof Op1 one) return one.copy(share(one.getSubOp()));
                if (op instanceof Op2 two) return two.copy(share(two.getLeft()), share(two.getRight()));
                if (op instanceof OpN many)
                    return many.copy(
                            many.getElements().stream().map(this::share).toList());
                return op;
            }
        };
        var op = shared.share(whole);
        return shared.parts == 0 || asksWhetherSomethingExists(op) ? Optional.empty() : Optional.of(op);
    }

    private static boolean isPlain(Op op) {
        if (op instanceof OpBGP || op instanceof OpPath || op instanceof OpTable) return true;
        if (op instanceof OpFilter || op instanceof OpExtend) return isPlain(((Op1) op).getSubOp());
        if (op instanceof OpSequence many) return many.getElements().stream().allMatch(StoresShare::isPlain);
        boolean two =
                op instanceof OpJoin || op instanceof OpLeftJoin || op instanceof OpUnion || op instanceof OpMinus;
        return two && isPlain(((Op2) op).getLeft()) && isPlain(((Op2) op).getRight());
    }

    private static boolean hasPattern(Op op) {
        if (op instanceof OpBGP pattern) return !pattern.getPattern().isEmpty();
        if (op instanceof OpPath) return true;
        if (op instanceof Op1 one) return hasPattern(one.getSubOp());
        if (op instanceof OpN many) return many.getElements().stream().anyMatch(StoresShare::hasPattern);
        return op instanceof Op2 two && (hasPattern(two.getLeft()) || hasPattern(two.getRight()));
    }

    /** That is asked anew for each row: the optimiser's way of it is faster. */
    private static boolean asksWhetherSomethingExists(Op op) {
        var found = new boolean[1];
        Transformer.transform(
                new TransformCopy(),
                new ExprTransformCopy() {
                    @Override
                    public Expr transform(ExprFunctionOp function, ExprList arguments, Op pattern) {
                        found[0] = true;
                        return super.transform(function, arguments, pattern);
                    }
                },
                op);
        return found[0];
    }

    /** The query that asks for this part; empty where it cannot be written such that it means the same again when it is read. */
    private static Optional<Query> query(Op part, AtomicInteger names) {
        try {
            var legal = NodeTransformLib.transform(legalNames(names), part);
            var text = OpAsQuery.asQuery(legal).serialize();
            // Some stores take these for what they are not, as SparqlText tells.
            if (text.contains("\\\\u") || text.contains("\\\\U")) return Optional.empty();
            var read = QueryFactory.create(text, Syntax.syntaxSPARQL_11);
            return meaning(Algebra.compile(read)).equals(meaning(legal)) ? Optional.of(read) : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The same for plain operators that differ in nothing but the order and the grouping of what they join. */
    private static String meaning(Op op) {
        if (op instanceof OpFilter filter)
            return "(filter "
                    + filter.getExprs().getList().stream()
                            .map(Expr::toString)
                            .sorted()
                            .toList() + meaning(filter.getSubOp()) + ")";
        if (op instanceof OpExtend extend)
            return "(extend " + extend.getVarExprList() + meaning(extend.getSubOp()) + ")";
        if (op instanceof OpLeftJoin left)
            return "(left " + left.getExprs() + meaning(left.getLeft()) + meaning(left.getRight()) + ")";
        if (op instanceof OpUnion || op instanceof OpMinus)
            return "(" + op.getName() + meaning(((Op2) op).getLeft()) + meaning(((Op2) op).getRight()) + ")";
        var joined = new ArrayList<String>();
        join(op, joined);
        joined.sort(null);
        return joined.size() == 1 ? joined.get(0) : joined.toString();
    }

    private static void join(Op op, List<String> joined) {
        if (op instanceof OpJoin both) {
            join(both.getLeft(), joined);
            join(both.getRight(), joined);
        } else if (op instanceof OpSequence many) many.getElements().forEach(one -> join(one, joined));
        else if (op instanceof OpBGP pattern) pattern.getPattern().forEach(triple -> joined.add(triple.toString()));
        else if (op instanceof OpPath path) joined.add(path.getTriplePath().toString());
        else if (op instanceof OpTable table) {
            if (!table.isJoinIdentity()) joined.add(table.toString());
        } else if (isPlain(op)) joined.add(meaning(op));
        else throw new IllegalArgumentException("no plain operator: " + op.getName());
    }

    /** Variables that stand for blank nodes of the query have names that no query may have. */
    private static NodeTransform legalNames(AtomicInteger names) {
        Map<Node, Node> given = new HashMap<>();
        return node -> !Var.isVar(node) || node.getName().matches("[A-Za-z][A-Za-z0-9_]*")
                ? node
                : given.computeIfAbsent(node, unnamed -> Var.alloc("thocamUnnamed" + names.incrementAndGet()));
    }

    @Override
    public Op effectiveOp() {
        return part;
    }

    @Override
    public QueryIterator eval(QueryIterator input, ExecutionContext execution) {
        return Join.join(input, QueryIterPlainWrapper.create(store.apply(query), execution), execution);
    }

    @Override
    public void outputArgs(IndentedWriter out, SerializationContext context) {
        out.print(part.toString(context.getPrefixMapping()));
    }

    @Override
    public int hashCode() {
        return part.hashCode();
    }

    @Override
    public boolean equalTo(Op other, NodeIsomorphismMap labels) {
        return other instanceof StoresShare share && part.equalTo(share.part, labels);
    }
}
