package org.thocam.ontology;

import java.util.List;

/**
 * What became of a submission, given only once it is durable.
 *
 * @param state {@code ok}, {@code empty}, {@code needs-ocr}, {@code failed} or {@code unchanged}
 * @param reason why, and what to do; empty for {@code ok}
 * @param inner what became of the files inside its files
 */
public record Receipt(String source, ItemId id, Version version, String state, String reason, List<Inner> inner) {
    /**
     * @param source that of the file it was in, {@code !/} and its path there
     * @param state as that of the submission, but never {@code unchanged}
     */
    public record Inner(String source, String state, String reason) {}

    public Receipt {
        inner = List.copyOf(inner);
    }

    public Receipt(String source, ItemId id, Version version, String state, String reason) {
        this(source, id, version, state, reason, List.of());
    }
}
