package org.thocam.index.search;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On the engine's own node. */
class SearchIndexTest extends SearchIndexContract {
    @TempDir
    static Path home;

    @Override
    SearchService service() {
        return Samples.node(home);
    }

    @Override
    int step() {
        return 1;
    }
}
