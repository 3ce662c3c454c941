package org.thocam.ontology.graph;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class TdbAccessTest extends AccessContract {
    @TempDir
    Path dir;

    @Override
    KnowledgeGraph open(PartGraphs parts) {
        return TdbGraph.open(dir, URI.create("http://127.0.0.1:8080/"), parts, 2, Long.MAX_VALUE / 4);
    }

    @Override
    int steps() {
        return 40;
    }
}
