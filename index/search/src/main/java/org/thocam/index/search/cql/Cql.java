package org.thocam.index.search.cql;

import java.util.List;

/**
 * What a query asks for, as its text says it: names are not resolved yet, and terms have their backslashes still, except those before
 * double quotes. CQL 1.2, "Query Syntax" and "BNF".
 */
public sealed interface Cql {

    /**
     * @param index with its prefix, such as {@code dc.title}; empty where the query gives a term alone
     * @param relation of no name where the query gives a term alone
     */
    record Clause(String index, Relation relation, String term) implements Cql {}

    /** Two queries joined; of three in a row the first two are the left one. */
    record Joined(Operator operator, List<Modifier> modifiers, Cql left, Cql right) implements Cql {
        public Joined {
            modifiers = List.copyOf(modifiers);
        }
    }

    /**
     * A query inside which a prefix stands for a context set.
     *
     * @param prefix empty for the context set of names without a prefix
     */
    record Scoped(String prefix, String uri, Cql query) implements Cql {}

    enum Operator {
        AND,
        OR,
        NOT,
        PROX
    }

    /** @param name {@code =}, {@code any}, {@code cql.all} and so on, as written */
    record Relation(String name, List<Modifier> modifiers) {
        /** That of a term which stands alone. */
        public static final Relation NONE = new Relation("", List.of());

        public Relation {
            modifiers = List.copyOf(modifiers);
        }
    }

    /** @param comparison one of {@code = < > <= >= <> ==}, or empty together with the value */
    record Modifier(String name, String comparison, String value) {}
}
