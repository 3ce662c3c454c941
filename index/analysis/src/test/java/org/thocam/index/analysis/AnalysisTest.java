package org.thocam.index.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thocam.index.analysis.AnalysisSteps.Token;

class AnalysisTest {
    private static List<String> exact(String text) {
        return AnalysisSteps.exact(text).stream().map(Token::text).toList();
    }

    private static List<String> folded(String text) {
        return AnalysisSteps.folded(text).stream().map(Token::text).toList();
    }

    @Test
    void foldingTakesTonesAndDiacritics() {
        assertEquals(List.of("tho", "cam", "dan", "toc", "ede", "dam", "trau"), folded("Thổ cẩm dân tộc Êđê đâm TRÂU"));
        assertEquals(List.of("d", "d"), folded("Đ đ"));
    }

    @Test
    void theExactTierKeepsAllButCase() {
        assertEquals(List.of("thổ", "cẩm", "êđê", "ꪼꪕ꪿"), exact("Thổ CẨM Êđê ꪼꪕ꪿"));
    }

    @Test
    void composedAndDecomposedAreTheSame() {
        var text = "Thổ cẩm của người Êđê, lễ hội Ká Pang";
        for (var form : Normalizer.Form.values()) {
            assertEquals(exact(text), exact(Normalizer.normalize(text, form)), form.name());
            assertEquals(folded(text), folded(Normalizer.normalize(text, form)), form.name());
        }
    }

    @Test
    void folding_keepsAWordThatIsMarksAlone() {
        assertEquals("\u0301", Folding.ofWord("\u0301"));
        assertEquals("꪿", Folding.ofWord("꪿"));
    }

    @Test
    void theTiersHaveAsManyWords() {
        for (var text : List.of(
                "Thổ cẩm",
                "ꪼꪕꪒꪾ ꪹꪎꪷꪉ",
                "ពិធីបុណ្យ អុំទូក",
                "ꨀꨇꩉ ꨌꩌ",
                "ບຸນປີໃໝ່",
                "𡨸喃",
                "a" + "\u0301".repeat(90_000),
                "ก".repeat(400_000),
                "x".repeat(400_000),
                "\uFDFA".repeat(9_000),
                "𡨸".repeat(9_000),
                "\u0301 ꪿ ្"))
            assertEquals(exact(text).size(), folded(text).size(), text.substring(0, Math.min(20, text.length())));
    }

    @Test
    void noWordIsTooLongForLucene() {
        for (var text : List.of(
                "x".repeat(400_000),
                "a" + "\u0301".repeat(90_000),
                "\uFDFA".repeat(9_000),
                "𡨸".repeat(9_000),
                "𞤀".repeat(4_000)))
            for (var token : exact(text)) {
                assertTrue(token.length() <= PieceFilter.LONGEST);
                assertTrue(token.isEmpty() || !Character.isLowSurrogate(token.charAt(0)));
            }
    }

    @Test
    void nothingOfALongWordIsDropped() {
        var text = IntStream.range(0, 50_000)
                .mapToObj(n -> Character.toString('a' + n % 26))
                .reduce("", String::concat);
        assertEquals(text, String.join("", exact(text)));
    }

    @Test
    void offsetsCountCodePoints() {
        assertEquals(
                List.of(new Token("𡨸", 0, 1), new Token("喃", 1, 2), new Token("tho", 3, 6)),
                AnalysisSteps.folded("𡨸喃 thổ"));
        assertEquals(
                List.of("words", "normal form", "exact", "folded"),
                AnalysisSteps.of("Thổ", "vi").stream()
                        .map(AnalysisSteps.Step::name)
                        .toList());
    }

    @Test
    void unspacedTaiVietIsOneWordUntilWeCanSegmentIt() {
        assertEquals(List.of("ꪼꪕꪒꪾ"), exact("ꪼꪕꪒꪾ"));
    }

    @Test
    void taiYoIsLostUntilWeHaveOurOwnTokenizer() {
        assertEquals(List.of(), exact(Character.toString(0x1E6C0)));
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
        assertEquals("Khmr", Scripts.dominantIn("ពិធី"));
        assertEquals("Hani", Scripts.dominantIn("𡨸喃"));
        assertEquals("Zyyy", Scripts.dominantIn("123 !"));
    }

    @Test
    void titlesAreInTheOrderOfTheVietnameseAlphabet() {
        var order = List.of("an", "ăn", "âm", "dệt", "đá", "ếch", "ong", "ôn", "ơn");
        assertEquals(
                order,
                order.stream()
                        .sorted(java.util.Comparator.comparing(SortKey::of))
                        .toList());
    }
}
