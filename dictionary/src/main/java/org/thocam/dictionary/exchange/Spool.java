package org.thocam.dictionary.exchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A stream that can be read twice: for formats that say at the end what belongs to the beginning. */
public final class Spool implements AutoCloseable {
    private final Path file;

    public Spool(InputStream in) throws IOException {
        file = Files.createTempFile("thocam-lexicon-", ".tmp");
        try {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    public InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
