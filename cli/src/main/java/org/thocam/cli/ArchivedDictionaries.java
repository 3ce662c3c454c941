package org.thocam.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.thocam.dictionary.EntryId;
import org.thocam.dictionary.Headword;
import org.thocam.dictionary.KeptEntry;
import org.thocam.dictionary.Lexicon;
import org.thocam.dictionary.LexiconStore;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Multitext;
import org.thocam.dictionary.entry.Sense;
import org.thocam.index.search.EntrySource;
import org.thocam.index.search.IndexedEntry;
import org.thocam.index.search.Written;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;

/** The entries that the dictionary keeps, as the index takes them: neither room knows the other. */
final class ArchivedDictionaries implements EntrySource {
    private static final String ENTRY = "entry.";

    private final LexiconStore lexicons;

    /** @param lexicons that have caught up with what the index is to show */
    ArchivedDictionaries(LexiconStore lexicons) {
        this.lexicons = lexicons;
    }

    @Override
    public boolean shows(Change change) {
        return change.isPart() ? change.id().partName().startsWith(ENTRY) : Lexicon.isChanged(change);
    }

    @Override
    public LanguageTag language(ItemId lexicon) {
        return lexicons.shown(lexicon).map(LexiconStore.ShownLexicon::language).orElse(LanguageTag.UNDETERMINED);
    }

    @Override
    public Optional<String> readAll(ItemId lexicon, Version version, Consumer<IndexedEntry> entries) {
        var shown = lexicons.shown(lexicon);
        if (shown.isEmpty()) return Optional.of("it was withdrawn meanwhile");
        if (shown.get().fault().isPresent()) return shown.get().fault();
        try {
            lexicons.forEach(
                    lexicon, entry -> states(entry, shown.get().language()).forEach(entries));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.empty();
    }

    @Override
    public List<IndexedEntry> readOne(ItemId lexicon, String part) {
        return lexicons.entry(lexicon, new EntryId(part.substring(ENTRY.length())))
                .map(entry -> states(entry, language(lexicon)))
                .orElse(List.of());
    }

    private static List<IndexedEntry> states(KeptEntry entry, LanguageTag language) {
        var states = new ArrayList<IndexedEntry>();
        var published = entry.asPublished();
        boolean one = !entry.deleted()
                && published.filter(shown -> shown.xml().equals(entry.xml())).isPresent();
        if (!entry.deleted()) add(states, entry, entry.entry(), language, one, true);
        if (!one) published.ifPresent(shown -> add(states, entry, shown.entry(), language, true, false));
        return states;
    }

    /** An entry without any form cannot be looked up. */
    private static void add(
            List<IndexedEntry> states,
            KeptEntry kept,
            Entry entry,
            LanguageTag language,
            boolean published,
            boolean working) {
        var forms = forms(entry, language);
        if (forms.isEmpty()) return;
        var glosses = new ArrayList<Written>();
        var domains = new ArrayList<String>();
        for (var sense : entry.senses()) sense(sense, glosses, domains);
        states.add(new IndexedEntry(
                kept.id().value(),
                kept.part(),
                kept.tag().part().number(),
                published,
                working,
                forms,
                glosses,
                domains));
    }

    private static List<Written> forms(Entry entry, LanguageTag language) {
        var forms = new ArrayList<Written>();
        var headword = Headword.of(entry, language);
        if (!headword.text().isBlank()) forms.add(new Written(headword.language(), headword.text()));
        add(forms, entry.citation(), language);
        add(forms, entry.lexicalUnit(), language);
        entry.variants().forEach(variant -> add(forms, variant.forms(), language));
        entry.pronunciations().forEach(spoken -> add(forms, spoken.forms(), language));
        return forms;
    }

    private static void add(List<Written> forms, Multitext texts, LanguageTag language) {
        texts.forms().forEach((written, form) -> {
            if (Headword.audio(written)) return;
            var tag = Headword.tag(written);
            add(forms, tag.undetermined() ? language : tag, form.text());
        });
    }

    private static void add(List<Written> texts, LanguageTag tag, String text) {
        var one = new Written(tag, text);
        if (!text.isBlank() && !texts.contains(one)) texts.add(one);
    }

    private static void sense(Sense sense, List<Written> glosses, List<String> domains) {
        sense.glosses().forEach(gloss -> add(glosses, Headword.tag(gloss.lang()), gloss.text()));
        sense.definition().forms().forEach((tag, form) -> add(glosses, Headword.tag(tag), form.text()));
        sense.reversals()
                .forEach(reversal ->
                        reversal.forms().forms().forEach((tag, form) -> add(glosses, Headword.tag(tag), form.text())));
        for (var trait : sense.traits())
            if (trait.name().startsWith("semantic-domain") && !trait.value().isBlank()) domains.add(trait.value());
        sense.subsenses().forEach(subsense -> sense(subsense, glosses, domains));
    }
}
