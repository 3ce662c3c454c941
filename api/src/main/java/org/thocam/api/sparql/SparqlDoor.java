package org.thocam.api.sparql;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.jena.fuseki.server.DataAccessPoint;
import org.apache.jena.fuseki.server.DataAccessPointRegistry;
import org.apache.jena.fuseki.server.DataService;
import org.apache.jena.fuseki.server.Operation;
import org.apache.jena.fuseki.server.OperationRegistry;
import org.apache.jena.fuseki.system.FusekiCore;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.graph.KnowledgeGraph;

/**
 * The SPARQL door: Fuseki on the engine's own port. {@code /sparql} answers queries (SPARQL 1.1 Protocol, section 2.1) and
 * {@code /sparql/data} gives graphs (Graph Store HTTP Protocol, GET and HEAD). The one graph there is holds all that the caller may
 * see. Nothing can be written, and no query reaches out of the graph.
 */
public final class SparqlDoor {
    private final Supplier<KnowledgeGraph> graph;
    private final Function<HttpServletRequest, Viewer> viewerOf;
    private final Predicate<HttpServletRequest> mayWrite;
    private final Limits limits;

    /**
     * @param graph asked anew at each request, because a rebuild puts another in its place
     * @param viewerOf what the caller may see
     * @param mayWrite whether the caller has a token that may write elsewhere: it decides which refusal a write gets
     */
    public SparqlDoor(
            Supplier<KnowledgeGraph> graph,
            Function<HttpServletRequest, Viewer> viewerOf,
            Predicate<HttpServletRequest> mayWrite,
            Limits limits) {
        this.graph = graph;
        this.viewerOf = viewerOf;
        this.mayWrite = mayWrite;
        this.limits = limits;
    }

    /** Opens the door at {@code /sparql} of a context that is not started yet. */
    public void mount(ServletContextHandler context) {
        FusekiCore.init();
        var answering = new Answering(graph, limits);
        var operations = OperationRegistry.createEmpty();
        operations.register(Operation.Query, new VisibleQuery(answering, limits));
        operations.register(Operation.GSP_R, new VisibleGraphs(answering));
        // Fuseki wants a dataset of its own; ours is another for each caller, so this one stays empty.
        var service = DataService.newBuilder(DatasetGraphFactory.createTxnMem())
                .addEndpoint(Operation.Query)
                .addEndpoint(Operation.Query, "query")
                .addEndpoint(Operation.GSP_R, "data")
                .build();
        service.setEndpointProcessors(operations);
        service.goActive();
        var points = new DataAccessPointRegistry();
        points.register(new DataAccessPoint("/sparql", service));
        OperationRegistry.set(context.getServletContext(), operations);
        DataAccessPointRegistry.set(context.getServletContext(), points);
        context.setMaxFormContentSize(Math.max(context.getMaxFormContentSize(), limits.formBytes()));
        var filter = new FilterHolder(new SparqlFilter(viewerOf, mayWrite, limits));
        context.addFilter(filter, "/sparql/*", EnumSet.of(DispatcherType.REQUEST));
    }
}
