package org.thocam.api.sparql;

import org.apache.jena.fuseki.servlets.GSP_R;
import org.apache.jena.fuseki.servlets.HttpAction;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.web.HttpNames;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;

/** Fuseki's reading half of the SPARQL 1.1 Graph Store HTTP Protocol, for the graphs that the caller may see. */
final class VisibleGraphs extends GSP_R {
    private final Answering answering;

    VisibleGraphs(Answering answering) {
        this.answering = answering;
    }

    @Override
    public void validate(HttpAction action) {
        if (isQuads(action))
            SparqlFilter.refuse(
                    action.getRequest(),
                    Refusal.malformed("Say which graph: ?default for all that you may see, ?graph=ITEM for one item."));
        super.validate(action);
    }

    @Override
    protected DatasetGraph decideDataset(HttpAction action) {
        var viewer = SparqlFilter.viewer(action.getRequest());
        var iri = action.getRequestParameter(HttpNames.paramGraph);
        var dataset = DatasetGraphFactory.createGeneral();
        try {
            if (iri == null || iri.equals(HttpNames.graphTargetDefault))
                return DatasetGraphFactory.wrap(answering.all(viewer));
            dataset.addGraph(NodeFactory.createURI(iri), answering.item(iri, viewer));
        } catch (Refusal refusal) {
            SparqlFilter.refuse(action.getRequest(), refusal);
        }
        return dataset;
    }
}
