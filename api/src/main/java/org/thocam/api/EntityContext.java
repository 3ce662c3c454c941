package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.graph.EntityTerms;
import org.thocam.ontology.graph.Vocabulary;

/**
 * The JSON-LD 1.1 context of {@link ShownEntity}: it makes the statements of the entity's graph out of the JSON. What a column means
 * depends on the type, so each type has a context of its own (JSON-LD 1.1, section 4.1.3); what follows from all tables is no statement
 * of this entity and is passed over.
 */
final class EntityContext {
    private static final String DOCUMENT = make().toString();

    private EntityContext() {}

    static String document() {
        return DOCUMENT;
    }

    private static ObjectNode make() {
        var document = ItemJson.MAPPER.createObjectNode();
        var context = document.putObject("@context").put("@version", 1.1);
        context.put("type", "@type");
        context.put("id", Vocabulary.DCTERMS + "identifier");
        term(context, "label", Vocabulary.SKOS + "prefLabel").put("@container", "@language");
        term(context, "description", Vocabulary.DCTERMS + "description").put("@container", "@language");
        term(context, "otherNames", Vocabulary.SKOS + "altLabel").put("@container", "@set");
        term(context, "datedNames", Vocabulary.SKOS + "hiddenLabel").put("@container", "@set");
        context.put("facts", "@nest").put("links", "@nest");
        for (var kind : EntityKind.values()) {
            var type = term(context, kind.word(), EntityTerms.type(kind));
            var columns = type.putObject("@context");
            EntityTerms.texts(kind).forEach((column, iri) -> columns.put(ShownEntity.key(column), iri));
            EntityTerms.years(kind)
                    .forEach((column, iri) -> term(columns, column, iri).put("@type", Vocabulary.XSD + "gYear"));
            EntityTerms.links(kind)
                    .forEach((column, iri) ->
                            term(columns, column, iri).put("@type", "@id").put("@container", "@set"));
        }
        return document;
    }

    private static ObjectNode term(ObjectNode context, String name, String iri) {
        return context.putObject(name).put("@id", iri);
    }
}
