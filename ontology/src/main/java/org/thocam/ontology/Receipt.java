package org.thocam.ontology;

/**
 * What became of a submission, given only once it is durable.
 *
 * @param state {@code ok}, {@code empty}, {@code needs-ocr}, {@code failed} or {@code unchanged}
 * @param reason why, and what to do; empty for {@code ok}
 */
public record Receipt(String source, ItemId id, Version version, String state, String reason) {}
