package org.thocam.ingest.extract.inside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.tika.sax.ContentHandlerDecorator;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/**
 * Of a page that has a layer of text and was read by OCR too, lets through the better of both and never both. That is the one with more
 * letters, of which those that no font knows count against it.
 */
final class BestOfPage extends ContentHandlerDecorator {
    /** A page with more than that is a book; it goes through as it is. */
    private static final int LONGEST = 4 << 20;

    private interface Event {
        void replay(boolean seen) throws SAXException;
    }

    private final Path folder;
    private final Set<Integer> seen = new HashSet<>();
    private final List<Event> events = new ArrayList<>();
    private final StringBuilder layer = new StringBuilder();
    private final StringBuilder read = new StringBuilder();
    private int page;
    private int depth;
    /** Depth of the element that OCR wrote, or of an annotation; 0 where none is open. */
    private int ocr;

    private int annotation;
    private boolean buffering;

    /** @param folder where OCR leaves its pages; may be null */
    BestOfPage(ContentHandler handler, Path folder) {
        super(handler);
        this.folder = folder;
    }

    /** The page that is being read, from 1. */
    int page() {
        return Math.max(1, page);
    }

    /** Pages of which OCR is the better text. */
    Set<Integer> seen() {
        return seen;
    }

    @Override
    public void startElement(String uri, String local, String name, Attributes attributes) throws SAXException {
        var kind = attributes.getValue("class");
        if (!buffering && "page".equals(kind)) {
            page++;
            buffering = true;
            depth = 0;
            ocr = 0;
            annotation = 0;
        }
        if (!buffering) {
            super.startElement(uri, local, name, attributes);
            return;
        }
        depth++;
        if (ocr == 0 && "ocr".equals(kind)) ocr = depth;
        if (annotation == 0 && "annotation".equals(kind)) annotation = depth;
        var copy = new AttributesImpl(attributes);
        events.add(better -> super.startElement(uri, local, name, copy));
    }

    @Override
    public void endElement(String uri, String local, String name) throws SAXException {
        if (!buffering) {
            super.endElement(uri, local, name);
            return;
        }
        events.add(better -> super.endElement(uri, local, name));
        if (ocr == depth) ocr = 0;
        if (annotation == depth) annotation = 0;
        if (--depth == 0) decide();
    }

    @Override
    public void characters(char[] text, int start, int length) throws SAXException {
        if (!buffering) super.characters(text, start, length);
        else keep(new String(text, start, length), false);
    }

    @Override
    public void ignorableWhitespace(char[] text, int start, int length) throws SAXException {
        if (!buffering) super.ignorableWhitespace(text, start, length);
        else keep(new String(text, start, length), true);
    }

    private void keep(String text, boolean ignorable) throws SAXException {
        boolean fromPicture = ocr > 0;
        boolean note = annotation > 0;
        (fromPicture ? read : layer).append(text);
        events.add(better -> {
            if (!ignorable && !note && fromPicture != better) return;
            if (ignorable) super.ignorableWhitespace(text.toCharArray(), 0, text.length());
            else super.characters(text.toCharArray(), 0, text.length());
        });
        if (layer.length() + read.length() > LONGEST) decide();
    }

    /** What was held back at the end of a document that is broken. */
    void flush() throws SAXException {
        if (buffering) decide();
    }

    private void decide() throws SAXException {
        boolean better = score(read) > score(layer);
        if (better) seen.add(page);
        else if (folder != null) forget();
        buffering = false;
        var held = List.copyOf(events);
        events.clear();
        layer.setLength(0);
        read.setLength(0);
        for (var event : held) event.replay(better);
    }

    private void forget() throws SAXException {
        try {
            Files.deleteIfExists(folder.resolve("ocr-" + page + ".hocr"));
        } catch (IOException e) {
            throw new SAXException(e);
        }
    }

    private static long score(CharSequence text) {
        return text.codePoints()
                .mapToLong(c -> switch (Character.getType(c)) {
                    case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> -2;
                    default -> c == 0xFFFD ? -2 : Character.isLetterOrDigit(c) ? 1 : 0;
                })
                .sum();
    }
}
