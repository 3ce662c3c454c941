package org.thocam.dictionary;

import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.ontology.Version;

/**
 * Names one state of one entry for ever: a strong ETag (RFC 9110, section 8.8.3).
 *
 * @param file the version of the dictionary's item that first had the file that the entry stands in
 * @param part the version of the entry's own object, {@link Version#NONE} where it was never edited
 */
public record EntryTag(Version file, Version part) {
    private static final Pattern LEGAL = Pattern.compile("f([0-9]{1,9})\\.e([0-9]{1,9})");

    public static Optional<EntryTag> parsed(String text) {
        var match = LEGAL.matcher(text);
        return match.matches()
                ? Optional.of(new EntryTag(
                        new Version(Long.parseLong(match.group(1))), new Version(Long.parseLong(match.group(2)))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "f" + file.number() + ".e" + part.number();
    }
}
