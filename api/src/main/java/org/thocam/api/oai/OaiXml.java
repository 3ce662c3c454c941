package org.thocam.api.oai;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;

/** One answer around what it says. OAI-PMH 2.0, section 3.2. */
final class OaiXml {
    private static final MetadataFormat OAI = new MetadataFormat(
            "", "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd", "http://www.openarchives.org/OAI/2.0/");

    private OaiXml() {}

    static byte[] document(String baseUrl, Map<String, String> arguments, Instant responseDate, OaiResponse response)
            throws XMLStreamException {
        var out = new StringWriter(16_384);
        var page = new XmlOut(out);
        page.root("", "OAI-PMH", OAI)
                .element("responseDate", stamp(responseDate))
                .start("request");
        if (!(response instanceof OaiError error) || error.echoesArguments())
            for (var argument : arguments.entrySet()) page.attribute(argument.getKey(), argument.getValue());
        page.text(baseUrl).end();
        response.write(page);
        page.end().flush();
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + out + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static String stamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
