package org.thocam.ontology.linking;

/** How the names in a sentence are spelled, and in which language the words beside them are. */
enum Mode {
    /** Vietnamese with its diacritics. */
    MARKED("vi", false),
    /** Vietnamese without any. */
    BARE("vi", true),
    /** English, where names may have diacritics or none. */
    ENGLISH("en", true),
    /** Another language: names as they are written. */
    OTHER("", false);

    private final String language;
    private final boolean folded;

    Mode(String language, boolean folded) {
        this.language = language;
        this.folded = folded;
    }

    String language() {
        return language;
    }

    boolean folded() {
        return folded;
    }
}
