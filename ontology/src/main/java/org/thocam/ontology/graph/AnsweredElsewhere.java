package org.thocam.ontology.graph;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.exec.RowSet;

/**
 * What a viewer may see of a graph whose store answers whole queries itself, from those graphs alone that the viewer may see. A query is
 * sent as it is: the caller has looked whether a stranger's may be. Each method is called between {@code begin(READ)} and {@code end()}.
 *
 * <p>They throw {@link GraphUnavailableException}, and {@link QueryCancelledException} where the time was over before the answer was whole.
 */
public interface AnsweredElsewhere {
    /** How long all that is asked from now on may take together. */
    void within(Duration time);

    /** Whether whole queries may be sent now. While the store is made to forget something, they may not. */
    boolean takesQueries();

    /**
     * A query that may not be sent, with the largest parts of it that may as {@link StoresShare}s; empty where it is better asked pattern by
     * pattern. It is to be evaluated as it stands.
     */
    Optional<Op> withItsShare(Op query, Predicate<Op> sendable);

    boolean ask(Query query);

    /** Its rows as they come; an incomplete answer ends in an exception. */
    RowSet select(Query query);

    /** What a CONSTRUCT or a DESCRIBE gives. What was taken of an answer that ends in an exception is worth nothing. */
    void triples(Query query, Consumer<Triple> consumer);
}
