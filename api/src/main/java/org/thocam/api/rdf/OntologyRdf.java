package org.thocam.api.rdf;

import java.io.StringReader;
import java.io.StringWriter;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.sparql.graph.GraphFactory;

/** The vocabulary and its shapes in other syntaxes than the Turtle that they are kept in. */
public final class OntologyRdf {
    private OntologyRdf() {}

    /** @param mediaType of N-Triples, RDF/XML or JSON-LD */
    public static String of(String turtle, String mediaType) {
        var lang = RDFLanguages.contentTypeToLang(mediaType);
        if (lang == null) throw new IllegalArgumentException("'" + mediaType + "': want a syntax of RDF");
        var graph = GraphFactory.createDefaultGraph();
        RDFDataMgr.read(graph, new StringReader(turtle), null, Lang.TURTLE);
        var text = new StringWriter();
        RDFWriter.source(graph).lang(lang).build().output(text);
        return text.toString();
    }
}
