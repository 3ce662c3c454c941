package org.thocam.ingest.deposit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thocam.ingest.Samples;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageTag;

class LanguageFinderTest {
    private static final String ZHUANG = "Boux boux miz sengmingh, cwyouz caeuq yinzsinh nganhcienz.";
    private static final Item UNDESCRIBED = Samples.item("a", "1").withLanguages(List.of(LanguageTag.UNDETERMINED));

    @Test
    void theTextTellsWhatTheRecordDoesNot() {
        assertEquals("za-Latn", found(UNDESCRIBED, ZHUANG));
        assertEquals("blt-Tavt", found(UNDESCRIBED, "ꪼꪕꪒꪾ ꪹꪎꪷ"));
    }

    @Test
    void theRecordIsBelieved() {
        assertEquals("vi", found(Samples.item("a", "1"), ZHUANG));
    }

    @Test
    void withoutATextTheTitleIsRead() {
        var titled = Samples.item("a", "Lễ hội Gầu Tào của người Mông ở Hà Giang")
                .withLanguages(List.of(LanguageTag.UNDETERMINED));
        assertEquals("vi-Latn", found(titled, " "));
    }

    @Test
    void whatNoDescriptionFitsIsUndeterminedWithItsScript() {
        assertEquals("und-Latn", found(UNDESCRIBED, "Kaikki ihmiset syntyvät vapaina ja tasavertaisina."));
        assertEquals("und", found(UNDESCRIBED, "12345"));
    }

    private static String found(Item item, String text) {
        return LanguageFinder.withLanguage(item, text).languages().get(0).value();
    }
}
