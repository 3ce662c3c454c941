package org.thocam.api.sparql;

import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.TransformCopy;
import org.apache.jena.sparql.algebra.Transformer;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpExt;
import org.apache.jena.sparql.algebra.op.OpGraph;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.expr.E_Function;
import org.apache.jena.sparql.expr.E_Multiply;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_StrConcat;
import org.apache.jena.sparql.expr.E_StrReplace;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunction2;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprTransformCopy;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcat;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcatDistinct;
import org.apache.jena.sparql.path.P_Alt;
import org.apache.jena.sparql.path.P_Inverse;
import org.apache.jena.sparql.path.P_Link;
import org.apache.jena.sparql.path.P_NegPropSet;
import org.apache.jena.sparql.path.P_OneOrMore1;
import org.apache.jena.sparql.path.P_OneOrMoreN;
import org.apache.jena.sparql.path.P_Seq;
import org.apache.jena.sparql.path.P_ZeroOrMore1;
import org.apache.jena.sparql.path.P_ZeroOrMoreN;
import org.apache.jena.sparql.path.P_ZeroOrOne;
import org.apache.jena.sparql.path.Path;
import org.thocam.ontology.graph.Vocabulary;

/**
 * Whether a store elsewhere may be sent a stranger's query, or a part of one, as it is: it means there what it means here, and can do no
 * more harm than its own limit of time allows. What may not be sent is answered here, from patterns that the store finds.
 *
 * <p>Not sent are functions that other stores lack; properties that are none of ours, which a store may take for commands; named graphs,
 * of which there are none; and what can run for ever, or grow without end, within one step: most stores look at the time between steps.
 */
final class Sendable {
    private static final String CASTS = "http://www.w3.org/2001/XMLSchema#";
    /** How many steps of growth, one on top of the other, are small enough. */
    private static final int MOST_GROWING = 16;

    private static final int LONGEST_SEPARATOR = 16;
    private static final int LONGEST_PATTERN = 200;

    private boolean sendable = true;
    private int growing;

    private Sendable() {}

    static boolean is(Op op) {
        var look = new Sendable();
        Transformer.transform(look.new Operators(), look.new Functions(), op);
        return look.sendable && look.growing <= MOST_GROWING;
    }

    /**
     * Whether every store reads the same in a text. Some look for code points that are written out, such as {@code \\u0022}, before they
     * know that the backslash is one.
     */
    static boolean isRead(String text) {
        return !text.contains("\\\\u") && !text.contains("\\\\U");
    }

    private void only(boolean allowed) {
        sendable &= allowed;
    }

    private static boolean isOurs(Node property) {
        if (!property.isConcrete()) return true;
        return property.isURI()
                && Vocabulary.speaks(property.getURI())
                && !Vocabulary.isComputedElsewhere(property.getURI());
    }

    private static boolean isOurs(Path path) {
        if (path instanceof P_Link link) return isOurs(link.getNode());
        if (path instanceof P_Inverse inverse) return isOurs(inverse.getSubPath());
        if (path instanceof P_Seq both) return isOurs(both.getLeft()) && isOurs(both.getRight());
        if (path instanceof P_Alt both) return isOurs(both.getLeft()) && isOurs(both.getRight());
        if (path instanceof P_ZeroOrOne one) return isOurs(one.getSubPath());
        if (path instanceof P_ZeroOrMore1 more) return isLink(more.getSubPath());
        if (path instanceof P_ZeroOrMoreN more) return isLink(more.getSubPath());
        if (path instanceof P_OneOrMore1 more) return isLink(more.getSubPath());
        if (path instanceof P_OneOrMoreN more) return isLink(more.getSubPath());
        return path instanceof P_NegPropSet;
    }

    /** Followed again and again, a path that names no property may lead from everywhere to everywhere. */
    private static boolean isLink(Path path) {
        if (path instanceof P_Alt both) return isLink(both.getLeft()) && isLink(both.getRight());
        return (path instanceof P_Link || path instanceof P_Inverse inverse && inverse.getSubPath() instanceof P_Link)
                && isOurs(path);
    }

    private final class Operators extends TransformCopy {
        @Override
        public Op transform(OpBGP pattern) {
            for (Triple triple : pattern.getPattern()) only(isOurs(triple.getPredicate()));
            return super.transform(pattern);
        }

        @Override
        public Op transform(OpPath path) {
            var way = path.getTriplePath();
            only(way.isTriple() ? isOurs(way.getPredicate()) : isOurs(way.getPath()));
            return super.transform(path);
        }

        @Override
        public Op transform(OpGraph graph, Op inner) {
            only(false);
            return super.transform(graph, inner);
        }

        @Override
        public Op transform(OpService service, Op inner) {
            only(false);
            return super.transform(service, inner);
        }

        @Override
        public Op transform(OpExt extension) {
            only(false);
            return super.transform(extension);
        }

        @Override
        public Op transform(OpGroup group, Op inner) {
            for (var one : group.getAggregators()) {
                if (one.getAggregator() instanceof AggGroupConcat concat) separated(concat.getSeparator());
                if (one.getAggregator() instanceof AggGroupConcatDistinct concat) separated(concat.getSeparator());
            }
            return super.transform(group, inner);
        }

        private void separated(String by) {
            only(by == null || by.length() <= LONGEST_SEPARATOR);
        }
    }

    private final class Functions extends ExprTransformCopy {
        @Override
        public Expr transform(ExprFunctionN function, ExprList arguments) {
            if (function instanceof E_Function named)
                only(named.getFunctionIRI().startsWith(CASTS)
                        && named.getFunctionIRI().indexOf('/', CASTS.length()) < 0);
            if (function instanceof E_Regex) only(isSimple(function.getArg(2)));
            if (function instanceof E_StrReplace) only(false);
            if (function instanceof E_StrConcat) growing += arguments.size();
            return super.transform(function, arguments);
        }

        @Override
        public Expr transform(ExprFunction2 function, Expr left, Expr right) {
            if (function instanceof E_Multiply) growing += 2;
            return super.transform(function, left, right);
        }

        /** A pattern that is written out, and in which nothing can be read in many ways. */
        private boolean isSimple(Expr pattern) {
            if (pattern == null
                    || !pattern.isConstant()
                    || !pattern.getConstant().isString()) return false;
            var text = pattern.getConstant().getString();
            return text.length() <= LONGEST_PATTERN
                    && text.chars().noneMatch(c -> "({)}".indexOf(c) >= 0)
                    && text.chars().filter(c -> "*+?".indexOf(c) >= 0).count() <= 2;
        }
    }
}
