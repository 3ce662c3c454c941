package org.thocam.ontology.transcript;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.thocam.ontology.Shown;

/**
 * Elements and text of an XML file within {@link Limits}, one after the other. A document type is skipped and what it declares is unknown; prefixes
 * are part of the name, for files exist that do not declare theirs.
 */
final class XmlInput implements AutoCloseable {
    private static final int MOST_ATTRIBUTES = 100;

    private final XMLStreamReader xml;
    private final Limits limits;

    private XmlInput(XMLStreamReader xml, Limits limits) {
        this.xml = xml;
        this.limits = limits;
    }

    /** Opens a file and reads up to its root element, which must have this name. */
    static XmlInput open(InputStream in, String root, Limits limits) throws TranscriptException {
        XmlInput input;
        try {
            input = new XmlInput(factory(limits).createXMLStreamReader(in), limits);
        } catch (XMLStreamException e) {
            throw new TranscriptException("line 1: no XML: " + said(e), e);
        }
        if (!input.nextIsStart())
            throw new TranscriptException("line " + input.line() + ": want the element " + root + ", found none");
        if (!input.name().equals(root))
            throw new TranscriptException(
                    "line " + input.line() + ": want the element " + root + ", found " + Shown.of(input.name()));
        return input;
    }

    /** Without document types and what they declare; within the limits. */
    static XMLInputFactory factory(Limits limits) {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // a fault is told where it is met, not thrown when a text is asked for
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.depth());
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MOST_ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.characters());
        return factory;
    }

    private boolean nextIsStart() throws TranscriptException {
        int event;
        do event = next();
        while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_DOCUMENT);
        return event == XMLStreamConstants.START_ELEMENT;
    }

    /** One of {@link XMLStreamConstants}; a section of characters may come in parts, as CHARACTERS. */
    int next() throws TranscriptException {
        try {
            int event = xml.next();
            if (event == XMLStreamConstants.CDATA || event == XMLStreamConstants.SPACE)
                return XMLStreamConstants.CHARACTERS;
            if (event == XMLStreamConstants.ENTITY_REFERENCE)
                throw new TranscriptException("line " + line() + ": an entity that the file does not have, "
                        + Shown.of(String.valueOf(xml.getLocalName())));
            return event;
        } catch (XMLStreamException e) {
            var location = e.getLocation() == null ? xml.getLocation() : e.getLocation();
            throw new TranscriptException("line " + location.getLineNumber() + ": no XML: " + said(e), e);
        }
    }

    private static String said(XMLStreamException e) {
        var message = String.valueOf(e.getMessage());
        int at = message.indexOf("\n at [row");
        return (at < 0 ? message : message.substring(0, at)).replaceAll("\\p{Cntrl}+", " ");
    }

    String name() {
        return xml.getLocalName();
    }

    int attributes() {
        return xml.getAttributeCount();
    }

    String attribute(int number) {
        return xml.getAttributeLocalName(number);
    }

    String value(int number) {
        return xml.getAttributeValue(number);
    }

    /** Empty where the element has no such attribute. */
    String value(String attribute) {
        int count = xml.getAttributeCount();
        for (int i = 0; i < count; i++)
            if (xml.getAttributeLocalName(i).equals(attribute)) return xml.getAttributeValue(i);
        return "";
    }

    /** Adds the characters that were met to a text, which may grow to what one text may have. */
    void appendTo(StringBuilder text, String place) throws TranscriptException {
        if (text.length() + xml.getTextLength() > limits.characters())
            throw new TranscriptException(place + ": a text of more than " + limits.characters()
                    + " characters, which is the most that is read");
        text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    }

    /** Whether the characters that were met are more than the blanks between elements. */
    boolean isText() {
        return !xml.isWhiteSpace();
    }

    int line() {
        return Math.max(1, xml.getLocation().getLineNumber());
    }

    String place() {
        return "line " + line();
    }

    /** The same of an address, in which characters may be written as percent and number; where they are written wrongly they stay. */
    static String fileNameOfUrl(String url) {
        var name = Medium.fileName(url);
        if (name.indexOf('%') < 0) return name;
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            int code = name.charAt(i) == '%' ? hexadecimal(name, i + 1) : -1;
            if (code >= 0) {
                bytes.write(code);
                i += 2;
            } else {
                int next = Character.isHighSurrogate(name.charAt(i)) && i + 1 < name.length() ? i + 2 : i + 1;
                bytes.writeBytes(name.substring(i, next).getBytes(StandardCharsets.UTF_8));
                i = next - 1;
            }
        }
        try {
            return Medium.fileName(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return name;
        }
    }

    private static int hexadecimal(String text, int at) {
        if (at + 2 > text.length()) return -1;
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    @Override
    public void close() throws TranscriptException {
        try {
            xml.close();
        } catch (XMLStreamException e) {
            throw new TranscriptException("the file cannot be closed: " + said(e), e);
        }
    }
}
