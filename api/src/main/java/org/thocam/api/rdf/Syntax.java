package org.thocam.api.rdf;

import java.io.OutputStream;
import java.util.Collection;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.sparql.graph.GraphFactory;
import org.thocam.ontology.graph.Vocabulary;

/** The syntaxes that entries and entities are written in, by their usual file endings. */
final class Syntax {
    private Syntax() {}

    static void write(Collection<Triple> said, String ending, OutputStream out) {
        var format =
                switch (ending) {
                    case "ttl" -> RDFFormat.TURTLE_PRETTY;
                    case "nt" -> RDFFormat.NTRIPLES_UTF8;
                    case "rdf" -> RDFFormat.RDFXML_PLAIN;
                    case "jsonld" -> RDFFormat.JSONLD;
                    default -> throw new IllegalArgumentException("'" + ending + "': want ttl, nt, rdf or jsonld");
                };
        var graph = GraphFactory.createDefaultGraph();
        graph.getPrefixMapping().setNsPrefixes(Vocabulary.PREFIXES);
        said.forEach(graph::add);
        RDFDataMgr.write(out, graph, format);
    }
}
