package org.thocam.ontology.transcript;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was read in spite of being wrong: as many as {@link Limits#warnings} are kept, the last of which counts the others. */
final class Warnings {
    private final int most;
    private final List<String> kept = new ArrayList<>();
    private final Set<String> said = new HashSet<>();
    private long all;

    Warnings(Limits limits) {
        this.most = limits.warnings();
    }

    void add(String place, String warning) {
        all++;
        if (kept.size() < most) kept.add(place + ": " + warning);
    }

    /** For what a file does wrong in the same way a million times: only its first place is told. */
    void once(String place, String warning) {
        if (said.contains(warning)) return;
        if (said.size() < most) said.add(warning);
        add(place, warning);
    }

    List<String> list() {
        if (all <= most || most == 0) return List.copyOf(kept);
        var list = new ArrayList<>(kept.subList(0, most - 1));
        list.add("and " + (all - most + 1) + " more");
        return list;
    }
}
