package org.thocam.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.thocam.api.VisibleLexicons.Visible;
import org.thocam.index.search.EntryRequest.View;

/** Where a page of a dictionary's entries begins, in one order of the alphabet; good for that list alone. */
record EntryCursor(Visible lexicon, String order, View view) {
    private static final int HASH = 8;

    /** @throws org.thocam.api.problem.ProblemException 400 if it is no cursor, or that of another list */
    Optional<Map.Entry<String, String>> after(String cursor) {
        if (cursor == null || cursor.isEmpty()) return Optional.empty();
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length > HASH && Arrays.equals(Arrays.copyOf(bytes, HASH), hash())) {
                var place = new String(bytes, HASH, bytes.length - HASH, StandardCharsets.UTF_8);
                int end = place.lastIndexOf('\0');
                if (end >= 0) return Optional.of(Map.entry(place.substring(0, end), place.substring(end + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw none(cursor);
        }
        throw none(cursor);
    }

    private static RuntimeException none(String cursor) {
        return Lists.bad("cursor", cursor, "the 'next' of the page before, with the same order and view");
    }

    /** @param id empty for the place before the first entry with this key */
    String at(String key, String id) {
        var place = (key + '\0' + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(HASH + place.length)
                        .put(hash())
                        .put(place)
                        .array());
    }

    private byte[] hash() {
        var letters = lexicon.settings().orders().getOrDefault(order, "");
        var list = lexicon.id() + "\n" + order + "\n" + letters + "\n" + view;
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
