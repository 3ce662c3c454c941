package org.thocam.ontology.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Records of the Library of Congress as Debian's package idzebra-2.0-examples brings them; none of them is copied here. */
public final class ZebraExamples {
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/share/doc/idzebra-2.0/examples"), Path.of("/usr/share/doc/idzebra-2.0-examples/examples"));

    private ZebraExamples() {}

    /** @param file packed, such as {@code marc21/sample-marc.gz} */
    public static InputStream open(String file) throws IOException {
        var found = FOLDERS.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::isReadable)
                .findFirst();
        Assumptions.assumeTrue(
                found.isPresent(),
                "skipped: " + file + " is not below " + FOLDERS
                        + "; install Debian's package idzebra-2.0-examples (with its /usr/share/doc)");
        return new GZIPInputStream(Files.newInputStream(found.orElseThrow()));
    }
}
