package org.thocam.ingest.media;

import java.io.IOException;

/** A disk that is full is not the original's fault: nothing is noted. */
final class Full {
    private Full() {}

    static void refuse(String said) throws IOException {
        if (said.contains("No space left on device") || said.contains("Disk quota exceeded"))
            throw new IOException("no room for a derivative: " + said);
    }
}
