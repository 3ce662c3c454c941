package org.thocam.ontology.exchange.marc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.CatalogueRecord;

/**
 * The titles of an item as MARC 21 wants them (Appendix C, model A): the one of field 245 in Latin letters where there is any, those in
 * other scripts beside a Latin form of their own in 880.
 */
record Titles(Written.Title first, List<Written.Title> others) {
    static Titles of(CatalogueRecord record) {
        var latin = new ArrayList<Text>();
        var original = new ArrayList<Text>();
        for (var title : record.item().title().texts().entrySet())
            (Scripts.latin(title.getValue()) ? latin : original).add(new Text(title.getKey(), title.getValue()));
        latin.sort((a, b) -> Integer.compare(rank(a), rank(b)));
        var own = record.languages().stream()
                .findFirst()
                .orElse(LanguageTag.UNDETERMINED)
                .language();
        // the original of the item's own language is the one to stand beside the title
        original.sort((a, b) -> Boolean.compare(!isOf(a, own), !isOf(b, own)));
        var all = new ArrayList<Written.Title>();
        for (var text : original) all.add(pair(text, latin, all.isEmpty()));
        for (var text : latin) all.add(new Written.Title(text, Optional.empty()));
        for (var term : record.terms("alternative")) all.add(alternative(term));
        return new Titles(all.get(0), List.copyOf(all.subList(1, all.size())));
    }

    private static boolean isOf(Text text, String language) {
        return text.language().language().equals(language);
    }

    private static int rank(Text text) {
        return switch (text.language().language().toLowerCase(Locale.ROOT)) {
            case "vi" -> 0;
            case "en" -> 1;
            default -> 2;
        };
    }

    /** @param latin titles not yet taken; the one that is taken is removed */
    private static Written.Title pair(Text original, List<Text> latin, boolean first) {
        var same = latin.stream()
                .filter(text -> isOf(text, original.language().language()))
                .findFirst();
        var form = same.or(() -> first ? latin.stream().findFirst() : Optional.empty());
        form.ifPresent(latin::remove);
        return form.or(() -> Scripts.inLatin(original.language(), original.text())
                        .map(text -> new Text(Scripts.madeFrom(original.language()), text)))
                .map(text -> new Written.Title(text, Optional.of(original)))
                .orElse(new Written.Title(original, Optional.empty()));
    }

    private static Written.Title alternative(Term term) {
        var text = new Text(term.language(), term.value());
        var title = Scripts.latin(term.value())
                ? new Written.Title(text, Optional.empty())
                : pair(text, new ArrayList<>(), false);
        return new Written.Title(title.main(), title.original(), true);
    }
}
