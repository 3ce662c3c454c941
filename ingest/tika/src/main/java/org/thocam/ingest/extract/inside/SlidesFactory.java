package org.thocam.ingest.extract.inside;

import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.sax.ContentHandlerDecoratorFactory;
import org.xml.sax.ContentHandler;

/** The slides of a presentation are its pages. */
public final class SlidesFactory implements ContentHandlerDecoratorFactory {
    private static final long serialVersionUID = 1;

    @Override
    public ContentHandler decorate(ContentHandler handler, Metadata metadata, ParseContext context) {
        var type = metadata.get(Metadata.CONTENT_TYPE);
        if (type == null || !(type.contains("presentation") || type.contains("powerpoint"))) return handler;
        return Wish.in(context)
                .filter(wish -> wish.folder != null)
                .<ContentHandler>map(wish -> new SlideLines(handler, wish, type.contains("oasis")))
                .orElse(handler);
    }
}
