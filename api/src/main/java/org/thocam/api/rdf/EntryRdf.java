package org.thocam.api.rdf;

import java.io.OutputStream;
import org.thocam.dictionary.EntryGraphs;
import org.thocam.dictionary.KeptEntry;
import org.thocam.ontology.graph.KnowledgeGraph;

/** Writes an entry of a dictionary as OntoLex-Lemon: what the graph says of it, or will say once it has caught up. */
public final class EntryRdf {
    private EntryRdf() {}

    /**
     * The text that {@code entry} has: for readers {@link KeptEntry#asPublished}.
     *
     * @param ending the syntax by its usual file ending
     */
    public static void write(KnowledgeGraph graph, KeptEntry entry, String ending, OutputStream out) {
        Syntax.write(EntryGraphs.describe(entry.lexicon(), entry.id(), entry.entry(), graph.base()), ending, out);
    }
}
