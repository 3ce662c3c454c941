package org.thocam.api;

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
import org.thocam.index.search.EntrySource;
import org.thocam.index.search.IndexedEntry;
import org.thocam.index.search.Written;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;

/** The store's entries with headwords and glosses, as the command line wires them to their index. */
record ArchivedWords(LexiconStore store) implements EntrySource {
    private static final String ENTRY = "entry.";

    @Override
    public boolean shows(Change change) {
        return change.isPart() ? change.id().partName().startsWith(ENTRY) : Lexicon.isChanged(change);
    }

    @Override
    public LanguageTag language(ItemId lexicon) {
        return store.shown(lexicon).orElseThrow().language();
    }

    @Override
    public Optional<String> readAll(ItemId lexicon, Version version, Consumer<IndexedEntry> entries) {
        try {
            store.forEach(lexicon, entry -> states(entry).forEach(entries));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return store.shown(lexicon).orElseThrow().fault();
    }

    @Override
    public List<IndexedEntry> readOne(ItemId lexicon, String part) {
        return store.entry(lexicon, new EntryId(part.substring(ENTRY.length())))
                .map(this::states)
                .orElse(List.of());
    }

    private List<IndexedEntry> states(KeptEntry entry) {
        var states = new ArrayList<IndexedEntry>();
        var published = entry.asPublished();
        boolean one = !entry.deleted()
                && published.filter(shown -> shown.xml().equals(entry.xml())).isPresent();
        if (!entry.deleted()) states.add(state(entry, one, true));
        if (!one) published.ifPresent(shown -> states.add(state(shown, true, false)));
        return states;
    }

    private IndexedEntry state(KeptEntry kept, boolean published, boolean working) {
        var entry = kept.entry();
        var headword = Headword.of(entry, language(kept.lexicon()));
        var glosses = new ArrayList<Written>();
        for (var sense : entry.senses())
            sense.glosses().forEach(gloss -> glosses.add(new Written(Headword.tag(gloss.lang()), gloss.text())));
        return new IndexedEntry(
                kept.id().value(),
                kept.part(),
                kept.tag().part().number(),
                published,
                working,
                List.of(new Written(headword.language(), headword.text())),
                glosses,
                List.of());
    }
}
