package org.thocam.ingest.extract;

import java.nio.file.Path;

/**
 * A file that was taken out of another.
 *
 * @param path where it lies now
 * @param name as the other calls it, whatever is in it; may be empty
 * @param place where it stood, such as {@code page 3}; empty where nobody knows, or the name says it
 */
public record Inside(Path path, String name, String place) {}
