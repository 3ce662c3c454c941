package org.thocam.dictionary.exchange;

import java.io.IOException;
import org.thocam.dictionary.entry.Entry;

/** The entries of a lexicon, in the order of the file; may be walked more than once. */
public interface LexiconSource {
    void forEach(Visitor visitor) throws IOException;

    interface Visitor {
        /** @param id as in {@code /api/v1/dictionaries/D/entries/ID} */
        void entry(String id, Entry entry) throws IOException;
    }
}
