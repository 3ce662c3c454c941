package org.thocam.index.search;

import java.util.List;

/**
 * An entry, or one state of it, as the index takes it. An entry whose working state is not what is published gives two: one published
 * and not working, one the other way round.
 *
 * @param id unique in its dictionary
 * @param part what the archive calls, or would call, the object that the entry is kept in by itself, such as {@code entry.0a18bb95}
 * @param version of that part; 0 while the entry only stands in the imported file
 * @param forms the headword, then all else that it may be looked up by: citation form, other orthographies, variants, pronunciations
 * @param glosses in any languages: glosses, definitions, reversals; of each language the first is shown
 * @param domains semantic domains, such as {@code 9.1.3.1 Physical, non-physical}
 */
public record IndexedEntry(
        String id,
        String part,
        long version,
        boolean published,
        boolean working,
        List<Written> forms,
        List<Written> glosses,
        List<String> domains) {
    public IndexedEntry {
        if (!published && !working)
            throw new IllegalArgumentException("entry " + id + ": want a state that is published, working or both");
        forms = List.copyOf(forms);
        glosses = List.copyOf(glosses);
        domains = List.copyOf(domains);
    }
}
