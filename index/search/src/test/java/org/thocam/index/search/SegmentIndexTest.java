package org.thocam.index.search;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On the engine's own node. */
class SegmentIndexTest extends SegmentIndexContract {
    @TempDir
    static Path home;

    @Override
    SearchService service() {
        return Samples.node(home);
    }
}
