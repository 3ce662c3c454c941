package org.thocam.ontology.exchange.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.NavigableMap;

/** The plain files of a package, read-only, in a folder or in a ZIP file. Paths have {@code /} between folders. */
sealed interface Tree extends AutoCloseable permits FolderTree, ZipTree {
    /** More files than these are refused. */
    int MOST_FILES = 1_000_000;

    /** What it is called, without the ending of a ZIP file. */
    String name();

    /** All files with their sizes, by path. */
    NavigableMap<String, Long> files();

    /** @throws IOException if there is no such file, or it cannot be read */
    InputStream open(String path) throws IOException;

    /** The file by itself on disk, until the tree is closed. */
    Path onDisk(String path) throws IOException;

    @Override
    void close() throws IOException;
}
