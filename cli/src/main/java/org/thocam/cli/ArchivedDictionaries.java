package org.thocam.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.thocam.dictionary.Entry;
import org.thocam.dictionary.Lexicon;
import org.thocam.dictionary.LexiconReader;
import org.thocam.index.search.EntrySource;
import org.thocam.index.search.IndexedEntry;
import org.thocam.index.search.Written;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;

/** What the dictionary reads from the archive, as the index takes it: neither room knows the other. */
final class ArchivedDictionaries implements EntrySource {
    private final Archive archive;
    private final LexiconReader reader;

    ArchivedDictionaries(Archive archive) {
        this.archive = archive;
        this.reader = new LexiconReader(archive);
    }

    @Override
    public boolean shows(Change change) {
        return Lexicon.isChanged(change);
    }

    @Override
    public LanguageTag language(ItemId lexicon) {
        return lexicon(archive.head(lexicon)).language();
    }

    @Override
    public Optional<String> readAll(ItemId lexicon, Version version, Consumer<IndexedEntry> entries) {
        return reader.read(lexicon(archive.read(lexicon, version)), version, entry -> entries.accept(indexed(entry)));
    }

    /** No entry can be changed by itself yet. */
    @Override
    public List<IndexedEntry> readOne(ItemId lexicon, String part) {
        return List.of();
    }

    private static IndexedEntry indexed(Entry entry) {
        var glosses = new ArrayList<Written>();
        entry.glosses().texts().forEach((tag, text) -> glosses.add(new Written(tag, text)));
        return new IndexedEntry(
                entry.id().value(),
                "entry." + entry.id().value(),
                0,
                true,
                true,
                List.of(new Written(entry.language(), entry.headword())),
                glosses,
                List.of());
    }

    private static Lexicon lexicon(Optional<Archived> archived) {
        return Lexicon.of((Item) archived.orElseThrow().holding()).orElseThrow();
    }
}
