package org.thocam.ontology.graph;

import java.util.Map;
import java.util.TreeMap;
import org.apache.jena.graph.Node;
import org.thocam.ontology.entity.Column;
import org.thocam.ontology.entity.EntityKind;

/** Which property of the graph says what stands in a column, for those who write the same in another syntax of RDF. */
public final class EntityTerms {
    private EntityTerms() {}

    /** The class that every entity of a kind is of. */
    public static String type(EntityKind kind) {
        return Vocabulary.THOCAM + name(kind);
    }

    /** The local name of {@link #type}. */
    public static String name(EntityKind kind) {
        return switch (kind) {
            case FESTIVAL -> "Practice";
            case HERITAGE -> "Inscription";
            default -> kind.name().charAt(0) + kind.word().substring(1);
        };
    }

    /** The IRIs of the properties whose value is the text of the column, or each of its members, as a plain literal. */
    public static Map<String, String> texts(EntityKind kind) {
        return terms(kind, column -> EntityColumns.text(kind, column.name()));
    }

    /** The IRIs of the properties whose value is a year. */
    public static Map<String, String> years(EntityKind kind) {
        return terms(kind, column -> EntityColumns.year(column.name()));
    }

    /** The IRIs of the properties that point to the entities that the column names. */
    public static Map<String, String> links(EntityKind kind) {
        return terms(kind, column -> EntityColumns.link(kind, column.name()).map(EntityColumns.Link::property));
    }

    private static Map<String, String> terms(
            EntityKind kind, java.util.function.Function<Column, java.util.Optional<Node>> of) {
        var terms = new TreeMap<String, String>();
        for (var column : kind.columns())
            of.apply(column).ifPresent(property -> terms.put(column.name(), property.getURI()));
        return terms;
    }
}
