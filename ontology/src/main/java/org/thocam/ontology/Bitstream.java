package org.thocam.ontology;

import java.util.Optional;

/**
 * One file of an item, as it came.
 *
 * @param name its path inside the item, with {@code /} between folders; unique in the item. That of an inner file begins with its container's and {@code !/}
 * @param mediaType as found in the bytes, such as {@code application/pdf}
 * @param size in bytes
 * @param sha512 in lower-case hex
 * @param text what became of its text
 * @param reason why the text failed and what to do; or what was left out; empty otherwise
 * @param within the file that it was taken out of; empty where it was handed in itself
 * @param read how sure OCR was of the text; empty where there was none
 */
public record Bitstream(
        String name,
        String mediaType,
        long size,
        String sha512,
        TextState text,
        String reason,
        Optional<Within> within,
        Optional<Recognition> read) {
    /** One that was handed in itself, and of which nothing was read by OCR. */
    public Bitstream(String name, String mediaType, long size, String sha512, TextState text, String reason) {
        this(name, mediaType, size, sha512, text, reason, Optional.empty(), Optional.empty());
    }

    public boolean isInner() {
        return within.isPresent();
    }
}
