package org.thocam.index.analysis;

import java.io.IOException;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** The words of a text as the terms of an index: see {@link Term}. */
final class TextTokenizer extends Tokenizer {
    private static final int FIRST_BUFFER = 1 << 12;
    private static final int KEPT_BUFFER = 1 << 20;

    private final Segmenter segmenter;
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private char[] text = new char[FIRST_BUFFER];
    private int length;

    TextTokenizer(WritingSystem system) {
        segmenter = new Segmenter(system);
    }

    @Override
    public boolean incrementToken() {
        if (!segmenter.next()) return false;
        clearAttributes();
        term.append(segmenter.term());
        offset.setOffset(correctOffset(segmenter.start()), correctOffset(segmenter.end()));
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        length = 0;
        for (int n = input.read(text); n >= 0; n = input.read(text, length, text.length - length)) {
            length += n;
            if (length == text.length) text = java.util.Arrays.copyOf(text, 2 * length);
        }
        segmenter.read(text, length);
    }

    @Override
    public void end() throws IOException {
        super.end();
        offset.setOffset(correctOffset(length), correctOffset(length));
    }

    @Override
    public void close() throws IOException {
        super.close();
        if (text.length > KEPT_BUFFER) text = new char[FIRST_BUFFER];
    }
}
