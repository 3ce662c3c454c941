package org.thocam.index.search;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;

/**
 * Where the entries come from that an {@link EntryIndex} shows. It is asked when the changes have come, so that it may tell a state that
 * is newer than they are, for their own changes come later and are then shown again; never one that is older.
 */
public interface EntrySource {
    /** Whether a change is that of a dictionary, or of a part of one that its entries depend on. */
    boolean shows(Change change);

    /** The language that the headwords of a dictionary are written in, mostly. */
    LanguageTag language(ItemId lexicon);

    /**
     * Tells every entry of a dictionary, edited ones as they are now; two states of an entry are two.
     *
     * @return why it has none, or empty; what was told before is then void
     */
    Optional<String> readAll(ItemId lexicon, Version version, Consumer<IndexedEntry> entries);

    /**
     * One entry as it is now, in one or two states; empty where it is gone.
     *
     * @param part what it is called within its dictionary, as {@link IndexedEntry#part}
     */
    List<IndexedEntry> readOne(ItemId lexicon, String part);
}
