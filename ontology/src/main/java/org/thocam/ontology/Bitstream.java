package org.thocam.ontology;

/**
 * One file of an item, as it came.
 *
 * @param name its path inside the item, with {@code /} between folders; unique in the item
 * @param mediaType as found in the bytes, such as {@code application/pdf}
 * @param size in bytes
 * @param sha512 in lower-case hex
 * @param text what became of its text
 * @param reason why the text failed and what to do; empty otherwise
 */
public record Bitstream(String name, String mediaType, long size, String sha512, TextState text, String reason) {}
