package org.thocam.ingest.extract;

import java.nio.file.Path;

/**
 * That the files inside a file and its pages are wanted beside its text.
 *
 * @param folder for them, empty; whoever made it deletes it
 * @param depth of the file: 0 where it was handed in itself
 * @param pictures whether OCR may read it, where OCR is wanted at all
 */
public record Unpacking(Path folder, int depth, boolean pictures, Allowance left) {}
