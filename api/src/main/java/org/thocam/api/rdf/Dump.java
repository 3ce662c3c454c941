package org.thocam.api.rdf;

import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.query.TxnType;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.graph.GraphFactory;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.graph.DatasetDescription;
import org.thocam.ontology.graph.EntityGraphs;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.graph.Vocabulary;

/** Whole files of the graph, for those who want it at home. */
public final class Dump {
    private Dump() {}

    /** N-Triples of what everybody may see, whoever asks; written while it is read, so that it takes no memory. */
    public static void everything(KnowledgeGraph graph, Instant now, OutputStream out) {
        var visible = graph.visibleTo(Viewer.ANYBODY, now);
        visible.begin(TxnType.READ);
        try {
            var writer = StreamRDFWriter.getWriterStream(out, Lang.NTRIPLES);
            writer.start();
            var found = visible.getDefaultGraph().find(Node.ANY, Node.ANY, Node.ANY);
            try {
                while (found.hasNext()) writer.triple(found.next());
            } finally {
                found.close();
            }
            writer.finish();
        } finally {
            visible.end();
        }
    }

    /** @param ending ttl, nt or jsonld */
    public static void entities(KnowledgeGraph graph, Collection<Entity> entities, String ending, OutputStream out) {
        if (ending.equals("nt")) {
            var writer = StreamRDFWriter.getWriterStream(out, Lang.NTRIPLES);
            writer.start();
            for (var entity : entities)
                EntityGraphs.describe(entity, graph.base()).forEach(writer::triple);
            writer.finish();
            return;
        }
        var all = GraphFactory.createDefaultGraph();
        all.getPrefixMapping().setNsPrefixes(Vocabulary.PREFIXES);
        for (var entity : entities) EntityGraphs.describe(entity, graph.base()).forEach(all::add);
        RDFDataMgr.write(out, all, ending.equals("jsonld") ? RDFFormat.JSONLD : RDFFormat.TURTLE_BLOCKS);
    }

    /**
     * VoID and DCAT.
     *
     * @param files addresses with their media types
     * @param ending ttl, nt, rdf or jsonld
     */
    public static void description(
            KnowledgeGraph graph,
            Instant modified,
            long triples,
            Map<String, Long> entities,
            Map<String, String> files,
            String ending,
            OutputStream out) {
        var format =
                switch (ending) {
                    case "nt" -> RDFFormat.NTRIPLES_UTF8;
                    case "rdf" -> RDFFormat.RDFXML_PLAIN;
                    case "jsonld" -> RDFFormat.JSONLD;
                    default -> RDFFormat.TURTLE_PRETTY;
                };
        List<DatasetDescription.Dump> dumps = files.entrySet().stream()
                .map(file -> new DatasetDescription.Dump(file.getKey(), file.getValue(), -1))
                .toList();
        RDFDataMgr.write(out, DatasetDescription.of(graph.base(), modified, triples, entities, dumps), format);
    }
}
