package org.thocam.ontology.linking;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.thocam.ontology.entity.Point;

/** What is known around a name: which peoples, places and other entities are surely meant nearby. */
final class Context {
    final Set<String> peoples = new HashSet<>();
    final Set<String> places = new HashSet<>();
    final Map<String, Integer> entities = new HashMap<>();
    /** What is held at a place that the metadata name, by its place in {@link Gazetteer#known}. */
    final Set<Integer> held = new HashSet<>();

    Point point;

    void add(Gazetteer.Known one, Gazetteer gazetteer) {
        entities.merge(one.id(), 1, Integer::sum);
        switch (one.kind()) {
            case PEOPLE -> peoples.add(one.id());
            case PLACE -> {
                if (one.id().startsWith("PC-") || one.id().startsWith("PR-")) return;
                places.add(one.id());
                places.addAll(one.places());
                if (one.twin() >= 0)
                    places.add(gazetteer.known().get(one.twin()).id());
                if (point == null) point = one.point().orElse(null);
            }
            default -> {}
        }
    }

    void add(Context other) {
        peoples.addAll(other.peoples);
        places.addAll(other.places);
        other.entities.forEach((id, times) -> entities.merge(id, times, Integer::sum));
        if (point == null) point = other.point;
    }
}
