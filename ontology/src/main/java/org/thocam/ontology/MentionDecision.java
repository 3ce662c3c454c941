package org.thocam.ontology;

import java.time.Instant;

/**
 * What a curator decided on a mention. It is kept with the item and found again by entity, surface and ordinal, so that it outlives
 * another text and another linker.
 *
 * @param entity id
 * @param field as {@link Mention#field}
 * @param surface the words as they stand in the text
 * @param ordinal which of the places where the surface stands in the field, from 0
 * @param by who decided
 */
public record MentionDecision(
        Verdict verdict, String entity, String field, String surface, int ordinal, String by, Instant at) {
    public enum Verdict {
        CONFIRM,
        REJECT,
        /** It is one, though it was not found. */
        ADD
    }

    public MentionDecision {
        if (surface.isBlank())
            throw new IllegalArgumentException("surface '': want the words as they stand in the text");
        if (ordinal < 0) throw new IllegalArgumentException("ordinal " + ordinal + ": want 0 or more");
    }

    /** Whether the other is about the same place and entity, so that the later one counts. */
    public boolean replaces(MentionDecision other) {
        return entity.equals(other.entity)
                && field.equals(other.field)
                && surface.equals(other.surface)
                && ordinal == other.ordinal;
    }
}
