package org.thocam.ontology.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.jena.graph.Triple;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** Those of several rooms; each item is the first's who owns it. */
final class PartGraphsOfSeveral implements PartGraphs {
    private final List<PartGraphs> rooms;

    PartGraphsOfSeveral(List<PartGraphs> rooms) {
        this.rooms = List.copyOf(rooms);
    }

    private PartGraphs owner(ItemId whole) {
        return rooms.stream().filter(room -> room.owns(whole)).findFirst().orElse(NONE);
    }

    @Override
    public boolean owns(ItemId whole) {
        return rooms.stream().anyMatch(room -> room.owns(whole));
    }

    @Override
    public boolean shows(Change change) {
        return owner(change.id().whole()).shows(change);
    }

    @Override
    public boolean isCurrent(ItemId whole, Version version) {
        return owner(whole).isCurrent(whole, version);
    }

    @Override
    public String name(ItemId part) {
        return owner(part.whole()).name(part);
    }

    @Override
    public Collection<Triple> of(Item item) {
        var triples = new ArrayList<Triple>();
        for (var room : rooms) triples.addAll(room.of(item));
        return triples;
    }

    @Override
    public void forEach(ItemId whole, Predicate<PartGraph> more) {
        owner(whole).forEach(whole, more);
    }

    @Override
    public Optional<PartGraph> one(ItemId part) {
        return owner(part.whole()).one(part);
    }

    @Override
    public Collection<ItemId> alongside(ItemId part) {
        return owner(part.whole()).alongside(part);
    }
}
