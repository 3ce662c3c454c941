package org.thocam.ingest.extract.inside;

import java.util.Optional;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.extractor.EmbeddedDocumentExtractorFactory;
import org.apache.tika.extractor.ParsingEmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;

/** What is inside a document is kept where the engine wishes it, and read in place where it says nothing. */
public final class KeepingExtractorFactory implements EmbeddedDocumentExtractorFactory {
    private static final long serialVersionUID = 1;

    @Override
    public EmbeddedDocumentExtractor newInstance(Metadata metadata, ParseContext context) {
        return Wish.in(context)
                .<EmbeddedDocumentExtractor>map(wish -> new KeepingExtractor(wish, type(metadata), context))
                .orElseGet(() -> new ParsingEmbeddedDocumentExtractor(context));
    }

    private static String type(Metadata metadata) {
        return Optional.ofNullable(metadata.get(Metadata.CONTENT_TYPE)).orElse("");
    }
}
