package org.thocam.ingest.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;

/** The text of a version, from its files under {@code text/}. */
final class Texts {
    private static final String TEXT = "text/";

    private Texts() {}

    /** Up to {@link Archive#LONGEST_TEXT} characters, never half a character. */
    static String of(
            Collection<String> paths,
            Function<String, InputStream> open,
            BiFunction<String, IOException, ArchiveException> damaged) {
        var text = new StringBuilder();
        for (var path : new TreeSet<>(paths)) {
            if (!path.startsWith(TEXT)) continue;
            if (text.length() > 0) text.append("\n\n");
            try (var stream = open.apply(path)) {
                text.append(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw damaged.apply(path, e);
            }
            if (text.length() > Archive.LONGEST_TEXT) {
                boolean within = Character.isHighSurrogate(text.charAt(Archive.LONGEST_TEXT - 1));
                return text.substring(0, within ? Archive.LONGEST_TEXT - 1 : Archive.LONGEST_TEXT);
            }
        }
        return text.toString();
    }
}
