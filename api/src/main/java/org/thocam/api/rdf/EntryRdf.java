package org.thocam.api.rdf;

import java.io.OutputStream;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.sparql.graph.GraphFactory;
import org.thocam.dictionary.EntryGraphs;
import org.thocam.dictionary.KeptEntry;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.graph.Vocabulary;

/** Writes an entry of a dictionary as OntoLex-Lemon: what the graph says of it, or will say once it has caught up. */
public final class EntryRdf {
    private EntryRdf() {}

    /**
     * The text that {@code entry} has: for readers {@link KeptEntry#asPublished}.
     *
     * @param ending the syntax by its usual file ending
     */
    public static void write(KnowledgeGraph graph, KeptEntry entry, String ending, OutputStream out) {
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
        EntryGraphs.describe(entry.lexicon(), entry.id(), entry.entry(), graph.base())
                .forEach(said::add);
        RDFDataMgr.write(out, said, format);
    }
}
