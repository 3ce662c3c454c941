package org.thocam.api.oai;

import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.exchange.XmlOut;

/** What stands in an answer beside its date and its request. OAI-PMH 2.0, section 3.2. */
interface OaiResponse {
    void write(XmlOut xml) throws XMLStreamException;
}
