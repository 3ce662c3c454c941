package org.thocam.dictionary.lift;

import com.ctc.wstx.api.WstxInputProperties;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/** One element of a document as it was written, and its structure. What is not well-formed (XML 1.0) is refused with its line. */
final class XmlText {
    private static final int DEEPEST = 200;
    private static final int MOST_ELEMENTS = 500_000;
    private static final XMLInputFactory2 FACTORY = factory();

    private final String source;
    private final XmlElement root;

    private XmlText(String source, XmlElement root) {
        this.source = source;
        this.root = root;
    }

    private static XMLInputFactory2 factory() {
        var factory = (XMLInputFactory2) new com.ctc.wstx.stax.WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // prefixes are declared on the root element, which is not in this text; names count as they are written
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false); // what is broken is found where it stands
        factory.setProperty(WstxInputProperties.P_INPUT_PARSING_MODE, WstxInputProperties.PARSING_MODE_FRAGMENT);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEEPEST);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) MOST_ELEMENTS);
        return factory;
    }

    /**
     * @param firstLine the line of the file that the text begins on
     * @throws LiftException if it is not one well-formed element
     */
    static XmlText of(String source, long firstLine) throws LiftException {
        XMLStreamReader2 reader = null;
        try {
            reader = (XMLStreamReader2) FACTORY.createXMLStreamReader(new StringReader(source));
            var text = new XmlText(source, read(reader, source));
            reader.closeCompletely();
            return text;
        } catch (XMLStreamException e) {
            var location = e.getLocation() == null && reader != null ? reader.getLocation() : e.getLocation();
            long line = location == null ? 0 : location.getLineNumber() - 1L;
            throw new LiftException(firstLine + line, LiftProblem.Code.NOT_WELL_FORMED, said(e));
        }
    }

    /** A whole document, from its XML declaration on; its offsets count from the beginning of {@code text}. */
    static XmlText document(String text, int from) throws LiftException {
        // a declaration may stand at the very beginning alone: blanks keep the places and lines behind it
        int end = text.startsWith("<?xml", from) ? text.indexOf("?>", from) + 2 : from;
        return of(text.substring(0, end).replaceAll("[^\n]", " ") + text.substring(end), 1);
    }

    static String said(XMLStreamException e) {
        var message = String.valueOf(e.getMessage());
        int at = message.indexOf("\n at [row");
        return at < 0 ? message : message.substring(0, at);
    }

    private static XmlElement read(XMLStreamReader2 reader, String source) throws XMLStreamException {
        var open = new ArrayDeque<XmlElement>();
        XmlElement root = null;
        while (reader.hasNext()) {
            int event = reader.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    int start = (int) reader.getLocationInfo().getStartingCharOffset();
                    int openEnd = (int) reader.getLocationInfo().getEndingCharOffset();
                    var name = reader.getLocalName();
                    var element = new XmlElement(
                            name,
                            start,
                            start + 1 + name.length(),
                            openEnd,
                            attributes(reader, source, start, openEnd));
                    if (!open.isEmpty()) open.peek().add(element);
                    else if (root == null) root = element;
                    else throw new XMLStreamException("a second element '" + name + "' beside the first");
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    var element = open.pop();
                    element.end = (int) reader.getLocationInfo().getEndingCharOffset();
                    element.closeStart = source.startsWith("/>", element.openEnd - 2)
                            ? element.openEnd
                            : (int) reader.getLocationInfo().getStartingCharOffset();
                    if (element.closeStart == element.openEnd && source.startsWith("/>", element.openEnd - 2))
                        element.end = element.openEnd;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) open.peek().content.add(new XmlElement.Text(reader.getText()));
                    else if (!reader.getText().isBlank()) throw new XMLStreamException("text beside the element");
                }
                default -> {
                    // comments and processing instructions stay where they stand
                }
            }
        }
        if (root == null) throw new XMLStreamException("no element");
        return root;
    }

    private static List<XmlElement.Attribute> attributes(
            XMLStreamReader2 reader, String source, int start, int openEnd) {
        int count = reader.getAttributeCount();
        if (count == 0) return List.of();
        var attributes = new ArrayList<XmlElement.Attribute>(count);
        // well-formed, so quotes are where they have to be
        int at = start + 1;
        while (!Character.isWhitespace(source.charAt(at))) at++;
        for (int i = 0; i < count; i++) {
            int from = at;
            while (source.charAt(at) != '"' && source.charAt(at) != '\'') at++;
            char quote = source.charAt(at);
            int valueStart = at + 1;
            int valueEnd = source.indexOf(quote, valueStart);
            attributes.add(new XmlElement.Attribute(
                    reader.getAttributeLocalName(i), reader.getAttributeValue(i), from, valueStart, valueEnd));
            at = valueEnd + 1;
        }
        return attributes;
    }

    XmlElement root() {
        return root;
    }

    String source() {
        return source;
    }

    String raw(XmlElement element) {
        return source.substring(element.start, element.end);
    }

    /** The number of line breaks before an offset. */
    int linesBefore(int offset) {
        int lines = 0;
        for (int at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) lines++;
        return lines;
    }

    static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '\r' -> escaped.append("&#13;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    static String escapedValue(String text, char quote) {
        var escaped = escaped(text).replace("\n", "&#10;").replace("\t", "&#9;");
        return quote == '"' ? escaped.replace("\"", "&quot;") : escaped.replace("'", "&apos;");
    }
}
