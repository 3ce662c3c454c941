package org.thocam.dictionary;

import com.ibm.icu.lang.UCharacter;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.thocam.index.analysis.Alphabet;
import org.thocam.index.analysis.WritingSystem;

/** The orders that a lexicon's headwords are shown in: that of the language, and those that its editors set. */
final class Orders {
    /** The order of the language itself. */
    static final String LANGUAGE = "";

    private static final Map<String, Optional<Alphabet>> NAMED = new ConcurrentHashMap<>();
    private static final Map<LexiconSettings, Orders> MADE = new ConcurrentHashMap<>();
    private static final int KEPT = 1000;

    private final Map<String, Alphabet> set = new ConcurrentHashMap<>();

    private Orders(LexiconSettings settings) {
        settings.orders().forEach((name, letters) -> set.put(name, Alphabet.of(letters)));
    }

    static Orders of(LexiconSettings settings) {
        if (MADE.size() > KEPT) MADE.clear();
        return MADE.computeIfAbsent(settings, Orders::new);
    }

    List<String> names() {
        var names = new ArrayList<>(List.of(LANGUAGE));
        names.addAll(set.keySet());
        return names;
    }

    String key(String order, Headword headword) {
        return order.equals(LANGUAGE)
                ? WritingSystem.of(headword.language().value()).sortKey(headword.text())
                : HexFormat.of().formatHex(set.get(order).key(headword.text()));
    }

    String head(String order, Headword headword) {
        return alphabet(order, headword)
                .map(alphabet -> alphabet.head(headword.text()))
                .orElseGet(() -> first(headword.text()));
    }

    List<String> outside(String order, Headword headword) {
        return alphabet(order, headword)
                .map(alphabet -> alphabet.outside(headword.text()))
                .orElse(List.of());
    }

    private Optional<Alphabet> alphabet(String order, Headword headword) {
        return order.equals(LANGUAGE)
                ? NAMED.computeIfAbsent(headword.language().value(), Alphabet::named)
                : Optional.of(set.get(order));
    }

    /** Where no alphabet is known: what a reader takes for one letter. */
    private static String first(String text) {
        var letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(text);
        int end = letters.next();
        return end == BreakIterator.DONE ? "" : UCharacter.toTitleCase(Locale.ROOT, text.substring(0, end), null);
    }
}
