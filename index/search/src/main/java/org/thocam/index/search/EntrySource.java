package org.thocam.index.search;

import java.util.Optional;
import java.util.function.Consumer;
import org.thocam.ontology.Change;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Snapshot;

/** Where the entries come from that an {@link EntryIndex} shows; the same version always has the same entries. */
public interface EntrySource {
    /** Whether a change is that of a dictionary. */
    boolean isDictionary(Change change);

    /** The language that the headwords of a dictionary are written in. */
    LanguageTag language(Snapshot dictionary);

    /**
     * Tells every entry of a dictionary.
     *
     * @return why it has none, or empty; what was told before is then void
     */
    Optional<String> read(Snapshot dictionary, Consumer<DictionaryEntry> entries);
}
