package org.thocam.ontology.graph;

import java.net.URI;
import java.util.UUID;

class RemotePartGraphsTest extends PartGraphsContract {
    private final String partition = "p" + UUID.randomUUID();

    @Override
    KnowledgeGraph open(String name, URI base, PartGraphs parts) {
        return RemoteGraph.open(
                Stores.fuseki(),
                base,
                partition + "." + name,
                parts,
                Endpoint.Bounds.USUAL,
                new RemoteWriting.Slices(3, 1000));
    }
}
