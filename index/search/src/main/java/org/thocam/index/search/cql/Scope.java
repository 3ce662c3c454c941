package org.thocam.index.search.cql;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which context sets the prefixes of a part of a query stand for. CQL 1.2, "Prefix Assignment". */
public final class Scope {
    /** Where nothing is assigned: our own short names. */
    public static final Scope OUTERMOST = new Scope(Map.of());

    private final Map<String, String> uris;

    private Scope(Map<String, String> uris) {
        this.uris = uris;
    }

    /** @param prefix empty for names without one */
    public Scope with(String prefix, String uri) {
        var more = new HashMap<>(uris);
        more.put(prefix.toLowerCase(Locale.ROOT), uri);
        return new Scope(more);
    }

    /**
     * A name and the context set that it is of.
     *
     * @param set empty where the name has no prefix and none is assigned to such names
     */
    record Name(Optional<ContextSet> set, String base) {}

    /** @throws CqlException 15 if nobody said what the prefix stands for, or it is a context set that we do not know */
    Name name(String written) {
        int dot = written.indexOf('.');
        var prefix = dot < 0 ? "" : written.substring(0, dot).toLowerCase(Locale.ROOT);
        var base = written.substring(dot + 1).toLowerCase(Locale.ROOT);
        var assigned = uris.get(prefix);
        if (assigned != null)
            return new Name(
                    Optional.of(ContextSet.ofUri(assigned).orElseThrow(() -> new CqlException(15, assigned))), base);
        if (prefix.isEmpty()) return new Name(Optional.empty(), base);
        return new Name(Optional.of(ContextSet.ofPrefix(prefix).orElseThrow(() -> new CqlException(15, prefix))), base);
    }

    /** @throws CqlException 15 or 16 */
    public CqlIndex index(String written) {
        if (written.isEmpty()) return CqlIndex.SERVER_CHOICE;
        var name = name(written);
        return CqlIndex.of(name.set(), name.base()).orElseThrow(() -> new CqlException(16, written));
    }

    /** The name of a relation or modifier of the cql or the sort set; empty for one of another set. */
    public Optional<String> common(String written, ContextSet wanted) {
        var name = name(written);
        return name.set().isEmpty() || name.set().get() == wanted ? Optional.of(name.base()) : Optional.empty();
    }
}
