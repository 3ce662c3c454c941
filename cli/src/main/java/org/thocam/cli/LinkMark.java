package org.thocam.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.thocam.ontology.Projection;

/** A view that has no room of its own for the linker's edition: it stands in a file beside it. A lost file costs one look at all items. */
final class LinkMark extends Around {
    private final Path file;

    LinkMark(Projection view, Path file) {
        super(view);
        this.file = file;
    }

    @Override
    public String linkedWith() {
        try {
            return Files.exists(file)
                    ? Files.readString(file, StandardCharsets.UTF_8).strip()
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    @Override
    public void linkedWith(String edition) {
        try {
            Home.writePrivately(file, edition.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
