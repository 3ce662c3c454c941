package org.thocam.ontology.exchange.rdf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;
import org.thocam.ontology.graph.Statement;
import org.thocam.ontology.graph.Statements;

/**
 * What the graph says of an item, as RDF 1.1 XML: the only format that is no table, for the graph has said already which fact is which
 * triple.
 */
public final class RdfDescription implements Crosswalk {
    public static final Crosswalk CROSSWALK = new RdfDescription();
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final MetadataFormat FORMAT =
            new MetadataFormat("rdf", "http://www.openarchives.org/OAI/2.0/rdf.xsd", RDF);

    // in one order, so that the same item is said in the same bytes
    private static final Map<String, String> PREFIXES = new TreeMap<>(Statements.PREFIXES);

    private RdfDescription() {}

    @Override
    public MetadataFormat format() {
        return FORMAT;
    }

    @Override
    public void write(CatalogueRecord record, XmlOut out) throws XMLStreamException {
        out.root("rdf", "RDF", FORMAT);
        for (var prefix : PREFIXES.entrySet())
            if (!prefix.getKey().equals("rdf")) out.namespace(prefix.getKey(), prefix.getValue());
        var subjects = new LinkedHashMap<String, List<Statement>>();
        for (var statement :
                Statements.of(record.item(), record.version(), record.links().base() + "/"))
            subjects.computeIfAbsent(statement.subject(), subject -> new ArrayList<>())
                    .add(statement);
        for (var subject : subjects.entrySet()) {
            out.start("rdf", "Description", RDF).attribute("rdf", "about", RDF, subject.getKey());
            for (var statement : subject.getValue()) write(statement, out);
            out.end();
        }
        out.end();
    }

    private static void write(Statement statement, XmlOut out) throws XMLStreamException {
        if (statement.value().isBlank()) return;
        out.start(statement.prefix(), statement.name(), Statements.PREFIXES.get(statement.prefix()));
        if (statement.resource()) out.attribute("rdf", "resource", RDF, statement.value());
        else {
            if (!statement.language().isEmpty()) out.language(statement.language());
            if (!statement.datatype().isEmpty()) out.attribute("rdf", "datatype", RDF, statement.datatype());
            out.text(statement.value());
        }
        out.end();
    }
}
