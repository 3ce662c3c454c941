package org.thocam.api.sru;

import java.net.URI;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.thocam.index.search.cql.ContextSet;
import org.thocam.index.search.cql.CqlIndex;
import org.thocam.ontology.exchange.XmlOut;

/** What this server can do, as a ZeeRex record. ZeeRex 2.0; SRU 1.2, "Explain". */
record Explanation(SruServer server, String base, String version, List<RecordSchema> schemas) {
    static final String NAMESPACE = "http://explain.z3950.org/dtd/2.0/";

    void write(XmlOut xml) throws XMLStreamException {
        xml.start("", "explain", NAMESPACE).namespace("", NAMESPACE);
        serverInfo(xml);
        xml.start("databaseInfo");
        xml.start("title")
                .attribute("lang", "en")
                .attribute("primary", "true")
                .text(server.name())
                .end();
        xml.start("description").attribute("lang", "en").attribute("primary", "true");
        xml.text(
                "Items of a digital library of the peoples of Viet Nam, described in their own languages and scripts.");
        xml.end().element("contact", server.adminEmail()).end();
        indexInfo(xml);
        schemaInfo(xml);
        configInfo(xml);
        xml.end();
    }

    private void serverInfo(XmlOut xml) throws XMLStreamException {
        var address = URI.create(base + "/sru");
        int port = address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
        xml.start("serverInfo").attribute("protocol", "SRU").attribute("version", version);
        xml.attribute("transport", address.getScheme()).attribute("method", "GET POST");
        xml.element("host", address.getHost()).element("port", String.valueOf(port));
        xml.element("database", address.getPath().substring(1)).end();
    }

    private static void indexInfo(XmlOut xml) throws XMLStreamException {
        xml.start("indexInfo");
        for (var set : ContextSet.values())
            xml.start("set")
                    .attribute("identifier", set.uri())
                    .attribute("name", set.prefix())
                    .end();
        for (var index : CqlIndex.values()) {
            if (index == CqlIndex.RESULT_SET) continue;
            xml.start("index").attribute("search", "true");
            xml.attribute("scan", String.valueOf(!index.listed().isEmpty()));
            xml.attribute("sort", String.valueOf(index.sorts()));
            xml.start("title").attribute("lang", "en").text(index.title()).end();
            for (var name : index.names()) {
                int dot = name.indexOf('.');
                xml.start("map").start("name").attribute("set", name.substring(0, dot));
                xml.text(name.substring(dot + 1)).end().end();
            }
            xml.end();
        }
        xml.end();
    }

    private void schemaInfo(XmlOut xml) throws XMLStreamException {
        xml.start("schemaInfo");
        for (var schema : schemas) {
            xml.start("schema").attribute("name", schema.name()).attribute("identifier", schema.uri());
            xml.attribute("location", schema.crosswalk().format().schema());
            xml.attribute("retrieve", "true").attribute("sort", "false");
            xml.start("title")
                    .attribute("lang", "en")
                    .text(schema.title())
                    .end()
                    .end();
        }
        xml.end();
    }

    private static void configInfo(XmlOut xml) throws XMLStreamException {
        xml.start("configInfo");
        configured(xml, "default", "numberOfRecords", String.valueOf(SruRequest.USUAL_RECORDS));
        configured(xml, "default", "contextSet", "dc");
        configured(xml, "default", "retrieveSchema", RecordSchema.usual().uri());
        configured(xml, "setting", "maximumRecords", String.valueOf(SruRequest.MOST_RECORDS));
        for (var relation : List.of(
                "=", "==", "<>", "<", "<=", ">", ">=", "any", "all", "exact", "adj", "within", "encloses", "scr"))
            configured(xml, "supports", "relation", relation);
        for (var modifier : List.of(
                "relevant",
                "word",
                "string",
                "masked",
                "unmasked",
                "ignoreCase",
                "ignoreAccents",
                "respectAccents",
                "isoDate")) configured(xml, "supports", "relationModifier", modifier);
        configured(xml, "supports", "maskingCharacter", "*");
        configured(xml, "supports", "maskingCharacter", "?");
        configured(xml, "supports", "anchoring", "^");
        configured(xml, "supports", "scan", "");
        configured(xml, "supports", "sort", "");
        xml.end();
    }

    private static void configured(XmlOut xml, String element, String type, String value) throws XMLStreamException {
        xml.start(element).attribute("type", type).text(value).end();
    }
}
