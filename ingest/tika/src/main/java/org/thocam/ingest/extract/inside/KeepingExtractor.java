package org.thocam.ingest.extract.inside;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.apache.tika.extractor.DefaultEmbeddedStreamTranslator;
import org.apache.tika.extractor.EmbeddedStreamTranslator;
import org.apache.tika.extractor.ParsingEmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.metadata.TikaPagedText;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/**
 * Writes what is inside a document to files, one level deep, within limits. Each is told in the file {@code index} at once, so that what came
 * before is kept even if this process ends: {@code file TAB name TAB place}, or {@code ! TAB limit TAB name}, all but the tabs encoded as in a
 * form of the web.
 */
final class KeepingExtractor extends ParsingEmbeddedDocumentExtractor {
    /** Made by programs for programs, or a second form of what is there. */
    private static final Set<String> SKIPPED = Set.of("THUMBNAIL", "METADATA", "FONT", "RENDERING", "VERSION", "MACRO");

    /** Text of the document that its format keeps in another file. */
    private static final String CHUNK = "ALTERNATE_FORMAT_CHUNK";

    private static final Pattern SLIDE = Pattern.compile("slide([0-9]{1,6})_.*", Pattern.CASE_INSENSITIVE);
    /** So much may come out of any document, however small it is. */
    private static final long ALWAYS = 16 << 20;

    private static final Pattern ARCHIVE = Pattern.compile(
            "application/(?:zip|x-g?tar|x-7z-compressed|java-archive|x-archive|x-cpio|x-rar.*|gzip|x-bzip2?|x-xz)");

    /** Entries of a package that are looked through for the place of a part. */
    private static final int MOST_ENTRIES = 10_000;

    private final Wish wish;
    private final String container;
    private final EmbeddedStreamTranslator translator = new DefaultEmbeddedStreamTranslator();
    private int number;
    private long written;
    private boolean stopped;
    private Map<String, String> entries;

    /** @param container media type of the document */
    KeepingExtractor(Wish wish, String container, ParseContext context) {
        super(context);
        this.wish = wish;
        this.container = container;
    }

    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
        var kind = metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE);
        return !stopped && (kind == null || !SKIPPED.contains(kind));
    }

    @Override
    public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
            throws SAXException, IOException {
        var name = name(metadata);
        if (isOwnText(name, metadata)) {
            super.parseEmbedded(stream, handler, metadata, outputHtml);
            return;
        }
        if (!shouldParseEmbedded(metadata)) return;
        if (outputHtml && !name.isEmpty()) heading(name, handler);
        if (wish.folder == null) return;
        if (number >= wish.most) {
            stop("count", name);
            return;
        }
        var path = wish.folder.resolve(++number + ".part");
        try {
            if (keep(stream, metadata, path, name)) tell(path.getFileName().toString(), name, place(metadata, name));
            else Files.deleteIfExists(path);
        } catch (IOException | RuntimeException e) {
            // broken: the next may be whole
            Files.deleteIfExists(path);
            tell("!", "broken", name);
        }
    }

    /** Text of the document itself, which only its format puts aside: the body of a mail, a chapter of a book. */
    private boolean isOwnText(String name, Metadata metadata) {
        if (CHUNK.equals(metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE))) return true;
        var type = Optional.ofNullable(metadata.get(Metadata.CONTENT_TYPE)).orElse("");
        boolean mail = container.equals("message/rfc822") || container.equals("application/vnd.ms-outlook");
        if (mail) return name.isEmpty() && type.startsWith("text/");
        return container.startsWith("application/epub") && type.startsWith("application/xhtml");
    }

    private String name(Metadata metadata) {
        var name = Optional.ofNullable(metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY))
                .orElse("");
        // RFC 1952 says ISO 8859-1; who writes such a file today has UTF-8
        if (!container.contains("gzip")) return name;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return name;
        }
    }

    private static void heading(String name, ContentHandler handler) throws SAXException {
        var attributes = new AttributesImpl();
        attributes.addAttribute("", "class", "class", "CDATA", "package-entry");
        handler.startElement(XHTMLContentHandler.XHTML, "div", "div", attributes);
        handler.startElement(XHTMLContentHandler.XHTML, "h1", "h1", new AttributesImpl());
        handler.characters(name.toCharArray(), 0, name.length());
        handler.endElement(XHTMLContentHandler.XHTML, "h1", "h1");
        handler.endElement(XHTMLContentHandler.XHTML, "div", "div");
    }

    /** Whether all of it is there now. */
    private boolean keep(InputStream stream, Metadata metadata, Path path, String name) throws IOException {
        try (var out = Files.newOutputStream(path)) {
            // an object in an OLE file has no bytes of its own
            if (stream instanceof TikaInputStream whole
                    && whole.getOpenContainer() != null
                    && translator.shouldTranslate(whole, metadata))
                try (var in = translator.translate(whole, metadata)) {
                    return copy(in, out, name);
                }
            return copy(stream, out, name);
        }
    }

    private boolean copy(InputStream in, OutputStream out, String name) throws IOException {
        var buffer = new byte[1 << 16];
        long length = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            length += n;
            written += n;
            if (length > wish.largest) {
                // what is thrown away costs nothing but time
                written -= length;
                tell("!", "largest", name);
                return false;
            }
            if (written > wish.total) return stop("total", name);
            if (written > ALWAYS && written / wish.ratio > wish.size) return stop("ratio", name);
            out.write(buffer, 0, n);
        }
        // an archive may hold an empty file; a document only what could not be read
        return length > 0 || ARCHIVE.matcher(container).matches();
    }

    private boolean stop(String limit, String name) throws IOException {
        if (!stopped) tell("!", limit, name);
        stopped = true;
        return false;
    }

    private String place(Metadata metadata, String name) {
        if (container.contains("gzip")) return "";
        var page = metadata.getInt(TikaPagedText.PAGE_NUMBER);
        if (page != null) return "page " + page;
        var relation = Optional.ofNullable(metadata.get(TikaCoreProperties.EMBEDDED_RELATIONSHIP_ID))
                .orElse("");
        var slide = SLIDE.matcher(relation);
        if (slide.matches()) return "slide " + slide.group(1);
        var entry = container.contains("openxmlformats") ? entries().getOrDefault(name, "") : "";
        if (!entry.isEmpty()) return entry;
        return Optional.ofNullable(metadata.get(TikaCoreProperties.INTERNAL_PATH))
                .or(() -> Optional.ofNullable(metadata.get(TikaCoreProperties.ORIGINAL_RESOURCE_NAME)))
                .orElse(relation);
    }

    /** Full names of entries by their last part, where only one has it. */
    private Map<String, String> entries() {
        if (entries != null) return entries;
        entries = new HashMap<>();
        try (var zip = new ZipFile(wish.document.toFile())) {
            int left = MOST_ENTRIES;
            for (var all = zip.entries(); all.hasMoreElements() && left-- > 0; ) {
                var full = all.nextElement().getName();
                entries.merge(full.substring(full.lastIndexOf('/') + 1), full, (one, other) -> "");
            }
        } catch (IOException e) {
            // Tika may read what is no whole package any more
            entries.clear();
        }
        return entries;
    }

    private void tell(String first, String second, String third) throws IOException {
        var line = encoded(first) + "\t" + encoded(second) + "\t" + encoded(third) + "\n";
        Files.writeString(wish.folder.resolve("index"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text.length() > 2000 ? text.substring(0, 2000) : text, StandardCharsets.UTF_8);
    }
}
