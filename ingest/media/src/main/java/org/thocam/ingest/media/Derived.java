package org.thocam.ingest.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;

/** What came of asking for a derivative. */
public sealed interface Derived {
    /**
     * It is there.
     *
     * @param path a file; of {@link Recipe#TILES} a folder. It may be evicted at any moment: open it at once, and ask again if it went
     * @param mediaType of the file
     * @param size in bytes, of a folder that of all its files
     * @param tag of its bytes: other bytes have another
     */
    record Made(Path path, String mediaType, long size, String tag) implements Derived {
        /** The file; what is open stays readable when it is evicted. */
        public FileChannel open() throws IOException {
            return FileChannel.open(path);
        }
    }

    /**
     * Nothing can be made of this original, and that is noted: it is not tried again until it is asked for by
     * {@code thocam derive --again}, or the recipe changes.
     *
     * @param at when it was tried
     */
    record Failed(State state, String reason, Instant at) implements Derived {}

    /** The recipe is not for this kind of file. */
    record Unsuited(String reason) implements Derived {}

    /** A program is not installed. It is tried again at the next request. */
    record Lacking(String program) implements Derived {
        public String reason() {
            return program + " is not installed; " + Programs.ADVICE;
        }
    }

    /** It is being made; the patience of who asked is over. */
    record UnderWay() implements Derived {}

    /** As many wait as may. Ask again. */
    record Busy() implements Derived {}
}
