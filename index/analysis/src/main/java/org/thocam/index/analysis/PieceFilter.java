package org.thocam.index.analysis;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Cuts words that are longer than any word into pieces, one after the other. Lucene refuses a whole document for one word of over
 * 32,766 bytes, and such words come: a line of 400,000 letters, a base under 90,000 marks. Nothing is dropped, so that a run
 * without spaces is still found as a phrase of its pieces.
 */
final class PieceFilter extends TokenFilter {
    static final int LONGEST = 255;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private String rest = "";
    private State word;

    PieceFilter(TokenStream words) {
        super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!rest.isEmpty()) {
            restoreState(word);
            step.setPositionIncrement(1);
            next();
            return true;
        }
        if (!input.incrementToken()) return false;
        if (term.length() > LONGEST) {
            word = captureState();
            rest = term.toString();
            next();
        }
        return true;
    }

    private void next() {
        int end = Math.min(LONGEST, rest.length());
        if (end < rest.length() && Character.isHighSurrogate(rest.charAt(end - 1))) end--;
        term.setEmpty().append(rest, 0, end);
        rest = rest.substring(end);
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        rest = "";
        word = null;
    }
}
