package org.thocam.index.analysis;

import org.apache.lucene.analysis.Analyzer;

/** The forgiving tier: the exact tier's words without tones and diacritics, so that {@code tho cam} finds {@code thổ cẩm}. */
public final class FoldedAnalyzer extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
        var words = Chain.words();
        return new TokenStreamComponents(words, Chain.folded(words));
    }

    @Override
    public int getPositionIncrementGap(String field) {
        return Chain.BETWEEN_VALUES;
    }
}
