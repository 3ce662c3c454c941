package org.thocam.ontology.entity;

/**
 * A name of an entity.
 *
 * @param language BCP 47, {@code und} where nobody says
 */
public record Name(String text, String language, Use use, Confidence confidence) {
    /** What a name may be used for. */
    public enum Use {
        /** What it is called here. */
        LABEL,
        /** What a people or a language calls itself. */
        AUTONYM,
        /** Another spelling or another name. */
        OTHER,
        /** The name of a group of it. */
        SUBGROUP,
        /** Dated or pejorative: read in old texts and in queries, never shown as what it is called. */
        DATED
    }
}
