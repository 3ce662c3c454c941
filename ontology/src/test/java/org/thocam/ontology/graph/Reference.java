package org.thocam.ontology.graph;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.Observation;
import org.thocam.ontology.entity.Register;
import org.thocam.ontology.entity.Tables;

/** The tables of the fixtures as an authority file that is edited. */
final class Reference {
    static final String BASE = "http://127.0.0.1:8080/";
    private static final Register TABLES = Tables.read(Path.of("../fixtures/reference"));

    private Register register;
    private long version = 1;
    private final Map<String, Version> edited = new HashMap<>();
    final EntityGraphs graphs;

    Reference(Register register) {
        this.register = register;
        this.graphs = new EntityGraphs(
                () -> new AuthorityFile.Standing(this.register, new Version(version), Map.copyOf(edited)),
                this::head,
                BASE);
    }

    static Register tables() {
        return TABLES;
    }

    Register register() {
        return register;
    }

    private Optional<Change> head(ItemId id) {
        return id.equals(AuthorityFile.ID) ? Optional.of(whole().change()) : Optional.empty();
    }

    Snapshot whole() {
        return Made.shown(version, Made.item(AuthorityFile.ID.value()));
    }

    /** The tables come anew: nothing is edited any more. */
    Snapshot replace(Register with) {
        register = with;
        version++;
        edited.clear();
        return whole();
    }

    /** One entity is put in place of another, or is new. */
    Snapshot edit(Entity wanted) {
        var all = new LinkedHashMap<String, Entity>();
        register.all().forEach(entity -> all.put(entity.id(), entity));
        all.put(wanted.id(), wanted);
        return now(wanted.id(), new Register(all.values(), register.observations()), Change.Kind.DEPOSITED);
    }

    Snapshot remove(String id) {
        var all = new ArrayList<>(register.all());
        all.removeIf(entity -> entity.id().equals(id));
        return now(id, new Register(all, register.observations()), Change.Kind.WITHDRAWN);
    }

    private Snapshot now(String id, Register next, Change.Kind kind) {
        register = next;
        var version = edited.merge(id, new Version(1), (old, one) -> new Version(old.number() + 1));
        var part = AuthorityFile.ID.part(id);
        var change = new Change(0, part, version, kind, Instant.EPOCH, Access.OPEN, List.of(), "");
        return new Snapshot(change, new Part(part, Map.of("action", "edit"), "made for a test"), "");
    }

    static Entity with(Entity entity, String column, String value) {
        var cells = new LinkedHashMap<>(entity.cells());
        if (value.isEmpty()) cells.remove(column);
        else cells.put(column, value);
        return new Entity(entity.id(), cells, entity.sources(), entity.confidence(), entity.levels());
    }

    static Entity entity(String id) {
        return TABLES.find(id).orElseThrow();
    }

    static List<Observation> figures() {
        return TABLES.observations();
    }
}
