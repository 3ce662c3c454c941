package org.thocam.api.rdf;

import java.io.OutputStream;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.thocam.ontology.Item;
import org.thocam.ontology.Version;
import org.thocam.ontology.graph.KnowledgeGraph;

/** Writes what the graph says of an item. The only place of the REST doors that knows Jena. */
public final class ItemRdf {
    private ItemRdf() {}

    /** The syntaxes by their usual file endings. */
    public static void write(KnowledgeGraph graph, Item item, Version version, String ending, OutputStream out) {
        var format =
                switch (ending) {
                    case "ttl" -> RDFFormat.TURTLE_PRETTY;
                    case "nt" -> RDFFormat.NTRIPLES_UTF8;
                    case "rdf" -> RDFFormat.RDFXML_PLAIN;
                    default -> throw new IllegalArgumentException("'" + ending + "': want ttl, nt or rdf");
                };
        RDFDataMgr.write(out, graph.describe(item, version), format);
    }
}
