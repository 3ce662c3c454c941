package org.thocam.api.sru;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thocam.index.search.cql.Cql.Modifier;
import org.thocam.index.search.cql.CqlQuery.SortKey;

/** The parameter sortKeys: {@code path,schema,ascending,caseSensitive,missingValue}, with spaces between keys. SRU 1.1, "Sort". */
final class SortKeys {
    private static final int MOST = 8;
    private static final Map<String, String> PATHS =
            Map.of("title", "dc.title", "date", "dc.date", "identifier", "rec.identifier");

    private SortKeys() {}

    static List<SortKey> of(String given) {
        var words = given.strip().split("\\s+");
        if (words.length > MOST) throw Diagnostic.of(84, String.valueOf(MOST)).thrown();
        var keys = new ArrayList<SortKey>();
        for (var word : words) keys.add(key(word));
        return keys;
    }

    private static SortKey key(String word) {
        var parts = word.split(",", -1);
        if (parts.length > 5) throw Diagnostic.of(6, "sortKeys").thrown();
        var path = parts[0].replaceFirst("^.*[/.:]", "").toLowerCase(Locale.ROOT);
        var index = PATHS.get(path);
        if (index == null) throw Diagnostic.of(88, parts[0]).thrown();
        var schema = part(parts, 1);
        if (!schema.isEmpty()
                && RecordSchema.of(schema, prefix -> Optional.empty()).isEmpty())
            throw Diagnostic.of(87, schema).thrown();
        boolean descending =
                switch (part(parts, 2)) {
                    case "", "1" -> false;
                    case "0" -> true;
                    default -> throw Diagnostic.of(90, part(parts, 2)).thrown();
                };
        if (!part(parts, 3).isEmpty() && !part(parts, 3).equals("0"))
            throw Diagnostic.of(91, part(parts, 3)).thrown();
        // what has no value stands last in both directions
        var missing = part(parts, 4);
        if (!missing.isEmpty() && !missing.equals(descending ? "lowValue" : "highValue"))
            throw Diagnostic.of(92, missing).thrown();
        return new SortKey(index, descending ? List.of(new Modifier("sort.descending", "", "")) : List.of());
    }

    private static String part(String[] parts, int at) {
        return at < parts.length ? parts[at].strip() : "";
    }
}
