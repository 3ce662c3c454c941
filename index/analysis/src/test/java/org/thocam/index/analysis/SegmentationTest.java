package org.thocam.index.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thocam.index.analysis.AnalysisSteps.Token;
import org.thocam.index.analysis.WritingSystem.Word;

class SegmentationTest {
    private static List<String> exact(String text) {
        return AnalysisSteps.exact(text).stream().map(Token::text).toList();
    }

    private static List<String> folded(String text) {
        return AnalysisSteps.folded(text).stream().map(Token::text).toList();
    }

    private static List<String> words(String tag, String text) {
        return WritingSystem.of(tag).words(text).stream().map(Word::text).toList();
    }

    @Test
    void foldingTakesTonesAndDiacriticsOfLatin() {
        assertEquals(List.of("tho", "cam", "dan", "toc", "ede", "dam", "trau"), folded("Thổ cẩm dân tộc Êđê đâm TRÂU"));
        assertEquals(List.of("d", "d"), folded("Đ đ"));
    }

    @Test
    void theExactTierKeepsAllButCase() {
        assertEquals(List.of("thổ", "cẩm", "êđê", "ꪼꪕ꪿"), exact("Thổ CẨM Êđê ꪼꪕ꪿"));
    }

    @Test
    void composedAndDecomposedAreTheSame() {
        var text = "Thổ cẩm của người Êđê, lễ hội Ká Pang; ê̆ ơ̆";
        for (var form : Normalizer.Form.values()) {
            assertEquals(exact(text), exact(Normalizer.normalize(text, form)), form.name());
            assertEquals(folded(text), folded(Normalizer.normalize(text, form)), form.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "blt-Tavt, ꪀꪱꪉ ꪼꪕꪒꪾ",
        "blt-Tavt, ꪁꪫꪸꪙ ꪋꪴ ꪣꪲ ꪹꪤꪸꪒ",
        "cjm-Cham, ꨎꨣꨭꩌ ꨈꨤꨪꨟꩃ ꨚꨈꨯꨮꨩ",
        "lo-Laoo, ຂອງ ຄວາມ ເມືອງ ການ ອອກ ໝາ",
        "km-Khmr, មនុស្ស កើត សេរី",
        "kkh-Lana, ᨾᨶᩩᩔ᩼ ᨠᩮ᩠ᨯᩨ ᨾᩣ",
        "khb-Talu, ᦵᦍᦲᧃᧉ ᦷᦅᧂᧈ ᦂᦰᦡᦱᧆ",
        "th-Thai, มนุษย์ เกิด มี อิสระ",
        "hnj-Hmnp, 𞄀𞄨𞄴 𞄌𞄤𞄧𞄰",
        "mww-Hmng, 𖬓𖬲𖬞𖬰 𖬒𖬫",
        "ii-Yiii, ꆈꌠ ꁱꂷ",
        "vi-Hani, 𠊛 自由"
    })
    void spacesChangeNothing(String tag, String spaced) {
        var system = WritingSystem.of(tag);
        assertEquals(system.normalForm(spaced), system.normalForm(spaced.replace(" ", "")));
        assertEquals(system.normalForm(spaced), system.normalForm(spaced.replace(' ', '\u200B')));
    }

    @Test
    void syllablesOfTaiVietHaveTheirFinals() {
        assertEquals(List.of("ꪼꪕ", "ꪒꪾ"), words("blt-Tavt", "ꪼꪕꪒꪾ"));
        assertEquals(List.of("ꪜꪮꪒ", "ꪵꪊꪉ", "ꪁꪫꪸꪙ"), words("blt-Tavt", "ꪜꪮꪒꪵꪊꪉꪁꪫꪸꪙ"));
    }

    @Test
    void syllablesOfLaoAreThoseOfItsGrammar() {
        assertEquals(
                List.of("ມະ", "ນຸດ", "ເກີດ", "ມາ", "ມີ", "ສິດ", "ເສ", "ລີ", "ພາບ"),
                words("lo-Laoo", "ມະນຸດເກີດມາມີສິດເສລີພາບ"));
        assertEquals(List.of("ເມືອງ", "ຂອງ", "ຄວາມ", "ສວນ"), words("lo-Laoo", "ເມືອງຂອງຄວາມສວນ"));
    }

    @Test
    void rpaIsCutWithAndWithoutSpaces() {
        assertEquals(List.of("nyob", "zoo"), words("hmn-Latn", "nyobzoo"));
        assertEquals(List.of("English"), words("hmn-Latn", "English"));
        assertEquals(List.of("nyobzoo"), words("vi", "nyobzoo"));
    }

    @Test
    void anOldPrevowelOfNewTaiLueStandsWhereItDoesToday() {
        assertEquals(
                WritingSystem.of("khb-Talu").normalForm("ᦶᦂ"),
                WritingSystem.of("khb-Talu").normalForm("ᦂᦶ"));
    }

    @Test
    void theTiersHaveAsManyWords() {
        for (var text : List.of("Thổ cẩm", "ꪼꪕꪒꪾ ꪹꪎꪷꪉ", "ពិធីបុណ្យ", "ꨀꨇꩉ ꨌꩌ", "ບຸນປີໃໝ່", "𡨸喃", "\u0301 ꪿ ្"))
            assertEquals(exact(text).size(), folded(text).size(), text);
    }

    @Test
    void noWordIsLongAndNothingOfALongWordIsDropped() {
        var letters = IntStream.range(0, 50_000)
                .mapToObj(n -> Character.toString('a' + n % 26))
                .reduce("", String::concat);
        assertEquals(letters, String.join("", exact(letters)));
        for (var text :
                List.of(letters, "a" + "\u0301".repeat(90_000), "ក" + "្ក".repeat(20_000), "ꪀ" + "ꪰ".repeat(9_000)))
            for (var token : exact(text)) assertTrue(token.length() <= 4 * Segmenter.LONGEST, token.length() + "");
    }

    @Test
    void offsetsCountCodePoints() {
        assertEquals(
                List.of(new Token("𡨸", 0, 1), new Token("喃", 1, 2), new Token("tho", 3, 6)),
                AnalysisSteps.folded("𡨸喃 thổ"));
        assertEquals(
                List.of("words", "exact", "folded", "script"),
                AnalysisSteps.of("Thổ", "vi").stream()
                        .map(AnalysisSteps.Step::name)
                        .toList());
        assertEquals(
                List.of("kaang kang", "da"),
                AnalysisSteps.of("ꪀꪱꪉ ꪒꪱ", "blt").get(4).tokens().stream()
                        .map(token -> token.text().replaceAll(" c.*| daa.*|^daa ", ""))
                        .toList());
    }

    @Test
    void taiYoAndTheNewestHanAreThere() {
        for (int c : new int[] {0x1E6C0, 0x1E6F5, 0x323B0, 0x2EBF0, 0x30000, 0x31350, 0xA7CB, 0x1DF00})
            assertFalse(exact("a" + Character.toString(c)).isEmpty(), Integer.toHexString(c));
        assertEquals(2, exact("𞛀𞛁").size());
    }

    @Test
    void aPhraseFoldsToItsWords() {
        assertEquals("nghe det tho cam", Folding.ofPhrase("  Nghề dệt — “thổ cẩm”! "));
        assertEquals("", Folding.ofPhrase(" !? "));
    }

    @Test
    void theScriptOfMostLettersCounts() {
        assertEquals("Latn", Scripts.dominantIn("Thổ cẩm 123"));
        assertEquals("Tavt", Scripts.dominantIn("a ꪼꪕꪒꪾ"));
        assertEquals("Tayo", Scripts.dominantIn("𞛀"));
        assertEquals("Zyyy", Scripts.dominantIn("123 !"));
    }

    @Test
    void titlesAreInTheOrderOfTheVietnameseAlphabet() {
        var vietnamese = WritingSystem.of("vi");
        var order = List.of("an", "ăn", "âm", "dệt", "đá", "ếch", "ong", "ôn", "ơn");
        assertEquals(
                order,
                order.stream()
                        .sorted(java.util.Comparator.comparing(vietnamese::sortKey))
                        .toList());
    }
}
