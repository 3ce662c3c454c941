package org.thocam.ingest.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.ArchiveException;

class TesseractTest {
    @Test
    void aScriptIsReadWithWhereItsLanguageHasNoModel() {
        var installed = Tesseract.known(
                List.of("List of available languages (6):", "osd", "script/Thai", "khm", "script/Khmer", "vie", "deu"));
        assertEquals(List.of("vie", "khm", "script/Khmer", "script/Thai"), installed);
        assertEquals(List.of("vie", "khm", "script/Thai"), Tesseract.usual(installed));
    }

    @Test
    void whoAsksForAScriptWithoutAModelIsToldSo() {
        assumeFalse(Tesseract.installed().isEmpty(), "skipped: tesseract is not installed");
        var said = assertThrows(ArchiveException.class, () -> Tesseract.languages("blt"));
        assertTrue(said.getMessage().contains("there is none for Tai Viet"), said.getMessage());
    }
}
