package org.thocam.index.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Shown;

/**
 * What is sought in one dictionary; design section 4 names the parameters.
 *
 * @param q empty for all entries in the order of the alphabet
 * @param by what is compared with it
 * @param glossLanguages languages of the glosses that count, {@code vi} being {@code vi-Latn} too; empty for all
 * @param match how; whole headwords always count, since they too begin with what was typed. With {@link Match#WILDCARD} or
 *     {@link Match#REGEX} alone what was typed is a pattern and nothing else
 * @param view in which state entries are looked at
 * @param size at most this many entries, 0 to 200
 * @param cursor from {@link EntryResponse#next}, empty for the first page
 */
public record EntryRequest(
        ItemId lexicon,
        String q,
        Set<By> by,
        Set<LanguageTag> glossLanguages,
        Set<Match> match,
        View view,
        int size,
        Optional<String> cursor) {
    static final int LONGEST = 500;
    private static final int HASH = 8;

    public enum By {
        /** The headword and every other form. */
        HEADWORD,
        GLOSS,
        /** Semantic domains, by code or label. */
        DOMAIN;

        /** What counts where nobody said. */
        public static Set<By> usual() {
            return EnumSet.of(HEADWORD, GLOSS);
        }
    }

    public enum Match {
        /** The whole headword or gloss. */
        EXACT,
        /** Its beginning. */
        PREFIX,
        /** Words in it. */
        WORD,
        /** All of it, {@code *} being any letters and {@code ?} one. */
        WILDCARD,
        /** All of it, by a regular expression. */
        REGEX,
        /** All of it, with one or two letters wrong. */
        FUZZY;

        /** What counts where nobody said. */
        public static Set<Match> usual() {
            return EnumSet.of(EXACT, PREFIX, WORD);
        }
    }

    public enum View {
        PUBLISHED("p"),
        WORKING("w");

        private final String letter;

        View(String letter) {
            this.letter = letter;
        }

        /** As the index holds it. */
        String of(ItemId lexicon) {
            return EntryDocument.scope(lexicon) + letter;
        }
    }

    public EntryRequest {
        by = Set.copyOf(by);
        glossLanguages = Set.copyOf(glossLanguages);
        match = Set.copyOf(match);
        if (q.codePointCount(0, q.length()) > LONGEST)
            throw new IllegalArgumentException(
                    "q: want at most " + LONGEST + " characters, found " + q.codePointCount(0, q.length()));
    }

    /** The first 20 published entries, by headword and gloss, as is usual. */
    public static EntryRequest of(ItemId lexicon, String q) {
        return new EntryRequest(lexicon, q, By.usual(), Set.of(), Match.usual(), View.PUBLISHED, 20, Optional.empty());
    }

    public EntryRequest by(Set<By> others) {
        return new EntryRequest(lexicon, q, others, glossLanguages, match, view, size, cursor);
    }

    public EntryRequest glossesIn(Set<LanguageTag> others) {
        return new EntryRequest(lexicon, q, by, others, match, view, size, cursor);
    }

    public EntryRequest match(Set<Match> others) {
        return new EntryRequest(lexicon, q, by, glossLanguages, others, view, size, cursor);
    }

    public EntryRequest in(View other) {
        return new EntryRequest(lexicon, q, by, glossLanguages, match, other, size, cursor);
    }

    public EntryRequest size(int other) {
        return new EntryRequest(lexicon, q, by, glossLanguages, match, view, other, cursor);
    }

    public EntryRequest after(Optional<String> other) {
        return new EntryRequest(lexicon, q, by, glossLanguages, match, view, size, other);
    }

    boolean counts(String gloss) {
        return glossLanguages.isEmpty()
                || glossLanguages.stream()
                        .anyMatch(wanted -> gloss.equals(wanted.value()) || gloss.startsWith(wanted.value() + "-"));
    }

    /** Solr's own cursor; a star for the first page. */
    String mark() {
        if (cursor.isEmpty()) return "*";
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor.get());
            if (bytes.length > HASH && Arrays.equals(Arrays.copyOf(bytes, HASH), hash()))
                return new String(bytes, HASH, bytes.length - HASH, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw noCursor(e);
        }
        throw noCursor(null);
    }

    IllegalArgumentException noCursor(Exception cause) {
        return new IllegalArgumentException(
                "cursor '" + Shown.of(cursor.orElse(""))
                        + "': want the value of 'next' of the page before, with the same q, by and match",
                cause);
    }

    String cursorAt(String mark) {
        var marked = mark.getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(HASH + marked.length)
                        .put(hash())
                        .put(marked)
                        .array());
    }

    private byte[] hash() {
        var question = List.of(
                lexicon.value(),
                q,
                by.stream().map(Enum::name).sorted().toList(),
                glossLanguages.stream().sorted().toList(),
                match.stream().map(Enum::name).sorted().toList(),
                view);
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(question.toString().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
