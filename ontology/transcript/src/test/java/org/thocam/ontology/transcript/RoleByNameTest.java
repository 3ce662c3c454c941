package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoleByNameTest {
    @Test
    void theMoreParticularWordCounts() {
        Map.of(
                        "morpheme-gloss", Role.GLOSS,
                        "morphemeGloss", Role.GLOSS,
                        "Phrase Free Translation", Role.TRANSLATION,
                        "phonetic_transcription", Role.PHONETIC,
                        "part of speech", Role.PART_OF_SPEECH,
                        "ft@RLP", Role.TRANSLATION,
                        "Person1 (Utterance)", Role.TRANSCRIPTION,
                        "Äußerung", Role.TRANSCRIPTION,
                        "W-Words", Role.WORD,
                        "gesture_meaning", Role.GESTURE)
                .forEach((name, role) -> assertEquals(Optional.of(role), RoleByName.of(name), name));
    }

    @Test
    void aNameThatSaysNothingHasNoRole() {
        for (var name : new String[] {"", "A_1", "SJQ", "English", "Lò Thị Hoa", "glossary", "@@@"})
            assertEquals(Optional.empty(), RoleByName.of(name), name);
    }
}
