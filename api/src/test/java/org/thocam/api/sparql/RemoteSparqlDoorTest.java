package org.thocam.api.sparql;

import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.graph.PartGraphs;
import org.thocam.ontology.graph.RemoteGraph;
import org.thocam.services.FusekiService;

class RemoteSparqlDoorTest extends SparqlDoorContract {
    @Override
    KnowledgeGraph open(Path dir, URI base) throws Exception {
        var fuseki = FusekiService.ofThisProcess();
        return RemoteGraph.open(
                new RemoteGraph.Settings(fuseki.query(), fuseki.update(), fuseki.data(), "", ""),
                base,
                "p" + UUID.randomUUID(),
                PartGraphs.NONE);
    }
}
