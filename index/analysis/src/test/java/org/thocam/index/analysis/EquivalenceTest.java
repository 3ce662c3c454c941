package org.thocam.index.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spellings that a reader takes for the same have one exact key, and others have not. */
class EquivalenceTest {
    @Test
    void thePairsOfTheRetrievalSet() throws IOException {
        var pairs = Path.of(System.getProperty("thocam.root", "../.."), "../shared/data/scripts/equiv.tsv");
        assumeTrue(Files.isReadable(pairs), "no " + pairs);
        for (var line : Files.readAllLines(pairs)) {
            var columns = line.split("\t", -1);
            if (columns[0].equals("lang")) continue;
            var system = WritingSystem.of(columns[0]);
            boolean same = system.normalForm(columns[1]).equals(system.normalForm(columns[2]));
            assertEquals(columns[3].equals("same"), same, line);
        }
    }

    /** Pairs of our own, each after the rule of the description that it is under. */
    @ParameterizedTest
    @CsvSource({
        "vi, thuỷ, thủy, true",
        "vi, giềng, gìêng, true",
        "vi, kỹ, kĩ, true",
        "vi, quý, quí, true",
        "vi, tuy, tui, false",
        "vi, hoàn, hòan, false",
        "vi, ma, mà, false",
        "vi, đường, duong, false",
        "vi, Tây Nguyên, TÂY NGUYÊN, true",
        "vi, K’Ho, K'Ho, true",
        "vi, K’Ho, kho, false",
        "vi, H’Mông, Hmông, true",
        "km, ក្រុម, ក្រុម, true",
        "km, កម្ពុជា, កមពុជា, false",
        "km, ខ្មែរ, ខ្មែ​រ, true",
        "lo, ເຫັນ, ເຫນັ, false",
        "lo, ໜັງສື, ຫນັງສື, true",
        "lo, ດຳ, ດໍາ, true",
        "th, ที่, ท่ี, true",
        "th, แม่, เเม่, true",
        "th, แม่, แม, false",
        "blt-Tavt, ꪎ꫁ꪱ, ꪎꫂꪱ, true",
        "blt-Tavt, ꪎ꫁ꪱ, ꪎ꪿ꪱ, false",
        "khb-Talu, ᦃᦲᧉ, ᦃᦲᧈ, false",
        "mww-Hmng, 𖬀𖬲, 𖬀, false",
        "cja-Arab, ڬيت, ݢيت, true"
    })
    void pairsByTheRules(String tag, String a, String b, boolean same) {
        var system = WritingSystem.of(tag);
        assertEquals(
                same,
                system.normalForm(a).equals(system.normalForm(b)),
                system.normalForm(a) + " | " + system.normalForm(b));
    }

    /** A mark that joins nothing makes the rules look at the whole word: its key must be that of the quick way. */
    @Test
    void theQuickWayAndTheRulesAgree() {
        long seed = 20261121;
        System.out.println("seed " + seed);
        var random = new java.util.Random(seed);
        var letters =
                "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵƀčñŏĕĭŭĂÊĐÝ";
        for (var system : WritingSystem.all()) {
            if (!(system.spelling() instanceof LatinSpelling)) continue;
            for (int n = 0; n < 2_000; n++) {
                var word = new StringBuilder();
                for (int size = 1 + random.nextInt(6); size > 0; size--)
                    word.append(letters.charAt(random.nextInt(letters.length())));
                var quick = system.spelling().exact(word.toString());
                var ruled = system.spelling().exact(word.append('\u200D').toString());
                assertEquals(ruled, quick, system + " " + word);
                assertEquals(
                        com.ibm.icu.text.Normalizer2.getNFCInstance().normalize(ruled), ruled, system + " " + word);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vi, thổ cẩm, tho cam",
        "blt-Tavt, ꪎ꫁ꪱ, ꪎꪱ",
        "lo, ນ້ຳ, ນໍາ",
        "th, ม้า, มา",
        "khb-Talu, ᦃᦲᧉ, ᦃᦲ",
        "kkh-Lana, ᨠ᩠ᩃᩣ, ᨠᩣ᩠ᩃ"
    })
    void foldedKeysForgive(String tag, String typed, String meant) {
        var system = WritingSystem.of(tag);
        assertEquals(system.folded(meant), system.folded(typed));
    }

    @ParameterizedTest
    @CsvSource({"km, មនុស្ស, មនុសស", "mww-Hmng, 𖬓𖬲𖬞, 𖬓𖬞", "hmd-Plrd, 𖼐𖽪𖾐, 𖼐𖽪", "cjm-Cham, ꨌꩌ, ꨌ"})
    void butNeverFoldSpellingAway(String tag, String a, String b) {
        var system = WritingSystem.of(tag);
        assertEquals(false, system.folded(a).equals(system.folded(b)));
    }
}
