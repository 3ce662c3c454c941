package org.thocam.ontology;

import java.util.Set;

/** Whoever looks: a member of some communities, or one who sees everything. */
public record Viewer(boolean seesAll, Set<String> communities) {
    public static final Viewer ANYBODY = new Viewer(false, Set.of());
    public static final Viewer EVERYTHING = new Viewer(true, Set.of());

    public Viewer {
        communities = Set.copyOf(communities);
    }
}
