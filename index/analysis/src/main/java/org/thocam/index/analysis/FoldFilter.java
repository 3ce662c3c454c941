package org.thocam.index.analysis;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Folds each word by {@link Folding}, which keeps what ICU's folding filter would empty or leave out. */
final class FoldFilter extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    FoldFilter(TokenStream words) {
        super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) return false;
        if (!ascii()) {
            var folded = Folding.ofWord(term);
            term.setEmpty().append(folded);
        }
        return true;
    }

    /** The exact tier has already folded case, so that such a word is its own folded form. */
    private boolean ascii() {
        var word = term.buffer();
        for (int at = 0; at < term.length(); at++) if (word[at] >= 0x80) return false;
        return true;
    }
}
