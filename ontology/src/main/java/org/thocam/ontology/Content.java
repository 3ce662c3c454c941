package org.thocam.ontology;

import java.nio.file.Path;

/** Where the bytes of a file of a deposit come from. */
public sealed interface Content {
    /** A file that is moved into the archive: whoever deposits made it for this. */
    record OfPath(Path path) implements Content {}

    record OfBytes(byte[] bytes) implements Content {}

    /** The same bytes as the basis version has under this path. */
    record Kept() implements Content {}
}
