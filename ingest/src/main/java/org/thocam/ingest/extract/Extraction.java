package org.thocam.ingest.extract;

import org.thocam.ontology.TextState;

/**
 * What was found in a file.
 *
 * @param mediaType as the bytes say, or as the name says where they could not be read
 * @param text empty unless there is some; partial where the state is {@code failed}
 * @param reason for {@code failed}: why, and what to do; for {@code ok}: what was left out, if anything was
 */
public record Extraction(String mediaType, String text, TextState state, String reason) {}
