package org.thocam.index.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.thocam.index.analysis.query.TextQuery.Breadth;
import org.thocam.ontology.Shown;

/**
 * Where the next page begins.
 *
 * @param seen how many items the pages before had
 * @param breadth how much of what was asked the items must have: as on the first page
 * @param mark Solr's own cursor
 */
record Cursor(long seen, Breadth breadth, String mark) {
    static final Cursor FIRST = new Cursor(0, Breadth.ALL, "*");
    private static final int HASH = 8;

    /** @throws IllegalArgumentException if it is no cursor, or that of another question */
    static Cursor of(SearchRequest request) {
        if (request.cursor().isEmpty()) return FIRST;
        var text = request.cursor().get();
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            var hash = new byte[HASH];
            bytes.get(hash);
            long seen = bytes.getLong();
            if (!Arrays.equals(hash, hashOf(request)) || seen < 0)
                throw new IllegalArgumentException("another question's");
            var breadth = Breadth.values()[Math.floorMod(bytes.get(), Breadth.values().length)];
            return new Cursor(
                    seen, breadth, StandardCharsets.UTF_8.decode(bytes).toString());
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            throw new IllegalArgumentException(
                    "cursor '" + Shown.of(text)
                            + "': want the value of 'next' of the page before, with the same q, filters and sort",
                    e);
        }
    }

    Cursor with(Breadth other) {
        return new Cursor(seen, other, mark);
    }

    String textFor(SearchRequest request) {
        var marked = mark.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(HASH + Long.BYTES + 1 + marked.length);
        bytes.put(hashOf(request)).putLong(seen).put((byte) breadth.ordinal()).put(marked);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static byte[] hashOf(SearchRequest request) {
        Map<SearchRequest.Facet, ?> filters = new TreeMap<>(request.filters());
        var question = request.q()
                + '\n'
                + filters
                + '\n'
                + request.bbox()
                + '\n'
                + request.from()
                + '\n'
                + request.to()
                + '\n'
                + request.sort()
                + '\n'
                + request.strict();
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
