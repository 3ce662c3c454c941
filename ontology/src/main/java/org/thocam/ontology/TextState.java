package org.thocam.ontology;

import java.util.Arrays;

/** What became of a file's text. Every file ends in one of these, and none of them loses the original. */
public enum TextState {
    OK("ok"),
    EMPTY("empty"),
    NEEDS_OCR("needs-ocr"),
    FAILED("failed");

    private final String word;

    TextState(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static TextState ofWord(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "text state '" + Shown.of(word) + "': want ok, empty, needs-ocr or failed"));
    }
}
