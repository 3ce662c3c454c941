package org.thocam.ingest.extract.fonts;

import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLEventFactory;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.StartElement;
import org.thocam.index.analysis.legacy.LegacyFont;

/**
 * The fonts of a Word document (ECMA-376, part 1, 17.3.2.26 and 17.7.2): a run's own, else its style's, its paragraph's style's, the
 * document's default. Of the fonts that a run has, the one for letters beyond ASCII counts.
 */
final class WordFonts {
    private static final String W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final XMLEventFactory EVENTS = XMLEventFactory.newInstance();

    private final Map<String, String> fonts = new HashMap<>();
    private final Map<String, String> basedOn = new HashMap<>();
    private String paragraphDefault = "";
    private String documentDefault = "";
    private int marks;

    private WordFonts() {}

    /** Whether there was anything to mark; only then is there a copy. */
    static boolean mark(Path document, Path copy, long longest) throws IOException, XMLStreamException {
        var word = new WordFonts();
        try (var zip = new ZipFile(document.toFile())) {
            var styles = zip.getEntry("word/styles.xml");
            if (styles != null) word.styles(read(zip, styles, longest));
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (isText(entry)) word.text(read(zip, entry, longest), OutputStream.nullOutputStream());
            }
            if (word.marks > 0) word.copy(zip, copy, longest);
        }
        return word.marks > 0;
    }

    private static boolean isText(ZipEntry entry) {
        return entry.getName().matches("word/(document|header\\d*|footer\\d*|footnotes|endnotes|comments)[.]xml");
    }

    private void copy(ZipFile zip, Path copy, long longest) throws IOException, XMLStreamException {
        try (var out = new ZipOutputStream(Files.newOutputStream(copy))) {
            var rest = new Bounded(out, 8 * longest);
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                out.putNextEntry(new ZipEntry(entry.getName()));
                if (isText(entry)) text(read(zip, entry, longest), out);
                else
                    try (var in = zip.getInputStream(entry)) {
                        in.transferTo(rest);
                    }
                out.closeEntry();
            }
        }
    }

    private static InputStream read(ZipFile zip, ZipEntry entry, long longest) throws IOException {
        try (var in = zip.getInputStream(entry)) {
            var bytes = in.readNBytes((int) longest + 1);
            if (bytes.length > longest) throw new IOException(entry.getName() + " is longer than " + longest);
            return new ByteArrayInputStream(bytes);
        }
    }

    private static XMLInputFactory reading() {
        var factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private void styles(InputStream xml) throws XMLStreamException {
        var events = reading().createXMLEventReader(xml);
        var style = "";
        while (events.hasNext()) {
            var event = events.nextEvent();
            if (!event.isStartElement()) continue;
            var element = event.asStartElement();
            switch (name(element)) {
                case "style" -> {
                    style = value(element, "styleId");
                    if (value(element, "type").equals("paragraph")
                            && value(element, "default").matches("1|true|on")) paragraphDefault = style;
                }
                case "basedOn" -> basedOn.put(style, value(element, "val"));
                case "rFonts" -> {
                    if (style.isEmpty()) documentDefault = font(element);
                    else if (!font(element).isEmpty()) fonts.putIfAbsent(style, font(element));
                }
                default -> {}
            }
        }
    }

    /** Text boxes put paragraphs inside runs. */
    private static final class Place {
        String paragraphStyle = "";
        String runStyle = "";
        String font = "";
    }

    private void text(InputStream xml, OutputStream out) throws XMLStreamException {
        var events = reading().createXMLEventReader(xml);
        var writer = XMLOutputFactory.newInstance().createXMLEventWriter(new Unclosed(out), "UTF-8");
        Deque<Place> places = new ArrayDeque<>();
        places.push(new Place());
        int ofParagraph = 0;
        boolean inText = false;
        while (events.hasNext()) {
            var event = events.nextEvent();
            if (event.isStartElement()) {
                var element = event.asStartElement();
                var place = places.peek();
                switch (name(element)) {
                    case "p" -> places.push(new Place());
                    case "pPr" -> ofParagraph++;
                    case "pStyle" -> place.paragraphStyle = value(element, "val");
                    case "r" -> {
                        place.runStyle = "";
                        place.font = "";
                    }
                    case "rStyle" -> {
                        if (ofParagraph == 0) place.runStyle = value(element, "val");
                    }
                    case "rFonts" -> {
                        if (ofParagraph == 0) place.font = font(element);
                    }
                    case "t" -> inText = true;
                    case "softHyphen" -> {
                        // the code of a letter in the old fonts
                        var legacy = legacy(place);
                        if (legacy.isPresent()) {
                            marks++;
                            soft(legacy.get(), writer);
                            events.nextEvent();
                            continue;
                        }
                    }
                    default -> {}
                }
            } else if (event.isEndElement()) {
                var name = event.asEndElement().getName();
                if (name.getNamespaceURI().equals(W))
                    switch (name.getLocalPart()) {
                        case "p" -> {
                            if (places.size() > 1) places.pop();
                        }
                        case "pPr" -> ofParagraph--;
                        case "t" -> inText = false;
                        default -> {}
                    }
            } else if (event.isCharacters() && inText) {
                var legacy = legacy(places.peek());
                if (legacy.isPresent()) {
                    marks++;
                    writer.add(EVENTS.createCharacters(
                            legacy.get().opening() + event.asCharacters().getData() + LegacyFont.CLOSING));
                    continue;
                }
            }
            writer.add(event);
        }
        writer.flush();
    }

    private static void soft(LegacyFont font, XMLEventWriter writer) throws XMLStreamException {
        var text = new QName(W, "t", "w");
        writer.add(EVENTS.createStartElement(text, null, null));
        writer.add(EVENTS.createCharacters(font.opening() + "\u00AD" + LegacyFont.CLOSING));
        writer.add(EVENTS.createEndElement(text, null));
    }

    private Optional<LegacyFont> legacy(Place place) {
        var font = place.font;
        if (font.isEmpty()) font = ofStyle(place.runStyle);
        if (font.isEmpty()) font = ofStyle(place.paragraphStyle.isEmpty() ? paragraphDefault : place.paragraphStyle);
        return LegacyFont.of(font.isEmpty() ? documentDefault : font);
    }

    private String ofStyle(String style) {
        var at = style;
        for (int depth = 0; at != null && depth < 20; depth++, at = basedOn.get(at))
            if (fonts.containsKey(at)) return fonts.get(at);
        return "";
    }

    private static String name(StartElement element) {
        return element.getName().getNamespaceURI().equals(W) ? element.getName().getLocalPart() : "";
    }

    private static String font(StartElement fonts) {
        var beyond = value(fonts, "hAnsi");
        return beyond.isEmpty() ? value(fonts, "ascii") : beyond;
    }

    private static String value(StartElement element, String attribute) {
        var found = element.getAttributeByName(new QName(W, attribute));
        return found == null ? "" : found.getValue();
    }

    /** An entry of a zip ends without the zip. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private static final class Bounded extends FilterOutputStream {
        private long left;

        Bounded(OutputStream out, long longest) {
            super(out);
            left = longest;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            left -= length;
            if (left < 0) throw new IOException("its parts are too long");
            out.write(bytes, from, length);
        }
    }
}
