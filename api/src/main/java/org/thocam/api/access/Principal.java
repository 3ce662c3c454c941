package org.thocam.api.access;

import java.util.Set;
import org.thocam.ontology.Viewer;

/** Whoever holds a token. */
public record Principal(Role role, String name, Set<String> communities) {
    /** The command line on this very machine, known by the home's secret and by nothing a token could say. */
    public static final Principal LOCAL = new Principal(Role.ADMIN, "local", Set.of());

    public Principal {
        communities = Set.copyOf(communities);
    }

    /** Whether this is {@link #LOCAL} itself. */
    @SuppressWarnings("ReferenceEquality")
    public boolean local() {
        return this == LOCAL;
    }

    public Viewer viewer() {
        return role == Role.ADMIN ? Viewer.EVERYTHING : new Viewer(false, communities);
    }
}
