package org.thocam.ingest.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.thocam.ontology.exchange.packages.BadPackageException;
import org.thocam.ontology.exchange.packages.PackageReader;
import org.thocam.ontology.exchange.packages.Workspace;

/** Bags and crates among the inputs: a package is taken in whole, or refused with what is wrong with it. */
final class PackageInputs implements AutoCloseable {
    private final Consumer<Found> found;
    private final Workspace workspace;

    /** @param unpacked where files of ZIP files lie until this is closed */
    PackageInputs(Consumer<Found> found, Path unpacked) {
        this.found = found;
        this.workspace = new Workspace(unpacked);
    }

    /** Whether the path is a package; then it has been read. */
    boolean read(Path path) {
        if (!PackageReader.isPackage(path)) return false;
        try {
            new PackageReader(path, workspace, submission -> found.accept(new Found.Taken(submission))).read();
        } catch (BadPackageException e) {
            found.accept(new Found.Refused(
                    path.toString(),
                    "is a package that cannot be trusted, nothing of it was taken in: " + e.getMessage()));
        } catch (IOException | UncheckedIOException | IllegalArgumentException | ArithmeticException e) {
            found.accept(new Found.Refused(path.toString(), "could not be read: " + e.getMessage()));
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        workspace.close();
    }
}
