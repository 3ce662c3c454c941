package org.thocam.ontology.graph;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class TdbPartGraphsTest extends PartGraphsContract {
    @TempDir
    Path dir;

    @Override
    KnowledgeGraph open(String name, URI base, PartGraphs parts) {
        return TdbGraph.open(dir.resolve(name), base, parts, 3, Long.MAX_VALUE / 4);
    }
}
