package org.thocam.api.rdf;

import java.io.OutputStream;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.graph.EntityGraphs;
import org.thocam.ontology.graph.KnowledgeGraph;

/** Writes an entity: what the graph says of it, or will say once it has caught up. */
public final class AuthorityRdf {
    private AuthorityRdf() {}

    /** @param ending the syntax by its usual file ending: ttl, nt, rdf or jsonld */
    public static void write(KnowledgeGraph graph, Entity entity, String ending, OutputStream out) {
        Syntax.write(EntityGraphs.describe(entity, graph.base()), ending, out);
    }
}
