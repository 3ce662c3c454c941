package org.thocam.ontology.graph;

import static org.thocam.ontology.graph.Words.iri;
import static org.thocam.ontology.graph.Words.text;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.sparql.graph.GraphFactory;

/** The knowledge graph as a data set, in VoID (W3C note of 2011) and DCAT 3. */
public final class DatasetDescription {
    private static final List<String> VOCABULARIES = List.of(
            Vocabulary.THOCAM,
            Vocabulary.SKOS,
            Vocabulary.DCTERMS,
            Vocabulary.SCHEMA,
            Vocabulary.GEO,
            Vocabulary.ONTOLEX,
            Vocabulary.PROV,
            Vocabulary.QB,
            Vocabulary.EDM);

    private DatasetDescription() {}

    /**
     * A file that has all of it, or what everybody may see of it.
     *
     * @param address where it is
     * @param mediaType such as {@code application/n-quads}
     * @param bytes its size; below 0 where nobody knows
     */
    public record Dump(String address, String mediaType, long bytes) {}

    /**
     * @param base where identities begin, with a slash at its end
     * @param modified when what it says last changed
     * @param triples that the asker may see
     * @param entities how many of each kind the asker may see, by the local name of their class, such as {@code Festival}
     */
    public static Model of(String base, Instant modified, long triples, Map<String, Long> entities, List<Dump> dumps) {
        var graph = GraphFactory.createDefaultGraph();
        graph.getPrefixMapping().setNsPrefixes(Vocabulary.PREFIXES);
        var set = iri(base + ".well-known/void#dataset");
        say(graph, set, "rdf:type", Words.of("void:Dataset"));
        say(graph, set, "rdf:type", Words.of("dcat:Dataset"));
        say(graph, set, "dcterms:title", text("Thocam knowledge graph", "en"));
        say(graph, set, "dcterms:title", text("Đồ thị tri thức Thocam", "vi"));
        say(
                graph,
                set,
                "dcterms:description",
                text(
                        "Peoples, languages, festivals, crafts, customs and places of Viet Nam, and what is held about them.",
                        "en"));
        say(
                graph,
                set,
                "dcterms:description",
                text(
                        "Các dân tộc, ngôn ngữ, lễ hội, nghề, phong tục, địa danh của Việt Nam và tài liệu về các đề tài đó.",
                        "vi"));
        say(graph, set, "dcterms:modified", Words.typed(modified.toString(), XSDDatatype.XSDdateTime));
        say(graph, set, "void:uriSpace", text(base + "id/"));
        say(graph, set, "void:sparqlEndpoint", iri(base + "sparql"));
        say(graph, set, "void:triples", Words.integer(triples));
        say(
                graph,
                set,
                "void:entities",
                Words.integer(
                        entities.values().stream().mapToLong(Long::longValue).sum()));
        for (var vocabulary : VOCABULARIES) say(graph, set, "void:vocabulary", iri(vocabulary));
        entities.forEach((kind, count) -> {
            var part = iri(base + ".well-known/void#" + kind);
            say(graph, set, "void:classPartition", part);
            say(graph, part, "rdf:type", Words.of("void:Dataset"));
            say(graph, part, "void:class", Words.ours(kind));
            say(graph, part, "void:entities", Words.integer(count));
        });
        int number = 0;
        for (var dump : dumps) distribution(graph, set, iri(base + ".well-known/void#dump-" + ++number), dump);
        var service = iri(base + ".well-known/void#sparql");
        say(graph, service, "rdf:type", Words.of("dcat:DataService"));
        say(graph, service, "dcterms:title", text("SPARQL 1.1", "en"));
        say(graph, service, "dcat:endpointURL", iri(base + "sparql"));
        say(graph, service, "dcat:servesDataset", set);
        return ModelFactory.createModelForGraph(graph);
    }

    private static void distribution(Graph graph, Node set, Node file, Dump dump) {
        say(graph, set, "void:dataDump", iri(dump.address));
        say(graph, set, "dcat:distribution", file);
        say(graph, file, "rdf:type", Words.of("dcat:Distribution"));
        say(graph, file, "dcat:downloadURL", iri(dump.address));
        say(graph, file, "dcat:mediaType", iri("https://www.iana.org/assignments/media-types/" + dump.mediaType));
        if (dump.bytes >= 0) say(graph, file, "dcat:byteSize", Words.integer(dump.bytes));
    }

    private static void say(Graph graph, Node subject, String property, Node value) {
        graph.add(subject, Words.of(property), value);
    }
}
