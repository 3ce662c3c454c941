package org.thocam.api.rdf;

import java.io.OutputStream;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.sparql.graph.GraphFactory;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.graph.EntityGraphs;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.graph.Vocabulary;

/** Writes an entity: what the graph says of it, or will say once it has caught up. */
public final class AuthorityRdf {
    private AuthorityRdf() {}

    /** @param ending the syntax by its usual file ending: ttl, nt, rdf or jsonld */
    public static void write(KnowledgeGraph graph, Entity entity, String ending, OutputStream out) {
        var format =
                switch (ending) {
                    case "ttl" -> RDFFormat.TURTLE_PRETTY;
                    case "nt" -> RDFFormat.NTRIPLES_UTF8;
                    case "rdf" -> RDFFormat.RDFXML_PLAIN;
                    case "jsonld" -> RDFFormat.JSONLD;
                    default -> throw new IllegalArgumentException("'" + ending + "': want ttl, nt, rdf or jsonld");
                };
        var said = GraphFactory.createDefaultGraph();
        said.getPrefixMapping().setNsPrefixes(Vocabulary.PREFIXES);
        EntityGraphs.describe(entity, graph.base()).forEach(said::add);
        RDFDataMgr.write(out, said, format);
    }
}
