package org.thocam.ingest.extract.inside;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tika.config.Field;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.AbstractExternalProcessParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Reads pictures with tesseract: the text as Tika's own parser gives it, and from the same run its lines with place and confidence, as
 * {@code ocr-PAGE.hocr}.
 */
public final class PictureReader extends AbstractExternalProcessParser {
    private static final long serialVersionUID = 1;

    private static final Set<MediaType> TYPES = Stream.of(
                    "png", "jpeg", "tiff", "bmp", "gif", "jp2", "jpx", "x-portable-pixmap")
            .map(name -> MediaType.image("ocr-" + name))
            .collect(Collectors.toUnmodifiableSet());

    private String language = "eng";
    private int seconds = 10;

    @Field
    public void setLanguage(String languages) {
        language = languages;
    }

    @Field
    public void setSeconds(int limit) {
        seconds = limit;
    }

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return TYPES;
    }

    @Override
    public void parse(InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, SAXException, TikaException {
        plainTypes(metadata);
        var wish = Wish.in(context);
        long left = wish.map(Wish::left).orElse(seconds * 1000L);
        if (left < 0) {
            unread(wish.get());
            return;
        }
        try (var temporary = new TemporaryResources()) {
            var picture = TikaInputStream.get(stream, temporary, metadata).getPath();
            var out = temporary.createTempFile();
            if (!run(picture, out, left)) {
                if (wish.isPresent()) unread(wish.get());
                else throw new TikaException("tesseract took longer than " + seconds + " s");
            }
            var text = Path.of(out + ".txt");
            var pages = Path.of(out + ".hocr");
            try {
                var xhtml = new XHTMLContentHandler(handler, metadata);
                xhtml.startDocument();
                xhtml.startElement("div", "class", "ocr");
                if (Files.exists(text)) xhtml.characters(Files.readString(text));
                xhtml.endElement("div");
                xhtml.endDocument();
                if (Files.exists(pages) && wish.isPresent() && wish.get().folder != null) {
                    var pdf = context.get(BestOfPage.class);
                    int page = pdf == null ? 1 : pdf.page();
                    Files.move(
                            pages,
                            wish.get().folder.resolve("ocr-" + page + ".hocr"),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                Files.deleteIfExists(text);
                Files.deleteIfExists(pages);
            }
        }
    }

    private static void unread(Wish wish) throws IOException {
        if (wish.folder != null) Files.writeString(wish.folder.resolve("unread"), "");
    }

    /** Tika hands a picture over as {@code image/ocr-png}, which is no type to tell anybody. */
    private static void plainTypes(Metadata metadata) {
        var told = MediaType.parse(metadata.get(Metadata.CONTENT_TYPE));
        if (told != null && told.getSubtype().startsWith("ocr-"))
            metadata.set(
                    Metadata.CONTENT_TYPE,
                    MediaType.image(told.getSubtype().substring("ocr-".length()))
                            .toString());
        metadata.remove(org.apache.tika.metadata.TikaCoreProperties.CONTENT_TYPE_PARSER_OVERRIDE.getName());
    }

    private boolean run(Path picture, Path out, long milliseconds) throws IOException {
        var builder = new ProcessBuilder(
                        "tesseract",
                        picture.toString(),
                        out.toString(),
                        "--psm",
                        "1",
                        "-l",
                        language,
                        "-c",
                        "page_separator=",
                        "txt",
                        "hocr")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // one core for each document
        builder.environment().put("OMP_THREAD_LIMIT", "1");
        var process = builder.start();
        var registered = register(process);
        try {
            process.getOutputStream().close();
            return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while tesseract was reading", e);
        } finally {
            process.destroyForcibly();
            release(registered);
        }
    }
}
