package org.thocam.ontology;

/** How far a projection got, and in which log. */
public record Watermark(String generation, long seq) {
    public static final Watermark NONE = new Watermark("", 0);
}
