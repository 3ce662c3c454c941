package org.thocam.cli;

import java.util.Optional;
import java.util.function.Consumer;
import org.thocam.dictionary.Lexicon;
import org.thocam.dictionary.LexiconReader;
import org.thocam.index.search.DictionaryEntry;
import org.thocam.index.search.EntrySource;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Snapshot;

/** What the dictionary reads from the archive, as the index takes it: neither room knows the other. */
final class ArchivedDictionaries implements EntrySource {
    private final LexiconReader reader;

    ArchivedDictionaries(Archive archive) {
        this.reader = new LexiconReader(archive);
    }

    @Override
    public boolean isDictionary(Change change) {
        return Lexicon.isChanged(change);
    }

    @Override
    public LanguageTag language(Snapshot dictionary) {
        return lexicon(dictionary).language();
    }

    @Override
    public Optional<String> read(Snapshot dictionary, Consumer<DictionaryEntry> entries) {
        return reader.read(
                lexicon(dictionary),
                dictionary.change().version(),
                entry -> entries.accept(
                        new DictionaryEntry(entry.id().value(), entry.headword(), entry.language(), entry.glosses())));
    }

    private static Lexicon lexicon(Snapshot dictionary) {
        return Lexicon.of((Item) dictionary.holding()).orElseThrow();
    }
}
