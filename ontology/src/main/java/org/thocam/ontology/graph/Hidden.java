package org.thocam.ontology.graph;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.thocam.ontology.Access;
import org.thocam.ontology.Viewer;

/**
 * The item graphs that not everybody may see, each with who may.
 *
 * @param before what held until now, while a change to {@code now} is being committed: then both must allow
 */
record Hidden(Map<Node, Access> now, Map<Node, Access> before) {
    static final Hidden NOTHING = new Hidden(Map.of(), Map.of());

    boolean allows(Node graph, Viewer viewer, Instant at) {
        return allows(now, graph, viewer, at) && allows(before, graph, viewer, at);
    }

    /** With these in place of what was known of them; {@link Access#OPEN} takes a graph out. */
    Hidden with(Map<Node, Access> changes) {
        var next = new HashMap<>(now);
        changes.forEach((graph, access) -> {
            if (access instanceof Access.Open) next.remove(graph);
            else next.put(graph, access);
        });
        return new Hidden(next, Map.of());
    }

    Hidden orStillAs(Hidden earlier) {
        return new Hidden(now, earlier.now);
    }

    private static boolean allows(Map<Node, Access> closed, Node graph, Viewer viewer, Instant at) {
        var access = closed.get(graph);
        return access == null || access.allows(viewer, at);
    }
}
