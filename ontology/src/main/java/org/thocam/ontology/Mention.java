package org.thocam.ontology;

import java.util.List;

/**
 * That a text names an entity.
 *
 * @param field where: {@link #TEXT} for the item's text, else the field of its description, such as {@code title@vi}
 * @param start offset in code points of the field's text, from 0
 * @param end behind its last code point
 * @param text what stands there
 * @param entity id, such as {@code FE001}
 * @param confidence 0 to 1
 * @param reasons why this one, as short words with a value, such as {@code trigger=người}; never empty
 * @param review what a curator said of it
 */
public record Mention(
        String field,
        int start,
        int end,
        String text,
        String entity,
        double confidence,
        List<String> reasons,
        Review review) {
    /** The item's own text. */
    public static final String TEXT = "text";

    /** What a curator said; what was rejected is no mention. */
    public enum Review {
        FOUND,
        CONFIRMED,
        ADDED
    }

    public Mention {
        if (start < 0 || end <= start)
            throw new IllegalArgumentException("mention of " + entity + " from " + start + " to " + end
                    + ": want offsets from 0, the end behind the start");
        reasons = List.copyOf(reasons);
    }
}
