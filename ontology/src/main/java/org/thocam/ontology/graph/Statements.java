package org.thocam.ontology.graph;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Triple;
import org.thocam.ontology.Item;
import org.thocam.ontology.Version;

/** What the graph says of an item, for formats that write RDF themselves. */
public final class Statements {
    /** The vocabularies of the statements, by prefix. */
    public static final Map<String, String> PREFIXES = Map.ofEntries(
            entry("dcterms", Vocabulary.DCTERMS),
            entry("edm", Vocabulary.EDM),
            entry("geo", Vocabulary.GEO),
            entry("premis", Vocabulary.PREMIS),
            entry("rdf", Vocabulary.RDF),
            entry("rdfs", Vocabulary.RDFS),
            entry("thocam", Vocabulary.THOCAM));

    private Statements() {}

    /** @param base where identities begin, with a slash at its end */
    public static List<Statement> of(Item item, Version version, String base) {
        return ItemDescription.of(item, version, base).stream()
                .map(Statements::statement)
                .toList();
    }

    private static Statement statement(Triple triple) {
        var subject = triple.getSubject().getURI();
        var property = triple.getPredicate().getURI();
        var prefix = PREFIXES.entrySet().stream()
                .filter(vocabulary -> property.startsWith(vocabulary.getValue()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no prefix for " + property))
                .getKey();
        var name = property.substring(PREFIXES.get(prefix).length());
        var object = triple.getObject();
        if (object.isURI()) return new Statement(subject, prefix, name, true, object.getURI(), "", "");
        var datatype = object.getLiteralDatatype();
        boolean plain = datatype.equals(XSDDatatype.XSDstring)
                || !object.getLiteralLanguage().isEmpty();
        return new Statement(
                subject,
                prefix,
                name,
                false,
                object.getLiteralLexicalForm(),
                object.getLiteralLanguage(),
                plain ? "" : datatype.getURI());
    }
}
