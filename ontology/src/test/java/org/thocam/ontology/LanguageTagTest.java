package org.thocam.ontology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {
    @ParameterizedTest
    @ValueSource(strings = {"vi", "blt-Tavt", "und", "und-Latn", "und-x-viet1250", "qaa-x-tww", "tww-fonipa"})
    void aTagIsReadAsItWasWritten(String tag) {
        var once = new LanguageTag(tag);
        assertEquals(tag, once.value());
        assertEquals(once, new LanguageTag(once.value()));
        assertEquals(tag.split("-")[0], once.language());
    }
}
