package org.thocam.ontology.graph;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.thocam.ontology.Access;
import org.thocam.ontology.Viewer;

/**
 * The item graphs that not everybody may see, each with who may. What an item consists of is seen with the item.
 *
 * @param ids where the IRIs of items begin
 * @param before what held until now, while a change to {@code now} is being committed: then both must allow
 */
record Hidden(String ids, Map<Node, Access> now, Map<Node, Access> before) {
    static Hidden nothing(String ids) {
        return new Hidden(ids, Map.of(), Map.of());
    }

    boolean allows(Node graph, Viewer viewer, Instant at) {
        if (now.isEmpty() && before.isEmpty()) return true;
        var item = item(graph);
        return allows(now, item, viewer, at) && allows(before, item, viewer, at);
    }

    /** The graph itself, or that of the item which it is a part of: no item's id has a slash. */
    private Node item(Node graph) {
        if (!graph.isURI() || !graph.getURI().startsWith(ids)) return graph;
        int slash = graph.getURI().indexOf('/', ids.length());
        return slash < 0 ? graph : NodeFactory.createURI(graph.getURI().substring(0, slash));
    }

    /** Who may see an item, as far as it was committed. */
    Access of(Node item) {
        return now.getOrDefault(item, Access.OPEN);
    }

    /** The items that a viewer may not see. */
    List<Node> from(Viewer viewer, Instant at) {
        return Stream.concat(now.keySet().stream(), before.keySet().stream())
                .distinct()
                .filter(item -> !allows(item, viewer, at))
                .toList();
    }

    /** With these in place of what was known of them; {@link Access#OPEN} takes a graph out. */
    Hidden with(Map<Node, Access> changes) {
        var next = new HashMap<>(now);
        changes.forEach((graph, access) -> {
            if (access instanceof Access.Open) next.remove(graph);
            else next.put(graph, access);
        });
        return new Hidden(ids, next, Map.of());
    }

    Hidden orStillAs(Hidden earlier) {
        return new Hidden(ids, now, earlier.now);
    }

    private static boolean allows(Map<Node, Access> closed, Node item, Viewer viewer, Instant at) {
        var access = closed.get(item);
        return access == null || access.allows(viewer, at);
    }
}
