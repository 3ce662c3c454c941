package org.thocam.ontology.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.jena.graph.Triple;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Containment;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Observation;
import org.thocam.ontology.entity.Register;

/**
 * What the knowledge graph shows of the authority file: a graph for each entity, one for the census figures of each people, one for the
 * structure of those figures, one for the sources, and one for what follows from all places together.
 */
public final class EntityGraphs implements PartGraphs {
    private static final String FIGURES = "observations-";
    private static final String CENSUS = "census";
    private static final String SOURCES = "sources";
    private static final String INFERRED = "inferred";

    private final Supplier<AuthorityFile.Standing> state;
    private final Function<ItemId, Optional<Change>> headOf;
    private final String base;
    // Made anew where another register comes; a writer asks for it, and nobody else.
    private Figures figures = new Figures(Register.EMPTY, Map.of());

    private record Figures(Register of, Map<String, List<Observation>> byPeople) {}

    /**
     * @param state that has caught up with what the graph is to show
     * @param headOf the last acknowledged change of an item, as the change log has it
     * @param base where identities begin, as the graph has it
     */
    public EntityGraphs(
            Supplier<AuthorityFile.Standing> state, Function<ItemId, Optional<Change>> headOf, String base) {
        this.state = state;
        this.headOf = headOf;
        this.base = base;
    }

    /** What the graph says, or will say, of an entity in its own graph. */
    public static Collection<Triple> describe(Entity entity, String base) {
        return EntityDescription.of(entity, base);
    }

    @Override
    public boolean owns(ItemId whole) {
        return whole.equals(AuthorityFile.ID);
    }

    @Override
    public boolean shows(Change change) {
        if (!change.id().whole().equals(AuthorityFile.ID)) return false;
        return change.isPart()
                ? EntityKind.ofId(change.id().partName()).isPresent()
                : change.kind() == Change.Kind.DEPOSITED;
    }

    @Override
    public boolean isCurrent(ItemId whole, Version version) {
        return headOf.apply(whole)
                        .filter(head -> head.kind() == Change.Kind.DEPOSITED
                                && head.version().equals(version))
                        .isPresent()
                && state.get().tables().equals(version);
    }

    @Override
    public String name(ItemId part) {
        return part.partName();
    }

    @Override
    public void forEach(ItemId whole, Predicate<PartGraph> more) {
        var now = state.get();
        for (var entity : now.register().all()) if (!more.test(graph(now, entity))) return;
        for (var name : names(now.register())) {
            var part = derived(now.register(), name);
            if (part.isPresent() && !more.test(part.get())) return;
        }
    }

    private List<String> names(Register register) {
        var names = new ArrayList<>(List.of(CENSUS, SOURCES, INFERRED));
        figures(register).keySet().forEach(people -> names.add(FIGURES + people));
        return names;
    }

    @Override
    public Optional<PartGraph> one(ItemId part) {
        var now = state.get();
        return EntityKind.ofId(part.partName()).isPresent()
                ? now.register().find(part.partName()).map(entity -> graph(now, entity))
                : derived(now.register(), part.partName());
    }

    /** Sources may come with any entity; what follows from places, with a place. */
    @Override
    public Collection<ItemId> alongside(ItemId part) {
        var kind = EntityKind.ofId(part.partName());
        if (kind.isEmpty()) return List.of();
        return Stream.of(SOURCES, INFERRED)
                .filter(name -> name.equals(SOURCES) || kind.get() == EntityKind.PLACE)
                .map(AuthorityFile.ID::part)
                .toList();
    }

    private PartGraph graph(AuthorityFile.Standing now, Entity entity) {
        return new PartGraph(
                AuthorityFile.ID.part(entity.id()),
                now.edited().getOrDefault(entity.id(), Version.NONE),
                EntityDescription.of(entity, base));
    }

    /** A graph that is no entity's own; empty where there is no such graph. */
    private Optional<PartGraph> derived(Register register, String name) {
        Set<Triple> triples =
                switch (name) {
                    case CENSUS -> register.observations().isEmpty() ? Set.of() : EntityDescription.census(base);
                    case SOURCES -> EntityDescription.sources(register.all(), register.observations(), base);
                    case INFERRED -> inferred(register);
                    default ->
                        name.startsWith(FIGURES) ? figuresOf(register, name.substring(FIGURES.length())) : Set.of();
                };
        return triples.isEmpty()
                ? Optional.empty()
                : Optional.of(new PartGraph(AuthorityFile.ID.part(name), Version.NONE, triples));
    }

    private Set<Triple> figuresOf(Register register, String people) {
        var triples = new LinkedHashSet<Triple>();
        for (var figure : figures(register).getOrDefault(people, List.of()))
            triples.addAll(EntityDescription.of(figure, base));
        return triples;
    }

    private synchronized Map<String, List<Observation>> figures(Register register) {
        if (figures.of != register) {
            var byPeople = new LinkedHashMap<String, List<Observation>>();
            for (var figure : register.observations())
                byPeople.computeIfAbsent(figure.people(), id -> new ArrayList<>())
                        .add(figure);
            figures = new Figures(register, byPeople);
        }
        return figures.byPeople;
    }

    /** That a place lies in another, through as many as lie between. */
    private Set<Triple> inferred(Register register) {
        var containment = Containment.of(register);
        var triples = new LinkedHashSet<Triple>();
        for (var place : register.of(EntityKind.PLACE))
            for (var around : containment.around(place.id()))
                triples.add(Triple.create(
                        Words.iri(base + "id/" + place.id()), Words.ours("within"), Words.iri(base + "id/" + around)));
        return triples;
    }
}
