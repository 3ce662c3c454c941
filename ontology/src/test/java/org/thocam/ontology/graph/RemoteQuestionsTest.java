package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.binding.Binding;
import org.junit.jupiter.api.BeforeAll;

/** Each question is answered here, from patterns that the store finds, and by the store, where it has all the functions. */
class RemoteQuestionsTest extends QuestionsContract {
    @BeforeAll
    static void open() {
        load(parts -> RemoteGraph.open(Stores.fuseki(), URI.create(Reference.BASE), "p" + UUID.randomUUID(), parts));
    }

    @Override
    List<Binding> rows(Query query, DatasetGraph visible) {
        var here = QuestionsTest.hereAnswered(query, visible);
        if (!query.toString().contains("geosparql")) {
            var there = new ArrayList<Binding>();
            ((AnsweredElsewhere) visible).select(query).forEachRemaining(there::add);
            assertEquals(here.toString(), there.toString(), query::toString);
        }
        return here;
    }
}
