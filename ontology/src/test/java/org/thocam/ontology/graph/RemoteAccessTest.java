package org.thocam.ontology.graph;

import java.net.URI;
import java.util.UUID;

class RemoteAccessTest extends AccessContract {
    @Override
    KnowledgeGraph open(PartGraphs parts) {
        return RemoteGraph.open(
                Stores.fuseki(),
                URI.create("http://127.0.0.1:8080/"),
                "p" + UUID.randomUUID(),
                parts,
                Endpoint.Bounds.USUAL,
                new RemoteWriting.Slices(2, 100));
    }

    @Override
    int steps() {
        return 8;
    }
}
