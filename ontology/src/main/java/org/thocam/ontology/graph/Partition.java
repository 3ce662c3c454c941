package org.thocam.ontology.graph;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/**
 * The graphs of a store that belong to one of our knowledge graphs, by name. All begin alike, so that another partition, or another
 * application, may have its own beside them:
 *
 * <ul>
 *   <li>{@code says:ITEM} and {@code says:ITEM/PART}: what one item or part says;
 *   <li>{@code for:AUDIENCE}: the union of what all say that the same {@link Audience} may see;
 *   <li>{@code own}: the mark, and of each graph its version and its audience.
 * </ul>
 */
record Partition(String name, String base) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String OWN = "urn:x-thocam:";

    static final String IN = own("in");
    static final String STATE = own("state");
    static final String PART_OF = own("partOf");
    /** Of an item: who may still see it, while it is taken from those who no longer may. */
    static final String NARROWED = own("narrowed");

    static final String BASE = own("base");
    /** Another at each change: a change is made only where it is still the one that its maker read. */
    static final String EPOCH = own("epoch");

    static final String GENERATION = own("generation");
    static final String SEQ = own("seq");
    static final String LINKED = own("linkedWith");
    /** Of an audience: how many triples the graphs have together that are in it. */
    static final String TRIPLES = own("triples");
    /** What is being changed: to be seen only where a store did a part of a change. */
    static final String CHANGING = own("changing");

    static final String CLEARING = own("clearing");

    Partition {
        if (!NAME.matcher(name).matches())
            throw new IllegalArgumentException("partition '" + Shown.of(name)
                    + "': want 1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or digit");
    }

    private static String own(String property) {
        return '<' + OWN + property + '>';
    }

    private String begin() {
        return OWN + name + ":";
    }

    String own() {
        return begin() + "own";
    }

    String store() {
        return begin() + "store";
    }

    /** A graph that never says anything. */
    String nothing() {
        return begin() + "nothing";
    }

    String graph(Audience audience) {
        return begin() + "for:" + audience.name();
    }

    Audience audience(String graph) {
        return Audience.named(graph.substring(begin().length() + "for:".length()));
    }

    boolean isIdentity(String iri) {
        return iri.startsWith(base + "id/");
    }

    /** The graph that says what is said by the item or part with this IRI. */
    String says(String iri) {
        return begin() + "says:" + iri.substring(base.length() + "id/".length());
    }

    boolean isSaid(String graph) {
        return graph.startsWith(begin() + "says:");
    }

    /** The item or part whose graph this is, as its IRI goes on after {@code id/}. */
    String who(String graph) {
        return graph.substring(begin().length() + "says:".length());
    }

    /** What the store says of itself. */
    record Facts(
            String base,
            String epoch,
            boolean clearing,
            List<String> changing,
            Watermark mark,
            String linked,
            Map<Audience, Long> triples,
            Map<String, Audience> narrowed) {}

    String facts() {
        return "SELECT ?s ?p ?o { GRAPH <" + own() + "> { VALUES ?p { "
                + String.join(" ", BASE, EPOCH, CLEARING, CHANGING, GENERATION, SEQ, LINKED, TRIPLES, NARROWED)
                + " } ?s ?p ?o } }";
    }

    /**
     * What a viewer may see at a moment.
     *
     * @param graphs the audience graphs, never none
     * @param narrowed the graphs of the items that are in these and may no longer be seen
     */
    record Scope(Partition partition, List<String> graphs, List<String> narrowed, long triples) {
        /** Whether the audience graphs say what the viewer may see, and nothing else. */
        boolean isWhole() {
            return narrowed.isEmpty();
        }

        boolean hides(String graph) {
            return narrowed.stream().anyMatch(item -> graph.equals(item) || graph.startsWith(item + "/"));
        }

        /** The graphs that a query is to be sent with, for {@link #where}. */
        List<String> asked() {
            return isWhole() ? graphs : List.of();
        }

        /** These triple patterns, as one finds them in what the viewer may see; with several graphs, the same more than once. */
        String where(List<String> patterns) {
            if (isWhole())
                return patterns.stream().map(pattern -> pattern + " . ").collect(Collectors.joining());
            var where = new StringBuilder();
            for (int i = 0; i < patterns.size(); i++) {
                var graph = "?thocamGraph" + i;
                where.append("GRAPH ")
                        .append(graph)
                        .append(" { ")
                        .append(patterns.get(i))
                        .append(" } ");
                where.append(isAmong(graph, i));
                for (var item : narrowed)
                    where.append("FILTER (")
                            .append(graph)
                            .append(" != <")
                            .append(item)
                            .append("> && !STRSTARTS(STR(")
                            .append(graph)
                            .append("), \"")
                            .append(item)
                            .append("/\")) ");
            }
            return where.toString();
        }

        /** That a graph is in one of the audience graphs. */
        String isAmong(String graph, int i) {
            var audience = "?thocamAudience" + i;
            return "GRAPH <" + partition.own() + "> { " + graph + " " + IN + " " + audience + " } FILTER (" + audience
                    + " IN (" + graphs.stream().map(one -> '<' + one + '>').collect(Collectors.joining(", ")) + ")) ";
        }
    }

    Scope scope(Facts facts, Viewer viewer, Instant now) {
        boolean ready = facts.base().equals(base) && !facts.clearing();
        var seen = new TreeMap<String, Long>();
        if (ready)
            facts.triples().forEach((audience, triples) -> {
                if (audience.access().allows(viewer, now)) seen.put(graph(audience), triples);
            });
        var hidden = facts.narrowed().entrySet().stream()
                .filter(entry -> !entry.getValue().access().allows(viewer, now))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        // Without any graph, a store would answer from whatever it takes for its default graph.
        return new Scope(
                this,
                seen.isEmpty() ? List.of(nothing()) : List.copyOf(seen.keySet()),
                ready ? hidden : List.of(),
                seen.values().stream().mapToLong(Long::longValue).sum());
    }
}
