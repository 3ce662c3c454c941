package org.thocam.api.sparql;

import java.net.URI;
import java.nio.file.Path;
import org.thocam.ontology.graph.KnowledgeGraph;

class SparqlDoorTest extends SparqlDoorContract {
    @Override
    KnowledgeGraph open(Path dir, URI base) {
        return KnowledgeGraph.open(dir, base);
    }
}
