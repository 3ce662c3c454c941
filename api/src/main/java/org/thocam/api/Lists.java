package org.thocam.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Shown;

/** The parameters that all lists share. Design section 4: {@code size} and an opaque {@code cursor}. */
final class Lists {
    static final int LARGEST = 200;

    private Lists() {}

    static int size(String text, int usual) {
        if (text == null || text.isBlank()) return usual;
        try {
            int size = Integer.parseInt(text.strip());
            if (size >= 0 && size <= LARGEST) return size;
        } catch (NumberFormatException e) {
            throw bad("size", text, "a whole number from 0 to " + LARGEST);
        }
        throw bad("size", text, "0 to " + LARGEST);
    }

    static String cursorAfter(ItemId id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.value().getBytes(StandardCharsets.US_ASCII));
    }

    static Optional<ItemId> after(String cursor) {
        if (cursor == null || cursor.isEmpty()) return Optional.empty();
        try {
            return Optional.of(
                    ItemId.ofItem(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw bad("cursor", cursor, "the 'next' of the page before");
        }
    }

    static RuntimeException bad(String parameter, String value, String want) {
        return Problem.of(ProblemType.BAD_REQUEST, parameter + " '" + Shown.of(value) + "': want " + want)
                .with(new Problem.FieldError("/" + parameter, "want " + want))
                .thrown();
    }
}
