package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.iterator.QueryIterRoot;
import org.apache.jena.sparql.engine.main.QC;
import org.junit.jupiter.api.BeforeAll;

/** Each question is answered here, from the parts that the store answers, and by the store alone, where it has all the functions. */
class RemoteQuestionsTest extends QuestionsContract {
    @BeforeAll
    static void open() {
        load(parts -> RemoteGraph.open(Stores.fuseki(), URI.create(Reference.BASE), "p" + UUID.randomUUID(), parts));
    }

    private static boolean isSendable(Op op) {
        return !op.toString().contains("geosparql/") && !op.toString().contains("geosparql#sf");
    }

    @Override
    List<Binding> rows(Query query, DatasetGraph visible) {
        var store = (AnsweredElsewhere) visible;
        var shared = store.withItsShare(Algebra.compile(query), RemoteQuestionsTest::isSendable);
        List<Binding> here = new ArrayList<>();
        if (shared.isPresent()) {
            var context = ExecutionContext.create(visible);
            QueryIterator found = QC.execute(shared.get(), QueryIterRoot.create(context), context);
            found.forEachRemaining(here::add);
        } else here = QuestionsTest.hereAnswered(query, visible);
        if (isSendable(Algebra.compile(query))) {
            var there = new ArrayList<Binding>();
            store.select(query).forEachRemaining(there::add);
            assertEquals(text(here, query.getProjectVars()), text(there, query.getProjectVars()), query::toString);
        }
        return here;
    }

    private static String text(List<Binding> rows, List<Var> variables) {
        return rows.stream()
                .map(row -> variables.stream().map(row::get).toList().toString())
                .toList()
                .toString();
    }
}
