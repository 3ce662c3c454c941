package org.thocam.api.sru;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.sru.SruRequest.Operation;
import org.thocam.index.search.ListedTerms;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.XmlOut;

/** Writes one response, its elements in the order of the schema. SRU 1.2, "Response" of each operation. */
final class SruResponse {
    static final String NAMESPACE = "http://www.loc.gov/zing/srw/";
    private static final Logger LOG = LoggerFactory.getLogger(SruResponse.class);
    private static final String PREFIX = "zs";

    private final StringWriter out = new StringWriter(16_384);
    private final XmlOut xml = new XmlOut(out);
    private final Operation operation;
    private final Arguments arguments;

    SruResponse(Operation operation, Arguments arguments) throws XMLStreamException {
        this.operation = operation;
        this.arguments = arguments;
        start(operation.word + "Response").xml.namespace(PREFIX, NAMESPACE);
        element("version", arguments.answered());
    }

    byte[] bytes() throws XMLStreamException {
        xml.end().flush();
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + out + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A response that has nothing but what is wrong; one of explain has its record in any case. */
    SruResponse refused(Diagnostic diagnostic, Explanation explanation) throws XMLStreamException {
        if (operation == Operation.SEARCH_RETRIEVE) element("numberOfRecords", "0");
        if (operation == Operation.EXPLAIN) explanation(explanation, false);
        return echo().diagnostics(List.of(diagnostic));
    }

    SruResponse explanation(Explanation explanation, boolean packed) throws XMLStreamException {
        return record(Explanation.NAMESPACE, packed, fragment(explanation::write), Optional.empty(), 0);
    }

    SruResponse found(long total) throws XMLStreamException {
        return element("numberOfRecords", String.valueOf(total));
    }

    /** @param first the position of the first one */
    SruResponse records(List<CatalogueRecord> records, int first, SruRequest.SearchRetrieve asked)
            throws XMLStreamException {
        if (records.isEmpty()) return this;
        start("records");
        int position = first;
        for (var record : records) {
            var id = Optional.of(record.id().value());
            Optional<Diagnostic> fault = Optional.empty();
            var data = "";
            var crosswalk = asked.schema().crosswalk();
            try {
                if (crosswalk.fits(record)) data = fragment(part -> crosswalk.write(record, part));
                else fault = Optional.of(Diagnostic.of(67, asked.schema().uri()));
            } catch (RuntimeException e) {
                // one record that cannot be said must not keep back the others
                LOG.error(
                        "item {} {} could not be written as {}",
                        record.id(),
                        record.version(),
                        asked.schema().uri(),
                        e);
                fault = Optional.of(Diagnostic.of(64, record.id().value()));
            }
            if (fault.isPresent())
                record(Diagnostic.SCHEMA, asked.packed(), fragment(fault.get()::write), id, position++);
            else record(asked.schema().uri(), asked.packed(), data, id, position++);
        }
        xml.end();
        return this;
    }

    private SruResponse record(String schema, boolean packed, String data, Optional<String> id, int position)
            throws XMLStreamException {
        start("record").element("recordSchema", schema).element("recordPacking", packed ? "string" : "xml");
        start("recordData");
        if (packed) xml.text(data);
        else xml.raw(data);
        xml.end();
        if (id.isPresent() && arguments.answered().equals("1.2")) element("recordIdentifier", id.get());
        if (position > 0) element("recordPosition", String.valueOf(position));
        xml.end();
        return this;
    }

    SruResponse next(long position) throws XMLStreamException {
        return element("nextRecordPosition", String.valueOf(position));
    }

    SruResponse terms(ListedTerms listed) throws XMLStreamException {
        var terms = listed.terms();
        if (terms.isEmpty()) return this;
        start("terms");
        for (int i = 0; i < terms.size(); i++) {
            var term = terms.get(i);
            boolean first = i == 0 && listed.fromFirst();
            boolean last = i == terms.size() - 1 && listed.toLast();
            start("term").element("value", term.term()).element("numberOfRecords", String.valueOf(term.items()));
            element("displayTerm", term.shown());
            element("whereInList", first && last ? "only" : first ? "first" : last ? "last" : "inner");
            xml.end();
        }
        xml.end();
        return this;
    }

    /** What was asked, in the order of the schema. */
    SruResponse echo() throws XMLStreamException {
        start("echoed" + Character.toUpperCase(operation.word.charAt(0)) + operation.word.substring(1) + "Request");
        element("version", arguments.answered());
        for (var name : operation.parameters)
            if (!name.equals("version")
                    && !name.equals("operation")
                    && arguments.values().containsKey(name))
                element(name, arguments.values().get(name));
        xml.end();
        return this;
    }

    SruResponse diagnostics(List<Diagnostic> diagnostics) throws XMLStreamException {
        if (diagnostics.isEmpty()) return this;
        start("diagnostics");
        for (var diagnostic : diagnostics) diagnostic.write(xml);
        xml.end();
        return this;
    }

    private SruResponse start(String name) throws XMLStreamException {
        xml.start(PREFIX, name, NAMESPACE);
        return this;
    }

    private SruResponse element(String name, String text) throws XMLStreamException {
        xml.element(PREFIX, name, NAMESPACE, text);
        return this;
    }

    private interface Part {
        void write(XmlOut xml) throws XMLStreamException;
    }

    private static String fragment(Part part) throws XMLStreamException {
        var text = new StringWriter();
        var xml = new XmlOut(text);
        part.write(xml);
        xml.flush();
        return text.toString();
    }
}
