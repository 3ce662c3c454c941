package org.thocam.ontology.transcript;

/**
 * What one file may cost.
 *
 * @param segments at most, in all tiers
 * @param characters of one text at most
 * @param tiers at most
 * @param depth of parents at most, and of elements in XML
 * @param warnings that are kept
 */
public record Limits(int segments, int characters, int tiers, int depth, int warnings) {
    public static final Limits USUAL = new Limits(1_000_000, 1 << 20, 2_000, 64, 100);
}
