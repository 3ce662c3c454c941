package org.thocam.ontology.entity;

import java.util.Arrays;
import java.util.Locale;

/** How far the content of a cell was checked; {@code fixtures/reference/README.md} says what each word means. */
public enum Confidence {
    /** The same in two sources that were read. */
    CHECKED2,
    /** In one source, or computed from one. */
    CHECKED1,
    /** General knowledge of whoever compiled the table: to be checked before anybody relies on it. */
    RECALLED;

    static final String WORDS = "checked2, checked1 or recalled";

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such word */
    public static Confidence ofWord(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "confidence '" + org.thocam.ontology.Shown.of(word) + "': want " + WORDS));
    }
}
