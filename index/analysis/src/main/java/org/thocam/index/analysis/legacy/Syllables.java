package org.thocam.index.analysis.legacy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The written syllables of Vietnamese, made from its grammar: an initial, a rime, a tone. A syllable that ends in c, ch, p or t has
 * the tones sắc and nặng only; k, gh and ngh stand before e, ê, i and y, and c, g and ng elsewhere; both customs of placing the tone
 * ({@code hòa}, {@code hoà}) count. Whether a well-formed syllable means anything is no matter here.
 *
 * <p>Source: Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977), with the spelling rules of the schoolbooks (Quy định về chính tả, 1984).
 */
final class Syllables {
    /** The small letters: for each vowel the tones ngang, sắc, huyền, hỏi, ngã, nặng; then đ. */
    static final String LETTERS = "aáàảãạ" + "ăắằẳẵặ" + "âấầẩẫậ" + "eéèẻẽẹ" + "êếềểễệ" + "iíìỉĩị" + "oóòỏõọ" + "ôốồổỗộ"
            + "ơớờởỡợ" + "uúùủũụ" + "ưứừửữự" + "yýỳỷỹỵ" + "đ";

    private static final int TONES = 6;
    private static final int LONGEST = 7;
    private static final String INITIALS = "b c ch d đ g gh h k kh l m n ng ngh nh p ph r s t th tr v x";
    private static final String RIMES =
            """
            a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
            e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
            o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot
            ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt
            up ut uơ uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
            """;

    private static final Set<String> ALL = all();

    private Syllables() {}

    /** @param word in small letters, composed */
    static boolean wellFormed(String word) {
        return word.length() <= LONGEST && ALL.contains(word);
    }

    /** All, for tests to choose from. */
    static List<String> some() {
        return List.copyOf(ALL);
    }

    private static Set<String> all() {
        var toned = new HashMap<String, List<String>>();
        var rimes = RIMES.strip().split("\\s+");
        for (var rime : rimes) toned.put(rime, toned(rime));
        var all = new HashSet<String>(1 << 16);
        var initials = INITIALS.split(" ");
        for (var rime : rimes) {
            all.addAll(toned.get(rime));
            for (var initial : initials)
                if (fits(initial, rime)) toned.get(rime).forEach(end -> all.add(initial + end));
            if ("aăâeêiyơô".indexOf(rime.charAt(0)) >= 0) toned.get(rime).forEach(end -> all.add("qu" + end));
            if ("aăâeêoôơuư".indexOf(rime.charAt(0)) >= 0) toned.get(rime).forEach(end -> all.add("gi" + end));
            // gì, gìn, giếng: the i of gi is the rime's own
            if (rime.startsWith("i")) toned.get(rime).forEach(end -> all.add("g" + end));
        }
        return all;
    }

    private static boolean fits(String initial, String rime) {
        boolean front = "eêiy".indexOf(rime.charAt(0)) >= 0;
        return switch (initial) {
            case "k", "gh", "ngh" -> front;
            case "c", "g", "ng" -> !front;
            default -> true;
        };
    }

    private static List<String> toned(String rime) {
        boolean stopped = rime.matches(".*(c|ch|p|t)");
        var tones = stopped ? new int[] {1, 5} : new int[] {0, 1, 2, 3, 4, 5};
        return Arrays.stream(tones)
                .boxed()
                .flatMap(tone -> places(rime).stream().map(place -> withTone(rime, place, tone)))
                .distinct()
                .toList();
    }

    private static String withTone(String rime, int place, int tone) {
        char letter = LETTERS.charAt(LETTERS.indexOf(rime.charAt(place)) / TONES * TONES + tone);
        return rime.substring(0, place) + letter + rime.substring(place + 1);
    }

    /** Where in a rime its tone may stand. */
    private static List<Integer> places(String rime) {
        for (int at = rime.length() - 1; at >= 0; at--) if ("ăâêôơ".indexOf(rime.charAt(at)) >= 0) return List.of(at);
        if (rime.indexOf('ư') >= 0) return List.of(rime.indexOf('ư'));
        int vowels = 0;
        while (vowels < rime.length() && "aeiouy".indexOf(rime.charAt(vowels)) >= 0) vowels++;
        if (vowels == 1) return List.of(0);
        if (vowels == 3) return List.of(1);
        if (vowels < rime.length()) return List.of(1);
        return Map.of("oa", List.of(0, 1), "oe", List.of(0, 1), "uy", List.of(0, 1))
                .getOrDefault(rime, List.of(0));
    }
}
