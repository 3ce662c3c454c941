package org.thocam.api.sparql;

import java.util.List;
import java.util.regex.Matcher;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.expr.E_Multiply;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_StrConcat;
import org.apache.jena.sparql.expr.E_StrReplace;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.ExprFunction2;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.expr.aggregate.Accumulator;
import org.apache.jena.sparql.expr.aggregate.AccumulatorExpr;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcat;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcatDistinct;
import org.apache.jena.sparql.expr.aggregate.Aggregator;
import org.apache.jena.sparql.function.FunctionEnv;

/**
 * The functions of SPARQL 1.1 (section 17.4) whose one call can take for ever or grow without end, doing the same within a
 * {@link Turn}. Jena looks at the time between rows only.
 */
final class Bounded {
    private Bounded() {}

    static ExprFunctionN of(E_Regex regex, ExprList arguments, Turn turn) {
        return new Regex(arguments, turn);
    }

    static ExprFunctionN of(E_StrReplace replace, ExprList arguments, Turn turn) {
        return new Replace(arguments, turn);
    }

    static ExprFunctionN of(E_StrConcat concat, ExprList arguments, Turn turn) {
        return new Concat(arguments, turn);
    }

    static ExprFunction2 of(E_Multiply multiply, Expr left, Expr right, Turn turn) {
        return new Multiply(left, right, turn);
    }

    static Aggregator of(Aggregator aggregator, Turn turn) {
        if (aggregator instanceof AggGroupConcat concat)
            return new Group(concat.getExprList().get(0), concat.getSeparator(), turn);
        if (aggregator instanceof AggGroupConcatDistinct concat)
            return new DistinctGroup(concat.getExprList().get(0), concat.getSeparator(), turn);
        return aggregator;
    }

    private static String text(NodeValue value) {
        if (value == null) return null;
        if (!value.isString() && !value.isLangString()) throw new ExprEvalException("not a string: " + value);
        return value.asNode().getLiteralLexicalForm();
    }

    private static String optional(List<NodeValue> arguments, int index) {
        return arguments.size() > index ? text(arguments.get(index)) : null;
    }

    private static final class Regex extends ExprFunctionN {
        private final Turn turn;

        Regex(ExprList arguments, Turn turn) {
            super("regex", arguments);
            this.turn = turn;
        }

        @Override
        public NodeValue eval(List<NodeValue> arguments) {
            var pattern = turn.pattern("REGEX", text(arguments.get(1)), optional(arguments, 2));
            return NodeValue.booleanReturn(
                    pattern.matcher(turn.watched(text(arguments.get(0)))).find());
        }

        @Override
        public Expr copy(ExprList arguments) {
            return new Regex(arguments, turn);
        }
    }

    private static final class Replace extends ExprFunctionN {
        private final Turn turn;

        Replace(ExprList arguments, Turn turn) {
            super("replace", arguments);
            this.turn = turn;
        }

        @Override
        public NodeValue eval(List<NodeValue> arguments) {
            var text = text(arguments.get(0));
            var pattern = turn.pattern("REPLACE", text(arguments.get(1)), optional(arguments, 3));
            var replaced = replaced(pattern.matcher(turn.watched(text)), text(arguments.get(2)));
            var node = arguments.get(0).asNode();
            return replaced == null ? arguments.get(0) : NodeValue.makeNode(like(node, replaced));
        }

        private String replaced(Matcher matcher, String replacement) {
            var result = new StringBuilder();
            boolean any = false;
            try {
                while (matcher.find()) {
                    // As Jena does: an empty match counts when it is the first, so that ".*" replaces once.
                    if (any && matcher.start() == matcher.end()) continue;
                    any = true;
                    matcher.appendReplacement(result, replacement);
                    turn.makes(result.length());
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw new ExprEvalException("replace: the replacement names a group that is not there", e);
            }
            if (!any) return null;
            matcher.appendTail(result);
            turn.makes(result.length());
            return result.toString();
        }

        private static Node like(Node node, String text) {
            return node.getLiteralLanguage().isEmpty()
                    ? NodeFactory.createLiteralString(text)
                    : NodeFactory.createLiteralLang(text, node.getLiteralLanguage());
        }

        @Override
        public Expr copy(ExprList arguments) {
            return new Replace(arguments, turn);
        }
    }

