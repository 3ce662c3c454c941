package org.thocam.index.search.cql;

import java.util.List;

/** A whole query: what it asks for, and in which order. CQL 1.2, {@code sortedQuery}. */
public record CqlQuery(Cql cql, List<SortKey> sort) {
    public CqlQuery {
        sort = List.copyOf(sort);
    }

    /** CQL 1.2, {@code singleSpec}. */
    public record SortKey(String index, List<Cql.Modifier> modifiers) {
        public SortKey {
            modifiers = List.copyOf(modifiers);
        }
    }

    /** Its text: read again, it gives an equal query. */
    @Override
    public String toString() {
        return CqlText.of(this);
    }
}
