package org.thocam.dictionary.exchange.dmlex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Lexica;

class DmLexTest {
    private static Lexica.Told json(String json) throws Exception {
        var told = new Lexica.Told();
        DmLex.readJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), told);
        return told;
    }

    @Test
    void aResourceOfOthersIsRead() throws Exception {
        var told = json(
                """
                {"langCode": "en", "translationLanguages": ["vi"], "entries": [
                {"id": "w", "headword": "water", "partsOfSpeech": ["noun"], "inflectedForms": [{"tag": "PL", "text": "waters"}],
                 "senses": [{"id": "w1", "headwordTranslations": [{"text": "nước"}]}, {"id": "w2", "indicator": "sea"}]},
                {"id": "w", "headword": "again"},
                {"id": "x"}],
                "relations": [{"type": "syn", "members": [{"ref": "w1"}, {"ref": "w2"}]}, {"type": "syn", "members": []}]}
                """);
        var water = told.entries.get("w");
        assertEquals("vi", water.senses().get(0).glosses().get(0).lang());
        assertEquals("noun", water.senses().get(1).grammaticalInfo().value());
        assertEquals("w2", water.senses().get(0).relations().get(0).ref());
        assertEquals("w1", water.senses().get(1).relations().get(0).ref());
        assertEquals(
                "[relation-members 6, duplicate-id 4, no-headword 5]",
                told.faults.stream()
                        .map(fault -> fault.code() + " " + fault.line())
                        .toList()
                        .toString());
    }

    @Test
    void aBrokenFileIsNoLexicon() {
        assertTrue(assertThrows(FormatException.class, () -> json("{\"entries\": [\n{\"headword\": }]}"))
                .getMessage()
                .contains("line 2"));
        assertTrue(assertThrows(FormatException.class, () -> json("{}"))
                .getMessage()
                .contains("not-dmlex"));
        assertTrue(assertThrows(
                        FormatException.class,
                        () -> DmLex.readXml(
                                new ByteArrayInputStream("<html/>".getBytes(StandardCharsets.UTF_8)),
                                new Lexica.Told()))
                .getMessage()
                .contains("not-dmlex"));
    }
}
