package org.thocam.ingest.extract.fonts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Word, RTF and HTML in which text is set in fonts of an encoding older than Unicode. Such text is marked in a copy of the document,
 * which then goes to Tika's own parser as any other does; whoever gets the text decodes it. Where no such font occurs, or the document
 * cannot be read here, Tika's parser gets the document as it is.
 */
public final class LegacyFontParser implements Parser {
    private static final long serialVersionUID = 1;
    private static final long LONGEST = 16 << 20;
    private static final MediaType DOCX =
            MediaType.application("vnd.openxmlformats-officedocument.wordprocessingml.document");
    private static final MediaType DOCM = MediaType.application("vnd.ms-word.document.macroenabled.12");
    private static final MediaType RTF = MediaType.application("rtf");
    private static final MediaType HTML = MediaType.text("html");
    private static final MediaType XHTML = MediaType.application("xhtml+xml");

    private final Parser ooxml = new OOXMLParser();
    private final Parser rtf = new RTFParser();
    private final Parser html = new JSoupParser();

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return Set.of(DOCX, DOCM, RTF, HTML, XHTML);
    }

    @Override
    public void parse(InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, SAXException, TikaException {
        var type = MediaType.parse(
                Optional.ofNullable(metadata.get(Metadata.CONTENT_TYPE)).orElse(""));
        var base = type == null ? HTML : type.getBaseType();
        boolean word = base.equals(DOCX) || base.equals(DOCM);
        var parser = word ? ooxml : base.equals(RTF) ? rtf : html;
        try (var temporary = new TemporaryResources()) {
            var whole = TikaInputStream.get(stream, temporary, metadata);
            var path = whole.getPath();
            var marked = temporary.createTempFile();
            if (!marked(path, marked, word, base.equals(RTF))) {
                parser.parse(whole, handler, metadata, context);
                return;
            }
            try (var copy = TikaInputStream.get(marked)) {
                parser.parse(copy, handler, metadata, context);
            }
        }
    }

    /** Whether {@code copy} is now the document with its runs in such fonts marked. */
    private static boolean marked(Path document, Path copy, boolean word, boolean rtf) {
        try {
            if (word) return WordFonts.mark(document, copy, LONGEST);
            if (Files.size(document) > LONGEST) return false;
            var marked =
                    rtf ? RtfFonts.mark(Files.readAllBytes(document)) : HtmlFonts.mark(Files.readAllBytes(document));
            if (marked.isEmpty()) return false;
            Files.write(copy, marked.get());
            return true;
        } catch (IOException | RuntimeException | javax.xml.stream.XMLStreamException e) {
            // what is wrong with it Tika's parser finds out and says
            return false;
        }
    }
}
