package org.thocam.ontology.exchange.file;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.thocam.ontology.exchange.FileRecord;
import org.thocam.ontology.exchange.UnreadableRecordException;
import org.thocam.ontology.exchange.formats.Crosswalks;
import org.thocam.ontology.exchange.marc.Marc21Reader;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** An XML file that is one record, or whose root element holds records: any format that {@link Crosswalks} reads. One at a time. */
final class XmlRecords {
    /** Of text and markup in one record. */
    private static final int LONGEST = 8 << 20;

    private static final int DEEPEST = 100;
    private static final XMLInputFactory FACTORY = factory();

    private enum Shape {
        ONE,
        MANY
    }

    private XmlRecords() {}

    private static XMLInputFactory factory() {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // a fault is told where it is met, not thrown when a text is asked for
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEEPEST);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 100);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 1 << 16);
        return factory;
    }

    /** Whether the file is one of records; a file that is no XML is none. */
    static boolean are(Path path) throws IOException {
        return shape(path).isPresent();
    }

    /** The names of the first elements tell: the root, the first in it, and the first in that. */
    private static Optional<Shape> shape(Path path) throws IOException {
        try (var in = open(path)) {
            var xml = FACTORY.createXMLStreamReader(in);
            var document = document();
            Node parent = document;
            Element root = null;
            Element child = null;
            for (int seen = 0; seen < 3 && next(xml); seen++) {
                var element = element(document, xml);
                parent.appendChild(element);
                parent = element;
                if (seen == 0) root = element;
                else if (seen == 1) child = element;
            }
            if (root == null) return Optional.empty();
            boolean holds = child != null && Crosswalks.reader(child).isPresent();
            if (holds) return Optional.of(Shape.MANY);
            return Crosswalks.reader(root).map(reader -> Shape.ONE);
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    /** On to an element that begins within the one before, past text and comments only. */
    private static boolean next(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.START_ELEMENT) return true;
            if (event == XMLStreamReader.END_ELEMENT) return false;
        }
        return false;
    }

    private static InputStream open(Path path) throws IOException {
        return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    }

    static void read(Path path, Consumer<FileRecord> to) throws IOException {
        var shape = shape(path).orElse(Shape.ONE);
        long number = 0;
        try (var in = open(path)) {
            var xml = FACTORY.createXMLStreamReader(in);
            try {
                if (shape == Shape.MANY && !next(xml)) return;
                while (xml.hasNext()) {
                    int event = xml.next();
                    if (event == XMLStreamReader.START_ELEMENT) to.accept(record(xml, ++number));
                    else if (event == XMLStreamReader.END_ELEMENT || event == XMLStreamReader.END_DOCUMENT) return;
                }
            } catch (XMLStreamException e) {
                to.accept(new FileRecord.Faulty(
                        number + 1,
                        xml.getLocation().getLineNumber(),
                        "the file is no XML from here on, and what follows cannot be read: " + e.getMessage()));
            }
        } catch (XMLStreamException e) {
            to.accept(new FileRecord.Faulty(number + 1, 1, "the file is no XML: " + e.getMessage()));
        }
    }

    private static FileRecord record(XMLStreamReader xml, long number) throws XMLStreamException {
        long line = xml.getLocation().getLineNumber();
        var element = tree(xml);
        if (element.isEmpty())
            return new FileRecord.Faulty(number, line, "the record is longer than " + LONGEST + " characters");
        try {
            var reader = Crosswalks.reader(element.get());
            if (reader.isEmpty())
                return new FileRecord.Faulty(
                        number,
                        line,
                        "the element '" + element.get().getNodeName() + "' is no record of a format that is read");
            var name = reader.get() instanceof Marc21Reader ? Marc21Reader.nameOf(element.get()) : "";
            return new FileRecord.Described(number, line, name, reader.get().read(element.get()));
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            return new FileRecord.Faulty(number, line, e.getMessage());
        }
    }

    /** The element that begins here, to its end; empty if it is too long, and then it is passed by. */
    private static Optional<Element> tree(XMLStreamReader xml) throws XMLStreamException {
        var document = document();
        var root = element(document, xml);
        document.appendChild(root);
        Node parent = root;
        long size = 0;
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamReader.START_ELEMENT -> {
                    depth++;
                    size += 50;
                    if (size <= LONGEST) {
                        var child = element(document, xml);
                        parent.appendChild(child);
                        parent = child;
                    }
                }
                case XMLStreamReader.END_ELEMENT -> {
                    depth--;
                    if (size <= LONGEST && depth > 0) parent = parent.getParentNode();
                }
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA, XMLStreamReader.SPACE -> {
                    size += xml.getTextLength();
                    if (size <= LONGEST) parent.appendChild(document.createTextNode(xml.getText()));
                }
                default -> {
                    // comments and instructions say nothing of the item
                }
            }
        }
        return size <= LONGEST ? Optional.of(root) : Optional.empty();
    }

    private static Element element(Document document, XMLStreamReader xml) {
        var name = xml.getPrefix() == null || xml.getPrefix().isEmpty()
                ? xml.getLocalName()
                : xml.getPrefix() + ":" + xml.getLocalName();
        var element = document.createElementNS(empty(xml.getNamespaceURI()), name);
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            var prefix = xml.getAttributePrefix(i);
            var attribute = prefix == null || prefix.isEmpty()
                    ? xml.getAttributeLocalName(i)
                    : prefix + ":" + xml.getAttributeLocalName(i);
            var namespace = "xml".equals(prefix) ? XMLConstants.XML_NS_URI : empty(xml.getAttributeNamespace(i));
            element.setAttributeNS(namespace, attribute, xml.getAttributeValue(i));
        }
        return element;
    }

    private static String empty(String namespace) {
        return namespace == null || namespace.isEmpty() ? null : namespace;
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK has a DOM", e);
        }
    }
}
