package org.thocam.index.analysis;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.AlphabeticIndex;
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The order that CLDR has for a language, or for all that have no order of their own. */
final class CollatedOrder implements Alphabet.Order {
    private static final int LONGEST = 512;

    private final Collator collator;
    private final Collator primary;
    private final boolean latin;
    private final String apostrophe;
    private final List<String> heads;

    private CollatedOrder(Description description, ULocale locale) {
        collator = Collator.getInstance(locale).freeze();
        var strong = Collator.getInstance(locale);
        strong.setStrength(Collator.PRIMARY);
        primary = strong.freeze();
        latin = description.value("script").equals("Latn");
        boolean letter =
                description.optional("apostrophe").filter("letter"::equals).isPresent();
        apostrophe = letter ? String.valueOf(LatinSpelling.APOSTROPHE) : "'";
        heads = List.copyOf(
                distinct(description.section("letters").isEmpty() ? index(locale) : consonants(description)));
    }

    static CollatedOrder of(Description description) {
        return new CollatedOrder(
                description,
                ULocale.forLanguageTag(description.optional("collation").orElse("und")));
    }

    private static Stream<String> index(ULocale locale) {
        return new AlphabeticIndex<String>(locale).getBucketLabels().stream().filter(CollatedOrder::hasScript);
    }

    /** Not the dots that stand before, between and behind the letters. */
    private static boolean hasScript(String label) {
        return script(label) != UScript.COMMON;
    }

    private static Stream<String> consonants(Description description) {
        return description.section("letters").stream()
                .filter(line -> line.at(1).startsWith("con") || line.at(1).equals("ind"))
                .filter(line -> !line.at(0).startsWith("["))
                .flatMap(line -> line.at(0).codePoints().mapToObj(Character::toString));
    }

    private List<String> distinct(Stream<String> labels) {
        var all = new ArrayList<String>();
        for (var label : labels.sorted(collator::compare).toList())
            if (all.isEmpty() || primary.compare(all.get(all.size() - 1), label) < 0) all.add(label);
        return all;
    }

    @Override
    public byte[] key(String text) {
        return collator.getCollationKey(ordered(text)).toByteArray();
    }

    private String ordered(String text) {
        var whole = Normalizer2.getNFCInstance().normalize(LetterList.beginning(text, 8 * LONGEST));
        var begin = new StringBuilder(Math.min(whole.length(), LONGEST));
        LetterList.beginning(whole, LONGEST).codePoints().forEach(c -> {
            if (Characters.apostrophe(c)) begin.append(apostrophe);
            else begin.appendCodePoint(c);
        });
        return latin ? LatinSpelling.marksInOrder(begin.toString()) : begin.toString();
    }

    @Override
    public String head(String text) {
        var ordered = ordered(text);
        String head = Alphabet.BEFORE;
        for (var each : heads) {
            if (primary.compare(ordered, each) < 0) break;
            head = each;
        }
        boolean last = !heads.isEmpty() && head.equals(heads.get(heads.size() - 1));
        return last && script(ordered) != script(head) ? Alphabet.BEHIND : head;
    }

    private static int script(String text) {
        return text.codePoints()
                .map(UScript::getScript)
                .filter(script -> script != UScript.COMMON && script != UScript.INHERITED)
                .findFirst()
                .orElse(UScript.COMMON);
    }

    @Override
    public List<String> heads() {
        return heads;
    }

    /** CLDR has an order for each letter there is. */
    @Override
    public List<String> outside(String text) {
        return List.of();
    }

    @Override
    public List<String> letters() {
        return List.of();
    }
}
