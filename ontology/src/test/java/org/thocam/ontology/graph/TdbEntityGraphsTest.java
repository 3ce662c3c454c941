package org.thocam.ontology.graph;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class TdbEntityGraphsTest extends EntityGraphsContract {
    @TempDir
    Path dir;

    @Override
    KnowledgeGraph open(String name, URI base, PartGraphs parts) {
        return KnowledgeGraph.open(dir.resolve(name), base, parts);
    }
}
