package org.thocam.api.sparql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.jena.fuseki.servlets.HttpAction;
import org.apache.jena.fuseki.servlets.Responses;
import org.apache.jena.fuseki.servlets.SPARQL_QueryDataset;
import org.apache.jena.fuseki.servlets.ServletOps;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.web.HttpNames;
import org.apache.jena.sparql.core.Prologue;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;

/** Fuseki's query operation, answered from what the caller may see. SPARQL 1.1 Protocol, section 2.1; Service Description. */
final class VisibleQuery extends SPARQL_QueryDataset {
    private static final String SD = "http://www.w3.org/ns/sparql-service-description#";

    private final Answering answering;
    private final Limits limits;

    VisibleQuery(Answering answering, Limits limits) {
        this.answering = answering;
        this.limits = limits;
    }

    @Override
    public void validate(HttpAction action) {
        if (!asksForDescription(action)) super.validate(action);
    }

    @Override
    protected void validateRequest(HttpAction action) {
        for (var parameter : new String[] {HttpNames.paramDefaultGraphURI, HttpNames.paramNamedGraphURI})
            if (action.getRequestParameter(parameter) != null)
                SparqlFilter.refuse(action.getRequest(), Answering.noOtherGraphs(parameter + " is"));
    }

    @Override
    protected void executeWithParameter(HttpAction action) {
        if (asksForDescription(action))
            Responses.doResponseGraph(
                    action, description(action.getRequestRequestURL().toString()));
        else super.executeWithParameter(action);
    }

    @Override
    protected void executeBody(HttpAction action) {
        try {
            // UTF-8 has at most three bytes for a char.
            int most = 3 * limits.queryLength();
            var body = action.getRequestInputStream().readNBytes(most + 1);
            if (body.length > most) SparqlFilter.refuse(action.getRequest(), Refusal.tooLong(limits));
            execute(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString(),
                    action);
        } catch (CharacterCodingException e) {
            SparqlFilter.refuse(action.getRequest(), Refusal.malformed("The query is not UTF-8."));
        } catch (IOException e) {
            ServletOps.errorBadRequest("The query did not arrive: " + e.getMessage());
        }
    }

    @Override
    protected void execute(String query, HttpAction action) {
        try {
            sendResults(action, answering.answer(query, SparqlFilter.viewer(action.getRequest())), new Prologue());
        } catch (Refusal refusal) {
            SparqlFilter.refuse(action.getRequest(), refusal);
        }
    }

    private static boolean asksForDescription(HttpAction action) {
        return action.getRequestMethod().equals(HttpNames.METHOD_GET)
                && action.getRequestParameter(HttpNames.paramQuery) == null;
    }

    private static Graph description(String endpoint) {
        var graph = GraphFactory.createDefaultGraph();
        graph.getPrefixMapping().setNsPrefix("sd", SD);
        var service = NodeFactory.createURI(endpoint);
        graph.add(service, RDF.type.asNode(), sd("Service"));
        graph.add(service, sd("endpoint"), service);
        graph.add(service, sd("supportedLanguage"), sd("SPARQL11Query"));
        graph.add(service, sd("feature"), sd("UnionDefaultGraph"));
        for (var format : new String[] {
            "SPARQL_Results_JSON",
            "SPARQL_Results_XML",
            "SPARQL_Results_CSV",
            "SPARQL_Results_TSV",
            "Turtle",
            "N-Triples",
            "RDF_XML",
            "JSON-LD"
        }) graph.add(service, sd("resultFormat"), NodeFactory.createURI("http://www.w3.org/ns/formats/" + format));
        return graph;
    }

    private static Node sd(String name) {
        return NodeFactory.createURI(SD + name);
    }
}
