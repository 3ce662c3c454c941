package org.thocam.index.search;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Shown;

/**
 * What is sought in one dictionary; design section 4 names the parameters.
 *
 * @param q empty for all entries in the order of the alphabet
 * @param by what is compared with it
 * @param match how; whole headwords always count, since they too begin with what was typed
 * @param size at most this many entries, 0 to 200
 * @param cursor from {@link EntryResponse#next}, empty for the first page
 */
public record EntryRequest(ItemId lexicon, String q, Set<By> by, Set<Match> match, int size, Optional<String> cursor) {
    static final int LONGEST = 500;

    public enum By {
        HEADWORD,
        GLOSS
    }

    public enum Match {
        /** The whole headword or gloss. */
        EXACT,
        /** Its beginning. */
        PREFIX,
        /** Words in it. */
        WORD
    }

    public EntryRequest {
        by = Set.copyOf(by);
        match = Set.copyOf(match);
        if (q.codePointCount(0, q.length()) > LONGEST)
            throw new IllegalArgumentException(
                    "q: want at most " + LONGEST + " characters, found " + q.codePointCount(0, q.length()));
    }

    /** How many entries the pages before had. */
    int seen() {
        if (cursor.isEmpty()) return 0;
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor.get()), StandardCharsets.UTF_8).split(" ", 2);
            int seen = Integer.parseInt(parts[0]);
            if (seen >= 0 && parts.length == 2 && parts[1].equals(question())) return seen;
        } catch (IllegalArgumentException e) {
            throw noCursor(e);
        }
        throw noCursor(null);
    }

    private IllegalArgumentException noCursor(Exception cause) {
        return new IllegalArgumentException(
                "cursor '" + Shown.of(cursor.orElse(""))
                        + "': want the value of 'next' of the page before, with the same q, by and match",
                cause);
    }

    String cursorAfter(int seen) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((seen + " " + question()).getBytes(StandardCharsets.UTF_8));
    }

    private String question() {
        return Integer.toHexString(List.of(
                        lexicon.value(),
                        q,
                        by.stream().map(Enum::name).sorted().toList(),
                        match.stream().map(Enum::name).sorted().toList())
                .hashCode());
    }
}
