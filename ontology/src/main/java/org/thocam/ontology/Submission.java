package org.thocam.ontology;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a depositor hands in: a description, a text of its own, files. The item's {@code files} are empty: intake fills them.
 *
 * @param place where it was read, for messages and reports, such as {@code festivals.jsonl:12}
 */
public record Submission(Item item, Optional<String> text, List<Upload> files, String place) {
    /** @param name the path inside the item */
    public record Upload(String name, Path path) {}
}
