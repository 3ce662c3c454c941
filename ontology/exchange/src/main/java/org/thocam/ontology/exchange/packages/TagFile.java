package org.thocam.ontology.exchange.packages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import org.thocam.ontology.Shown;

/** The text files of a bag that are not its payload: read line by line, in the encoding that the bag declares. RFC 8493, section 2.2. */
final class TagFile {
    private static final int LONGEST_LINE = 64 << 10;
    private static final int MOST_LINES = Tree.MOST_FILES + 1_000;

    private TagFile() {}

    interface Line {
        void read(String line, int number);
    }

    static void lines(InputStream from, Charset encoding, String what, Line each) throws IOException {
        var strict = encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var in = new BufferedReader(new InputStreamReader(from, strict))) {
            var line = new StringBuilder();
            int number = 1;
            boolean afterReturn = false;
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n' && afterReturn) {
                    afterReturn = false;
                    continue;
                }
                afterReturn = c == '\r';
                if (c == '\n' || c == '\r') {
                    each.read(line.toString(), number++);
                    line.setLength(0);
                    if (number > MOST_LINES)
                        throw new BadPackageException(what + " has more than " + MOST_LINES + " lines");
                } else if (line.length() == LONGEST_LINE)
                    throw new BadPackageException(
                            what + ", line " + number + ", is longer than " + LONGEST_LINE + " characters");
                else line.append((char) c);
            }
            if (!line.isEmpty()) each.read(line.toString(), number);
        } catch (CharacterCodingException e) {
            throw new BadPackageException(
                    what + " is not in " + encoding + ", the encoding that bagit.txt declares; declare the right one",
                    e);
        }
    }

    /** One {@code Label: value}; a value goes on in lines that begin with a blank. RFC 8493, section 2.2.2. */
    record Tag(String label, String value) {}

    static List<Tag> tags(InputStream from, Charset encoding, String what) throws IOException {
        var tags = new ArrayList<Tag>();
        lines(from, encoding, what, (line, number) -> {
            if (line.isBlank()) return;
            if (Character.isWhitespace(line.charAt(0)) && !tags.isEmpty()) {
                var last = tags.remove(tags.size() - 1);
                if (last.value().length() > 1 << 20)
                    throw new BadPackageException(what + ", line " + number + ": the value has no end");
                tags.add(new Tag(last.label(), last.value() + " " + line.strip()));
                return;
            }
            int colon = line.indexOf(':');
            if (colon <= 0)
                throw new BadPackageException(
                        what + ", line " + number + ": want 'Label: value', found '" + Shown.of(line) + "'");
            tags.add(new Tag(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
            if (tags.size() > 10_000) throw new BadPackageException(what + " has more than 10000 labels");
        });
        return tags;
    }
}
