package org.thocam.ingest.extract;

import java.util.List;
import org.thocam.ontology.TextState;

/**
 * What was found in a file.
 *
 * @param mediaType as the bytes say, or as the name says where they could not be read
 * @param text empty unless there is some; partial where the state is {@code failed}
 * @param received the text as it came, where it was decoded from an older encoding; else the same
 * @param findings which encodings those were
 * @param reason for {@code failed}: why, and what to do; for {@code ok}: what was left out, if anything was
 */
public record Extraction(
        String mediaType,
        String text,
        TextState state,
        String reason,
        String received,
        List<Received.Finding> findings) {
    Extraction(String mediaType, Received text, TextState state, String reason) {
        this(mediaType, text.text(), state, reason, text.received(), text.findings());
    }

    Extraction(String mediaType, TextState state, String reason) {
        this(mediaType, "", state, reason, "", List.of());
    }
}
