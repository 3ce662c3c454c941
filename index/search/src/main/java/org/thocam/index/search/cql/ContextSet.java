package org.thocam.index.search.cql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The context sets that we know, by the short names and URIs that the SRU list of context sets gives them; the last one is ours. */
public enum ContextSet {
    CQL("cql", "info:srw/cql-context-set/1/cql-v1.2", "info:srw/cql-context-set/1/cql-v1.1"),
    DC(
            "dc",
            "info:srw/cql-context-set/1/dc-v1.1",
            "info:srw/context-sets/1/dc-v1.1",
            "http://purl.org/dc/elements/1.1/"),
    REC("rec", "info:srw/cql-context-set/2/rec-1.1", "info:srw/cql-context-set/2/rec-1.0"),
    BATH("bath", "http://zing.z3950.org/cql/bath/2.0/", "http://zing.z3950.org/cql/bath/2.0"),
    SORT("sort", "info:srw/cql-context-set/1/sort-v1.0"),
    THOCAM("thocam", "https://thocam.org/cql/1.0");

    private final String prefix;
    private final List<String> uris;

    ContextSet(String prefix, String... uris) {
        this.prefix = prefix;
        this.uris = List.of(uris);
    }

    public String prefix() {
        return prefix;
    }

    public String uri() {
        return uris.get(0);
    }

    static Optional<ContextSet> ofPrefix(String prefix) {
        var wanted = prefix.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(set -> set.prefix.equals(wanted)).findFirst();
    }

    static Optional<ContextSet> ofUri(String uri) {
        return Arrays.stream(values())
                .filter(set -> set.uris.stream().anyMatch(uri::equalsIgnoreCase))
                .findFirst();
    }
}
