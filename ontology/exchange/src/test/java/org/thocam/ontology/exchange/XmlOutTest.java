package org.thocam.ontology.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class XmlOutTest {
    @Test
    void whatLeavesIsComposedAndWhatCannotLeaveIsMarked() {
        var word = "Lễ hội Roóng Poọc";
        assertEquals(word, XmlOut.legal(Normalizer.normalize(word, Normalizer.Form.NFD)));
        assertEquals(word, XmlOut.legal(word));
        assertEquals("a\uFFFDb\uFFFDc", XmlOut.legal("a\u0000b\uFFFEc"));
        assertEquals("ễ\uFFFD", XmlOut.legal("e\u0302\u0303\u0090"));
    }

    @Test
    void aNomCharacterStaysTheOneThatWasWritten() {
        assertEquals("\uF900 \uD87E\uDC00 ễ", XmlOut.legal("\uF900 \uD87E\uDC00 e\u0302\u0303"));
    }
}
