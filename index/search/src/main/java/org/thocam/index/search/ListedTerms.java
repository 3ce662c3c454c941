package org.thocam.index.search;

import java.util.List;

/**
 * A part of the list of an index's terms, in the order of their code points.
 *
 * @param fromFirst whether it begins with the first one of all
 * @param toLast whether it ends with the last one of all
 */
public record ListedTerms(List<Listed> terms, boolean fromFirst, boolean toLast) {
    public ListedTerms {
        terms = List.copyOf(terms);
    }

    /**
     * @param term as it is asked for
     * @param shown as it is written
     * @param items how many the viewer may see that have it
     */
    public record Listed(String term, String shown, long items) {}
}
