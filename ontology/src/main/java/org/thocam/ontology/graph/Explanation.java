package org.thocam.ontology.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.jena.graph.Triple;
import org.thocam.ontology.entity.Containment;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.Register;

/** On which cells of the tables a statement of the graph rests. */
public final class Explanation {
    private Explanation() {}

    /**
     * A cell of a table, or the member of it that counts.
     *
     * @param column its name, as the table has it
     */
    public record Cell(String entity, String column, String value) {}

    /**
     * The cells that a statement rests on, in the order in which one leads to the next; empty where the graph does not say it.
     *
     * @param base where identities begin, with a slash at its end
     * @param subject IRI of an entity
     * @param property IRI
     * @param object IRI of an entity
     */
    public static List<Cell> of(Register register, String base, String subject, String property, String object) {
        var ids = base + "id/";
        if (!subject.startsWith(ids) || !object.startsWith(ids)) return List.of();
        var from = subject.substring(ids.length());
        var to = object.substring(ids.length());
        if (property.equals(Vocabulary.THOCAM + "within"))
            return Containment.of(register).why(from, to).orElse(List.of()).stream()
                    .map(step -> new Cell(step.place(), step.column(), step.in()))
                    .toList();
        var statement = Triple.create(Words.iri(subject), Words.iri(property), Words.iri(object));
        var cells = new ArrayList<Cell>();
        register.find(from).ifPresent(entity -> cells.addAll(cells(entity, to, statement, base)));
        register.find(to).ifPresent(entity -> cells.addAll(cells(entity, from, statement, base)));
        return List.copyOf(cells);
    }

    private static List<Cell> cells(Entity entity, String other, Triple statement, String base) {
        var cells = new ArrayList<Cell>();
        for (var entry : EntityColumns.links(entity.kind()).entrySet()) {
            var link = entry.getValue();
            if (!entity.list(entry.getKey()).contains(other)) continue;
            var self = Words.iri(base + "id/" + entity.id());
            var that = Words.iri(base + "id/" + other);
            boolean says = Triple.create(self, link.property(), that).equals(statement)
                    || link.inverse()
                            .map(inverse -> Triple.create(that, inverse, self))
                            .filter(statement::equals)
                            .isPresent();
            if (says) cells.add(new Cell(entity.id(), entry.getKey(), other));
        }
        cells.sort(Comparator.comparing(Cell::column));
        return cells;
    }
}
