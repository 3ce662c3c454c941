package org.thocam.api.access;

import java.util.Set;
import org.thocam.ontology.Viewer;

/** Whoever holds a token. */
public record Principal(Role role, String name, Set<String> communities) {
    public Principal {
        communities = Set.copyOf(communities);
    }

    public Viewer viewer() {
        return role == Role.ADMIN ? Viewer.EVERYTHING : new Viewer(false, communities);
    }
}
