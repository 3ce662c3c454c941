package org.thocam.ontology.graph;

import java.net.URI;
import java.util.UUID;

class RemoteEntityGraphsTest extends EntityGraphsContract {
    private final String partition = "p" + UUID.randomUUID();

    @Override
    KnowledgeGraph open(String name, URI base, PartGraphs parts) {
        return RemoteGraph.open(Stores.fuseki(), base, partition + "." + name, parts);
    }
}
