package org.thocam.ingest.extract.inside;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.apache.tika.sax.ContentHandlerDecorator;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Writes the lines of slides to {@code text.hocr}, without places on the slide, which Tika does not tell; and to {@code places} on which
 * slide a picture is shown that its format keeps elsewhere ({@code name TAB place}, encoded as in a form of the web).
 */
final class SlideLines extends ContentHandlerDecorator {
    private static final Set<String> BLOCKS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "div", "br");
    private static final String EMBEDDED = "embedded:";
    private static final int LONGEST_LINE = 100_000;
    private static final int MOST_PLACES = 10_000;

    private final Wish wish;
    /** Slides of OpenDocument are plain divisions right under the body. */
    private final boolean plain;

    private final StringBuilder line = new StringBuilder();
    private PageWriter writer;
    private int depth;
    private int body;
    /** Depth of the slide that is open; 0 between slides. */
    private int open;

    private int slide;
    private int places;

    SlideLines(ContentHandler handler, Wish wish, boolean plain) {
        super(handler);
        this.wish = wish;
        this.plain = plain;
    }

    @Override
    public void startElement(String uri, String local, String name, Attributes attributes) throws SAXException {
        super.startElement(uri, local, name, attributes);
        depth++;
        var kind = attributes.getValue("class");
        if (local.equals("body")) body = depth;
        if (open == 0 && begins(local, kind)) begin();
        if (open > 0 && BLOCKS.contains(local)) flush();
        var source = local.equals("img") && slide > 0 ? attributes.getValue("src") : null;
        if (source != null && source.startsWith(EMBEDDED) && ++places < MOST_PLACES)
            place(source.substring(EMBEDDED.length()));
    }

    private boolean begins(String element, String kind) {
        if (!element.equals("div")) return false;
        return plain ? kind == null && depth == body + 1 : "slide-content".equals(kind) || "slide".equals(kind);
    }

    private void begin() throws SAXException {
        open = depth;
        slide++;
        try {
            if (writer == null) writer = new PageWriter(wish.folder.resolve("text.hocr"), wish.characters);
            writer.page(slide);
        } catch (IOException e) {
            throw new SAXException(e);
        }
    }

    private void place(String picture) throws SAXException {
        try {
            Files.writeString(
                    wish.folder.resolve("places"),
                    URLEncoder.encode(picture, StandardCharsets.UTF_8) + "\t"
                            + URLEncoder.encode("slide " + slide, StandardCharsets.UTF_8) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new SAXException(e);
        }
    }

    @Override
    public void characters(char[] text, int start, int length) throws SAXException {
        super.characters(text, start, length);
        if (open > 0 && line.length() < LONGEST_LINE) line.append(text, start, Math.min(length, LONGEST_LINE));
    }

    @Override
    public void endElement(String uri, String local, String name) throws SAXException {
        if (open > 0 && BLOCKS.contains(local)) flush();
        if (open == depth) open = 0;
        depth--;
        super.endElement(uri, local, name);
    }

    private void flush() throws SAXException {
        try {
            if (!line.toString().isBlank()) writer.line(line.toString().replaceAll("\\s+", " "), null);
        } catch (IOException e) {
            throw new SAXException(e);
        }
        line.setLength(0);
    }

    @Override
    public void endDocument() throws SAXException {
        super.endDocument();
        try {
            if (writer != null) writer.close();
            writer = null;
        } catch (IOException e) {
            throw new SAXException(e);
        }
    }
}
