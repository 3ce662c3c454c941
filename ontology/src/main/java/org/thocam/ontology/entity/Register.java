package org.thocam.ontology.entity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All entities and census figures as they are at one moment. Cannot be changed; any number of threads may read it. */
public final class Register {
    public static final Register EMPTY = new Register(List.of(), List.of());

    private final Map<String, Entity> byId = new LinkedHashMap<>();
    private final Map<EntityKind, List<Entity>> byKind = new EnumMap<>(EntityKind.class);
    private final Map<String, List<Pointer>> pointers = new HashMap<>();
    private final List<Observation> observations;

    /** That the cell of a column of an entity names another. */
    public record Pointer(Entity from, String column) {}

    public Register(Collection<Entity> entities, List<Observation> observations) {
        this.observations = List.copyOf(observations);
        for (var kind : EntityKind.values()) byKind.put(kind, new ArrayList<>());
        for (var entity : entities) {
            byId.put(entity.id(), entity);
        }
        for (var entity : byId.values()) {
            byKind.get(entity.kind()).add(entity);
            for (var column : entity.kind().columns())
                if (column.points())
                    for (var target : entity.list(column.name()))
                        pointers.computeIfAbsent(target, id -> new ArrayList<>())
                                .add(new Pointer(entity, column.name()));
        }
    }

    public Optional<Entity> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** In the order of the tables. */
    public Collection<Entity> all() {
        return java.util.Collections.unmodifiableCollection(byId.values());
    }

    public List<Entity> of(EntityKind kind) {
        return java.util.Collections.unmodifiableList(byKind.get(kind));
    }

    /** The entities whose cells name this one, with the column. */
    public List<Pointer> pointingTo(String id) {
        return pointers.getOrDefault(id, List.of());
    }

    public List<Observation> observations() {
        return observations;
    }

    /** The label of an entity, or the id itself where there is none. */
    public String label(String id) {
        return find(id).map(Entity::label).orElse(id);
    }

    /** Whether both hold the same entities, in any order, and the same figures. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Register register
                && byId.equals(register.byId)
                && observations.equals(register.observations);
    }

    @Override
    public int hashCode() {
        return 31 * byId.hashCode() + observations.hashCode();
    }
}
