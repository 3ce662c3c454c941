package org.thocam.index.analysis.query;

import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.apache.lucene.util.BytesRef;

/**
 * Of an index in several parts: which terms a question meets in the others too, and how frequent they are in all. What a word may be
 * written as, and what that is worth, hangs on the whole index; so each part is first asked which terms it has, and then told of all.
 */
public final class Elsewhere {
    /** The index has no other parts. */
    public static final Elsewhere NOWHERE = new Elsewhere(false, Map.of());

    /** The others are not known yet: this part tells them, through the statistics that Lucene asks for, all terms that it meets. */
    public static final Elsewhere ASKING = new Elsewhere(true, Map.of());

    private final boolean asking;
    private final Map<String, Map<String, Long>> frequencies;

    private Elsewhere(boolean asking, Map<String, Map<String, Long>> frequencies) {
        this.asking = asking;
        this.frequencies = frequencies;
    }

    /** @param frequencies by field and term, in how many documents of all parts */
    public static Elsewhere of(Map<String, Map<String, Long>> frequencies) {
        return new Elsewhere(false, Map.copyOf(frequencies));
    }

    boolean asking() {
        return asking;
    }

    boolean known() {
        return !frequencies.isEmpty();
    }

    OptionalLong frequency(String field, String term) {
        var known = frequencies.getOrDefault(field, Map.of()).get(term);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }

    /** In the order of an index. */
    NavigableSet<BytesRef> terms(String field) {
        var all = new TreeSet<BytesRef>();
        for (var term : frequencies.getOrDefault(field, Map.of()).keySet()) all.add(new BytesRef(term));
        return all;
    }
}
