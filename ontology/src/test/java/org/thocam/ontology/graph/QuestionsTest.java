package org.thocam.ontology.graph;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class QuestionsTest extends QuestionsContract {
    @TempDir
    static Path dir;

    @BeforeAll
    static void open() {
        load(parts -> KnowledgeGraph.open(dir, URI.create(Reference.BASE), parts));
    }

    @Override
    List<Binding> rows(Query query, DatasetGraph visible) {
        return hereAnswered(query, visible);
    }

    static List<Binding> hereAnswered(Query query, DatasetGraph visible) {
        var rows = new ArrayList<Binding>();
        try (var run = QueryExec.dataset(visible).query(query).build()) {
            run.select().forEachRemaining(rows::add);
        }
        return rows;
    }
}
