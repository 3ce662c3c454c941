package org.thocam.dictionary.exchange;

import com.ctc.wstx.api.WstxInputProperties;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/** A document, element by element. A document type declaration is refused, so that no entity is ever resolved. */
public final class XmlStream {
    private static final int DEEPEST = 200;
    /** Characters of one element that is read as a whole. */
    private static final int LARGEST = 8 << 20;

    private static final XMLInputFactory2 FACTORY = factory();
    private static final String XML = "http://www.w3.org/XML/1998/namespace";

    private final XMLStreamReader reader;

    /** @throws FormatException if it is not XML */
    public XmlStream(InputStream in) throws FormatException {
        try {
            reader = FACTORY.createXMLStreamReader(in);
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    private static XMLInputFactory2 factory() {
        var factory = (XMLInputFactory2) new com.ctc.wstx.stax.WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEEPEST);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, LARGEST);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 1 << 20);
        return factory;
    }

    /** The next start tag: its name and attributes alone; what it holds comes next, or at once by {@link #whole}. */
    public Optional<XmlTree> next() throws FormatException {
        try {
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD)
                    throw fault(
                            line(),
                            "not-well-formed",
                            "a document type declaration is not read; remove <!DOCTYPE ...>");
                if (event == XMLStreamConstants.START_ELEMENT) return Optional.of(started());
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    /** All that stands in the element whose start tag came last. */
    public XmlTree whole(XmlTree element) throws FormatException {
        var open = new ArrayDeque<XmlTree>();
        open.push(element);
        int size = 0;
        try {
            while (!open.isEmpty()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    var child = started();
                    open.peek().add(child);
                    open.push(child);
                    size += 100;
                } else if (event == XMLStreamConstants.END_ELEMENT) open.pop();
                else if (event == XMLStreamConstants.CHARACTERS
                        || event == XMLStreamConstants.CDATA
                        || event == XMLStreamConstants.SPACE) {
                    open.peek().text(reader.getText());
                    size += reader.getTextLength();
                }
                if (size > LARGEST)
                    throw fault(
                            element.line(),
                            "too-large",
                            "want a <" + element.name() + "> of at most " + LARGEST + " characters, found more");
            }
            return element;
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    private XmlTree started() {
        var element = new XmlTree(reader.getLocalName(), line());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            var prefix = XML.equals(reader.getAttributeNamespace(i)) ? "xml:" : "";
            element.with(prefix + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return element;
    }

    private long line() {
        return reader.getLocation().getLineNumber();
    }

    public static FormatException fault(long line, String code, String message) {
        return new FormatException(new Reading.Fault("", line, code, message));
    }

    private static FormatException broken(XMLStreamException e) {
        var message = String.valueOf(e.getMessage());
        int at = message.indexOf("\n at [row");
        long line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
        return fault(line, "not-well-formed", at < 0 ? message : message.substring(0, at));
    }
}