    private static final class Concat extends ExprFunctionN {
        private final E_StrConcat jenas;
        private final Turn turn;

        Concat(ExprList arguments, Turn turn) {
            super("concat", arguments);
            this.jenas = new E_StrConcat(arguments);
            this.turn = turn;
        }

        @Override
        public NodeValue eval(List<NodeValue> arguments) {
            turn.makes(arguments.stream()
                    .mapToLong(argument -> argument.asString().length())
                    .sum());
            return jenas.eval(arguments);
        }

        @Override
        public Expr copy(ExprList arguments) {
            return new Concat(arguments, turn);
        }
    }

    /** Whole numbers have no end: squared thirty times over, one fills the memory. */
    private static final class Multiply extends ExprFunction2 {
        private static final int LONGEST_NUMBER = 2_000;
        private final E_Multiply jenas;
        private final Turn turn;

        Multiply(Expr left, Expr right, Turn turn) {
            super(left, right, "*", "*");
            this.jenas = new E_Multiply(left, right);
            this.turn = turn;
        }

        @Override
        public NodeValue eval(NodeValue left, NodeValue right) {
            turn.step();
            if (digits(left) + digits(right) > LONGEST_NUMBER)
                throw new ExprEvalException("a number of more than " + LONGEST_NUMBER + " digits");
            return jenas.eval(left, right);
        }

        private static int digits(NodeValue value) {
            if (value.isInteger()) return value.getInteger().bitLength() / 3;
            return value.isDecimal() ? value.getDecimal().unscaledValue().bitLength() / 3 : 0;
        }

        @Override
        public Expr copy(Expr left, Expr right) {
            return new Multiply(left, right, turn);
        }
    }

    private static final class Group extends AggGroupConcat {
        private final Turn turn;

        Group(Expr expression, String separator, Turn turn) {
            super(expression, separator);
            this.turn = turn;
        }

        @Override
        public Aggregator copy(ExprList expressions) {
            return new Group(expressions.get(0), getSeparator(), turn);
        }

        @Override
        public Accumulator createAccumulator() {
            return new Joined(getExprList().get(0), false, getSeparator(), turn);
        }
    }

    private static final class DistinctGroup extends AggGroupConcatDistinct {
        private final Turn turn;

        DistinctGroup(Expr expression, String separator, Turn turn) {
            super(expression, separator);
            this.turn = turn;
        }

        @Override
        public Aggregator copy(ExprList expressions) {
            return new DistinctGroup(expressions.get(0), getSeparator(), turn);
        }

        @Override
        public Accumulator createAccumulator() {
            return new Joined(getExprList().get(0), true, getSeparator(), turn);
        }
    }

    private static final class Joined extends AccumulatorExpr {
        private final StringBuilder joined = new StringBuilder();
        private final String separator;
        private final Turn turn;
        private boolean first = true;

        Joined(Expr expression, boolean distinct, String separator, Turn turn) {
            super(expression, distinct);
            this.separator = separator == null ? " " : separator;
            this.turn = turn;
        }

        @Override
        protected void accumulate(NodeValue value, Binding binding, FunctionEnv environment) {
            if (!first) joined.append(separator);
            first = false;
            joined.append(value.asString());
            if (joined.length() > 1_000_000)
                throw Refusal.malformed("GROUP_CONCAT makes a literal of more than 1000000 characters.");
        }

        @Override
        protected void accumulateError(Binding binding, FunctionEnv environment) {
            // As Jena does: a value that is an error is left out.
        }

        @Override
        protected NodeValue getAccValue() {
            return NodeValue.makeString(joined.toString());
        }
    }
}
