package org.thocam.ingest.extract.inside;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.tika.config.Field;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** Tika's PDF parser; where the engine wishes it, its pictures are kept, and its lines are written with their places to {@code text.hocr}. */
public final class PagedPdfParser implements Parser {
    private static final long serialVersionUID = 1;

    private final PDFParser pdf = new PDFParser();
    private boolean ocr;

    @Field
    public void setOcr(boolean wanted) {
        ocr = wanted;
    }

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return pdf.getSupportedTypes(context);
    }

    @Override
    public void parse(InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, SAXException, TikaException {
        var config = new PDFParserConfig();
        // Tika's parser finds tesseract by itself, so it is told where OCR was not asked for
        config.setOcrStrategy(ocr ? PDFParserConfig.OCR_STRATEGY.AUTO : PDFParserConfig.OCR_STRATEGY.NO_OCR);
        var wish = Wish.in(context);
        boolean wanted = wish.isPresent() && wish.get().folder != null;
        config.setExtractInlineImages(wanted);
        context.set(PDFParserConfig.class, config);
        try (var temporary = new TemporaryResources()) {
            var whole = TikaInputStream.get(stream, temporary, metadata);
            var path = whole.getPath();
            if (!ocr && !wanted) {
                pdf.parse(whole, handler, metadata, context);
                return;
            }
            var best = new BestOfPage(handler, wanted ? wish.get().folder : null);
            context.set(BestOfPage.class, best);
            try {
                pdf.parse(whole, best, metadata, context);
            } finally {
                best.flush();
                context.set(BestOfPage.class, null);
            }
            if (wanted) lines(path, wish.get(), best.seen());
        }
    }

    /** Without them the text is what it is all the same. */
    private static void lines(Path path, Wish wish, Set<Integer> seen) throws IOException {
        var pages = wish.folder.resolve("text.hocr");
        try (var document = Loader.loadPDF(path.toFile(), "", null, null, IOUtils.createTempFileOnlyStreamCache());
                var writer = new PageWriter(pages, wish.characters)) {
            new PdfLines(wish, writer, seen).writeText(document, Writer.nullWriter());
            if (writer.isEmpty()) Files.deleteIfExists(pages);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(pages);
        }
    }
}
