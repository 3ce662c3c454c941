package org.thocam.ontology.graph;

import java.net.URI;
import java.util.UUID;

class RemoteGraphTest extends KnowledgeGraphContract {
    private final String partition = "p" + UUID.randomUUID();

    @Override
    KnowledgeGraph open(String name, URI base) {
        return RemoteGraph.open(Stores.fuseki(), base, partition + "." + name, PartGraphs.NONE);
    }
}
