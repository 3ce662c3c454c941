package org.thocam.ontology.graph;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.jena.graph.Triple;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/**
 * The graphs of what items consist of, such as the entries of a dictionary, as the room that knows them tells them now. Each is named by
 * an IRI below its item's, {@code BASE/id/ITEM/NAME}, and whoever may see the item may see it. The same part always has the same triples,
 * and no two parts of an item have the same name.
 */
public interface PartGraphs {
    /** None at all: no item consists of anything. */
    PartGraphs NONE = new PartGraphs() {
        @Override
        public boolean shows(Change change) {
            return false;
        }

        @Override
        public boolean isCurrent(ItemId whole, Version version) {
            return true;
        }

        @Override
        public String name(ItemId part) {
            return part.partName();
        }

        @Override
        public void forEach(ItemId whole, Predicate<PartGraph> more) {}

        @Override
        public Optional<PartGraph> one(ItemId part) {
            return Optional.empty();
        }
    };

    /** Those of several rooms: an item is the first's who {@link #owns} it. */
    static PartGraphs of(List<PartGraphs> rooms) {
        return new PartGraphsOfSeveral(rooms);
    }

    /**
     * @param part its name in the archive, where it has, or would have, versions of its own
     * @param version of the part's own object; {@link Version#NONE} where it stands in its item's file alone
     */
    record PartGraph(ItemId part, Version version, Collection<Triple> triples) {}

    /** Whether a change of an item is that of one with such graphs, or one of a part changes its graph. */
    boolean shows(Change change);

    /**
     * Whether this is still the item's last acknowledged version, and what is told here belongs to it. Asked after the parts were told:
     * what it confirms was not written under a later restriction.
     */
    boolean isCurrent(ItemId whole, Version version);

    /** What follows the item's IRI and a slash in the name of the part's graph. */
    String name(ItemId part);

    /** What the item's own graph says besides, such as that it is a lexicon. */
    default Collection<Triple> of(Item item) {
        return List.of();
    }

    /** Tells every part of an item that has a graph, until it has had enough. */
    void forEach(ItemId whole, Predicate<PartGraph> more);

    /** One part; empty where it has no graph. */
    Optional<PartGraph> one(ItemId part);

    /** Whether what such an item consists of is told here and nowhere else. */
    default boolean owns(ItemId whole) {
        return true;
    }

    /** Further parts of the same item whose graphs may change when this one does, such as what follows from all of them. */
    default Collection<ItemId> alongside(ItemId part) {
        return List.of();
    }
}
