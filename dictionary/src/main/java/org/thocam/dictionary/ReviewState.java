package org.thocam.dictionary;

import java.util.Arrays;
import java.util.Locale;
import org.thocam.ontology.Shown;

/** How far the review of an entry's working text got; readers see what was published last. */
public enum ReviewState {
    DRAFT,
    PROPOSED,
    REVIEWED,
    PUBLISHED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ReviewState ofWord(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "state '" + Shown.of(word) + "': want draft, proposed, reviewed or published"));
    }
}
