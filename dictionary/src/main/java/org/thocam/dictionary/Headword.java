package org.thocam.dictionary;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Form;
import org.thocam.dictionary.entry.Multitext;
import org.thocam.ontology.LanguageTag;

/**
 * What an entry stands under: its citation form, else its lexeme form, in the lexicon's own writing where it has that.
 *
 * @param text empty where the entry has no form at all
 */
public record Headword(String text, LanguageTag language) {
    private static final Headword NONE = new Headword("", LanguageTag.UNDETERMINED);

    public static Headword of(Entry entry, LanguageTag language) {
        return in(entry.citation(), language)
                .or(() -> in(entry.lexicalUnit(), language))
                .orElse(NONE);
    }

    private static Optional<Headword> in(Multitext forms, LanguageTag language) {
        Optional<Headword> first = Optional.empty();
        for (var form : forms.forms().entrySet()) {
            var tag = tag(form.getKey());
            var text = text(form.getValue());
            if (text.isBlank() || audio(form.getKey())) continue;
            if (tag.equals(language)) return Optional.of(new Headword(text, tag));
            if (first.isEmpty()) first = Optional.of(new Headword(text, tag.undetermined() ? language : tag));
        }
        return first;
    }

    private static String text(Form form) {
        return form.text();
    }

    /** A form that names a recording: FLEx writes {@code tww-Zxxx-x-audio}. */
    public static boolean audio(String tag) {
        return tag.endsWith("-x-audio") || tag.contains("-Zxxx");
    }

    /** What a file calls a language, as a tag of ours: files have others too, and none at all. */
    public static LanguageTag tag(String written) {
        try {
            if (written.isEmpty() || written.startsWith("x-")) return LanguageTag.UNDETERMINED;
            new Locale.Builder().setLanguageTag(written.replace('_', '-'));
            return new LanguageTag(written.replace('_', '-'));
        } catch (IllformedLocaleException | IllegalArgumentException e) {
            return LanguageTag.UNDETERMINED;
        }
    }
}
